// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization
import Synchronization

/// What is searched for words, by language; made when somebody searches in it for the first time.
final class SearchIndex: Sendable {
    private let products: [Product]
    private let texts = Mutex<[Language: [[UInt8]]]>([:])

    init(_ products: [Product]) { self.products = products }

    /// Those that have every word, or a longer one with it, in title, summary or author.
    func found(_ words: [[UInt8]], in language: Language) -> [Product] {
        let texts = texts(in: language)
        return products.indices.filter { index in words.allSatisfy { SearchWords.contains(texts[index], $0) } }.map { products[$0] }
    }

    private func texts(in language: Language) -> [[UInt8]] {
        if let known = texts.withLock({ $0[language] }) { return known }
        let made = products.map { product in
            let own = product.text(in: language)
            let parts =
                [own.title.text, own.summary.text, product.author]
                + (own == product.text ? [] : [product.text.title.text, product.text.summary.text])
            return SearchWords.folded(parts.joined(separator: "\n"))
        }
        texts.withLock { $0[language] = made }
        return made
    }
}
