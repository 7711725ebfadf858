// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerWire

/// What opens the back office. Its text is neither kept nor shown.
public struct OfficeToken: Sendable {
    private let digest: [UInt8]

    /// Fewer characters could be guessed.
    public static let minimumLength = 16
    /// So that hashing one guess cannot take long.
    public static let maximumLength = 1024

    /// A token that nobody can guess: 52 characters of base32.
    public static func newText() -> String { Base32.encode(RandomBytes.make(count: 32)) }

    /// - Returns: nil for a token of less than ``minimumLength`` bytes, spaces around it not counted.
    public init?(_ text: String) {
        let token = Self.trimmed(text)
        guard (Self.minimumLength...Self.maximumLength).contains(token.count) else { return nil }
        digest = SHA512.hash(token)
    }

    /// In a time that does not tell how much of it was right.
    func isMatched(by text: String) -> Bool {
        let token = Self.trimmed(text)
        guard token.count <= Self.maximumLength else { return false }
        return ConstantTime.areEqual(SHA512.hash(token), digest)
    }

    /// Copied tokens bring spaces and line ends along.
    private static func trimmed(_ text: String) -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        return Array(Array(text.utf8.drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
    }
}
