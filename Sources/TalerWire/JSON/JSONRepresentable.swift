// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A type with its own JSON form. It gets `Codable` from it, for use in message structs.
public protocol JSONRepresentable: Codable {
    /// - Throws: ``JSONError`` whose path is relative to `json`.
    init(json: JSONValue) throws
    var json: JSONValue { get }
}

extension JSONRepresentable {
    public init(from decoder: any Decoder) throws { self = try Self(json: try JSONValue(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
