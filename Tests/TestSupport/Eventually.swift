// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Repeats a look until it shows what is waited for.
public func eventually(_ holds: () async throws -> Bool) async throws {
    while try await !holds() { await Task.yield() }
}
