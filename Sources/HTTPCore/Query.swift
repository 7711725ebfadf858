// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The decoded pairs of a query or of an `application/x-www-form-urlencoded` body, in order.
public struct Query: Sendable, Equatable {
    public private(set) var pairs: [Pair] = []

    public struct Pair: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    public init() {}

    /// - Returns: nil when an escape is cut, or a piece is not UTF-8 or holds NUL.
    public init?(encoded text: some StringProtocol) {
        // By bytes: a combining mark after a separator would hide it among the characters.
        for piece in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = piece.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard let name = parts.first.flatMap({ PercentEncoding.decode($0, plusIsSpace: true) }),
                let value = PercentEncoding.decode(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            pairs.append(Pair(name: name, value: value))
        }
    }

    /// The first value of that name.
    public subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
}
