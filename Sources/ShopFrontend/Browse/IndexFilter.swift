// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Localization

/// What of the catalog the front page shows.
struct IndexFilter: Sendable {
    /// What is searched for; empty for everything. At most ``longestText`` scalars.
    var text = ""
    /// The name of a kind; nil for all.
    var kind: String?
    /// 1 for the first.
    var page = 1

    static let longestText = 100

    func page(_ page: Int) -> IndexFilter {
        var other = self
        other.page = page
        return other
    }

    /// The first page of another kind with the same words.
    func kind(_ kind: String?) -> IndexFilter { IndexFilter(text: text, kind: kind) }

    /// The query of its address, with a language for who has chosen one by the address.
    func query(_ language: Language? = nil) -> String {
        var parts: [String] = []
        if !text.isEmpty { parts.append("q=\(PercentEncoding.encode(text))") }
        if let kind { parts.append("kind=\(PercentEncoding.encode(kind))") }
        if page > 1 { parts.append("page=\(page)") }
        if let language { parts.append("lang=\(language.code)") }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}
