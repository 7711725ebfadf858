// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Everything that is wrong with a catalog, by file and line; never empty.
public struct CatalogErrors: Error, Equatable, CustomStringConvertible {
    public let complaints: [CatalogError]

    public init(_ complaints: [CatalogError]) {
        self.complaints = complaints.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
    }

    /// One complaint a line.
    public var description: String { complaints.map(\.description).joined(separator: "\n") }
}
