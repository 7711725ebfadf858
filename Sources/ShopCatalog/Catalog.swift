// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Localization
public import Pages

/// What the shop sells: products of the files in a folder, and what is in its folders `pictures` and `files`. A value: it stays as it is
/// when the files change.
public struct Catalog: Sendable {
    /// In the order of their numbers, those that are not listed included.
    public let products: [Product]
    /// What the shop's front page offers.
    public let listed: [Product]
    public let pictures: StaticFiles
    public let files: StaticFiles
    private let places: [String: Int]
    private let listedByKind: [String: [Product]]
    private let search: SearchIndex

    /// - Throws: ``CatalogErrors`` with everything that is wrong, by file and line.
    public init(folder: String, rules: CatalogRules) throws(CatalogErrors) {
        var reader = CatalogReader(folder: folder, rules: rules)
        self = try reader.catalog(try CatalogListing(folder: folder))
    }

    /// - Parameter products: no two with one id.
    public init(products: [Product], pictures: StaticFiles = StaticFiles(), files: StaticFiles = StaticFiles()) {
        self.products = products.sorted { $0.number < $1.number }
        self.pictures = pictures
        self.files = files
        listed = self.products.filter { !$0.isHidden }
        listedByKind = Dictionary(grouping: listed, by: \.kind.name)
        search = SearchIndex(listed)
        places = Dictionary(self.products.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many pieces there are by the products' files, of those that name a number.
    public var stock: [String: Int] {
        Dictionary(products.compactMap { product in product.stock.map { (product.id, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(_ id: String) -> Product? { places[id].map { products[$0] } }

    /// What the front page offers of one kind, by the kind's name.
    public func listed(kind: String) -> [Product] { listedByKind[kind] ?? [] }

    /// Those of the listed products that have all of these words in title, summary or author, in this language or the product's main one:
    /// capital letters, accents and what stands between words make no difference, and a word is found within a longer one. None for a text
    /// without words.
    public func listed(with words: String, in language: Language) -> [Product] {
        let words = SearchWords.words(words)
        return words.isEmpty ? [] : search.found(words, in: language)
    }

    /// The names of the kinds of which something is listed, in the order of `Product.Kind.names`.
    public var listedKinds: [String] { Product.Kind.names.filter { listedByKind[$0] != nil } }
}
