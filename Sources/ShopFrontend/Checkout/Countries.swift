// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation

/// Countries by the names that they have in a language.
struct Countries: Sendable {
    struct Country: Sendable, Equatable {
        /// ISO 3166-1 alpha-2.
        let code: String
        let name: String
    }

    /// In the alphabetical order of the language.
    let all: [Country]

    /// - Parameters:
    ///   - codes: those without a name keep their code for it.
    ///   - language: two letters.
    init(_ codes: some Sequence<String>, language: String) {
        let locale = Locale(identifier: language)
        all = codes.map { Country(code: $0, name: locale.localizedString(forRegionCode: $0) ?? $0) }
            .sorted { left, right in left.name.compare(right.name, options: [.caseInsensitive], locale: locale) == .orderedAscending }
    }

    static func name(_ code: String, language: String) -> String {
        Locale(identifier: language).localizedString(forRegionCode: code) ?? code
    }
}
