// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Spaces that a line must not break at. Text files are written with plain ones, which one can see.
enum Typography {
    /// French sets a space before high punctuation and inside guillemets; other languages have none of these.
    static func bound(_ text: String, _ language: Language) -> String {
        guard language == .french else { return text }
        var out = ""
        var previous: Character = "\n"
        for character in text {
            if out.last == " " {
                if character == ":" || character == "»" { out.replaceLast(with: "\u{A0}") }
                if character == ";" || character == "!" || character == "?" { out.replaceLast(with: "\u{202F}") }
            }
            out.append(previous == "«" && character == " " ? "\u{A0}" : character)
            previous = character
        }
        return out
    }
}

extension String {
    fileprivate mutating func replaceLast(with character: Character) {
        removeLast()
        append(character)
    }
}
