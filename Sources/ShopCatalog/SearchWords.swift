// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Texts as the search compares them: small letters and digits without accents, everything else a space.
enum SearchWords {
    /// One blank between words, UTF-8.
    static func folded(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return plain(text.utf8) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            if let letters = ligatures[scalar] {
                scalars.append(contentsOf: letters.unicodeScalars)
            } else {
                scalars.append(scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? scalar : " ")
            }
        }
        return plain(String(scalars).utf8)
    }

    /// What stands between blanks in ``folded(_:)``.
    static func words(_ text: String) -> [[UInt8]] { folded(text).split(separator: 0x20).map(Array.init) }

    static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, word.count <= text.count else { return false }
        var start = 0
        while start + word.count <= text.count {
            if text[start] == first, text[start..<start + word.count] == word[...] { return true }
            start += 1
        }
        return false
    }

    /// Letters that canonical decomposition leaves as they are.
    private static let ligatures: [Unicode.Scalar: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"]

    private static func plain(_ text: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text {
            switch byte {
            case 0x41...0x5A: out.append(byte + 0x20)
            case 0x61...0x7A, 0x30...0x39, 0x80...: out.append(byte)
            default: if let last = out.last, last != 0x20 { out.append(0x20) }
            }
        }
        return out
    }
}
