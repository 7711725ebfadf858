// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Crockford's base32 as GNUnet writes it: most significant bit first, no padding, unused low bits of the last character zero.
///
/// 16 bytes are 26 characters, 32 are 52, 64 are 103.
public enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Value 0...31 of each ASCII character, 255 where there is none. `O` reads as 0, `I` and `L` as 1, `U` as `V`.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            table[Int(character)] = UInt8(value)
            table[Int(lowercase(character))] = UInt8(value)
        }
        for (alias, value) in [("O", 0), ("I", 1), ("L", 1), ("U", 27)] as [(Unicode.Scalar, UInt8)] {
            table[Int(alias.value)] = value
            table[Int(alias.value) + 32] = value
        }
        return table
    }()

    private static func lowercase(_ character: UInt8) -> UInt8 {
        (65...90).contains(character) ? character + 32 : character
    }

    /// The canonical text of `bytes`, `ceil(8n/5)` characters.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text of any length: `floor(5·len/8)` of them. Left-over bits are ignored.
    /// - Throws: ``WireError/base32(_:)`` at the first character outside the alphabet.
    public static func decode(_ text: some StringProtocol) throws(WireError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 5 / 8)
        var buffer: UInt32 = 0
        var bits = 0
        for character in text.utf8 {
            let value = values[Int(character)]
            guard value < 32 else { throw .base32("a character outside the alphabet") }
            buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }

    /// The bytes of a field of fixed size.
    /// - Throws: ``WireError/base32(_:)`` unless the text has exactly `ceil(8·byteCount/5)` characters of the alphabet.
    public static func decode(_ text: some StringProtocol, byteCount: Int) throws(WireError) -> [UInt8] {
        let expected = (byteCount * 8 + 4) / 5
        guard text.utf8.count == expected else {
            throw .base32("\(text.utf8.count) characters where \(expected) are needed")
        }
        return try decode(text)
    }
}
