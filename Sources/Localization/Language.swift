// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// A language that pages can be in. The raw value is its tag of BCP 47, the name of its text file, and what the cookie holds.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case italian = "it"

    /// `en`: for `lang` and `hreflang`.
    public var code: String { rawValue }

    /// What its speakers call it.
    public var ownName: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        case .french: "Français"
        case .spanish: "Español"
        case .italian: "Italiano"
        }
    }

    /// The conventions for numbers and dates, of the country that gave the language its name.
    var locale: Locale {
        switch self {
        case .english: Locale(identifier: "en_GB")
        case .german: Locale(identifier: "de_DE")
        case .french: Locale(identifier: "fr_FR")
        case .spanish: Locale(identifier: "es_ES")
        case .italian: Locale(identifier: "it_IT")
        }
    }

    /// Whether so many things are spoken of as one (CLDR's category "one" of whole numbers; French says "0 pièce").
    public func isOne(_ count: Int) -> Bool { count == 1 || (self == .french && count == 0) }
}
