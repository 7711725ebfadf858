// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// How wide texts in a drawing may be. What the browser's font makes of them is not known here, so this is on the wide side.
enum TextWidth {
    static let fontSize = 12.0

    /// In units of the drawing.
    static func of(_ text: String) -> Double { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    /// The text, or as much of its beginning as fits, with an ellipsis.
    static func fitted(_ text: String, into room: Double) -> String {
        guard of(text) > room else { return text }
        var cut = ""
        var used = of("…")
        for character in text {
            used += character.unicodeScalars.reduce(0) { $0 + width($1) }
            guard used <= room else { break }
            cut.append(character)
        }
        while cut.last == " " { cut.removeLast() }
        return cut + "…"
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")": 0.38 * fontSize
        case "m", "w", "M", "W", "@", "%", "…": 0.98 * fontSize
        case "A"..."Z": 0.72 * fontSize
        default:
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFE00...0xFE0F: 0
            // East Asian scripts and pictures.
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F000...0x3FFFF:
                1.1 * fontSize
            default: 0.62 * fontSize
            }
        }
    }
}
