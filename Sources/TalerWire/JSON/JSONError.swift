// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why a text is no JSON, or a JSON value not the one that was expected.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// Where: `coins[0].f`, empty for the whole value.
    public var path: String
    public var reason: String

    public init(path: String = "", reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }

    /// The same error one level up: `prefix` is a member's name or an index in brackets.
    public func within(_ prefix: String) -> JSONError {
        let joint = path.isEmpty || path.hasPrefix("[") ? "" : "."
        return JSONError(path: prefix + joint + path, reason: reason)
    }
}
