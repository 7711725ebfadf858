// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Pages

extension Words {
    /// A text with markup in its places; its words are escaped.
    func markup(_ key: String, _ values: [String: Markup]) -> Markup {
        Markup(
            trusted: text(key).pieces.map { piece in
                switch piece {
                case .words(let words): Markup(escaping: words).html
                case .placeholder(let name): values[name]?.html ?? "{\(name)}"
                }
            }.joined())
    }

    /// What stands in `lang` of an element whose text is in another language than its page; nil for the page's own.
    func foreign(_ language: Language) -> PageValue? { language == self.language ? nil : .text(language.code) }
}

extension Markup {
    /// A link; address and text are escaped.
    static func link(_ address: String, _ text: String) -> Markup {
        Markup(trusted: "<a href=\"\(Markup(escaping: address).html)\">\(Markup(escaping: text).html)</a>")
    }

    static func strong(_ text: String) -> Markup { Markup(trusted: "<strong>\(Markup(escaping: text).html)</strong>") }

    static func text(_ text: String) -> Markup { Markup(escaping: text) }
}
