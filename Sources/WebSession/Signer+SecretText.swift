// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium

/// A signer's key as the line of text that a file keeps: 64 hexadecimal digits.
extension Signer {
    /// A fresh key; whoever has it can sign.
    public static func newSecretText() -> String {
        SecretBytes.random(count: 32).exported().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\n"
    }

    /// - Returns: nil unless `text` is 64 hexadecimal digits, line ends and spaces after them aside.
    public init?(secretText text: [UInt8]) {
        var digits = text[...]
        while let last = digits.last, last == 0x0A || last == 0x0D || last == 0x20 { digits.removeLast() }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in digits {
            guard let value = Character(Unicode.Scalar(character)).hexDigitValue.flatMap({ UInt8(exactly: $0) }) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard let signer = try? Signer(key: SecretBytes(bytes)) else { return nil }
        self = signer
    }
}
