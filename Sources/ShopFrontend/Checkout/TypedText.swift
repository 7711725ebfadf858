// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Texts that somebody has typed into a form, to be read by people elsewhere.
enum TypedText {
    /// NFC, without white space at its ends, each inner run of it as one space.
    static func tidied(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.split(whereSeparator: isSpace).map {
            String(String.UnicodeScalarView($0))
        }
        .joined(separator: " ")
    }

    /// True when it holds nothing but what is seen as itself: no control characters, no marks of direction, nothing unassigned.
    static func isPlain(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPlain) }

    static func hasLetter(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic } }

    /// Not every white space: a line's end in a name is no slip of the fingers.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Persian names and those of India need joiners.
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
