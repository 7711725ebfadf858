// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization

/// What one file of the catalog says: products, and translations of products, that may be in other files.
struct CatalogFile {
    var drafts: [ProductDraft] = []
    var translations: [Translation] = []
    /// Of every product that the file tells about, even when it cannot be sold for what is wrong with it.
    var ids: Set<String> = []
    var complaints: [CatalogError] = []
}

/// A product whose picture, file and translations have not been looked for, with what its head says of them.
struct ProductDraft {
    /// Nil when something is wrong with it.
    var product: Product?
    let id: String?
    let number: Int64?
    let language: Language
    let picture: String?
    let download: String?
    /// Where it stands.
    let file: String
    let line: Int
    /// Of every key.
    let lines: [String: Int]

    /// `products.list:7`, for complaints about others.
    var place: String { "\(file.split(separator: "/").last ?? ""):\(lines["id"] ?? line)" }

    func complaint(_ key: String, _ reason: String) -> CatalogError {
        CatalogError(file: file, line: lines[key] ?? line, reason: "\(key): \(reason)")
    }
}

/// What of a product is said in another language.
struct Translation {
    let product: String
    let language: Language
    var title: String?
    var summary: String?
    var teaser: String?
    var body: String?
    let file: String
    let line: Int

    /// The main text with what is translated in its place.
    func applied(to main: ProductText) -> ProductText {
        func passage(_ text: String?, _ main: Passage) -> Passage { text.map { Passage($0, language) } ?? main }
        return ProductText(
            title: passage(title, main.title), summary: passage(summary, main.summary), teaser: passage(teaser, main.teaser),
            body: passage(body, main.body))
    }
}
