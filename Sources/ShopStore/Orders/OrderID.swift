// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire

/// Names an order: 26 characters of base32 from 128 random bits, which nobody can guess.
public struct OrderID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Returns: nil unless the text has the form of an order's name.
    public init?(_ text: String) {
        guard text.utf8.count == 26, let bytes = try? Base32.decode(text, byteCount: 16) else { return nil }
        self.text = Base32.encode(bytes)
    }

    private init(bytes: [UInt8]) { text = Base32.encode(bytes) }

    /// A new one, from the system's source of randomness.
    public static func random() -> OrderID {
        var source = SystemRandomNumberGenerator()
        return OrderID(bytes: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &source) })
    }

    public var description: String { text }
}
