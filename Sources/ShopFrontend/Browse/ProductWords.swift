// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Localization
import Pages
import ShopCatalog
import TalerWire

extension Product {
    /// The key of the word for its kind.
    var kindKey: String { "kind.\(kind.name)" }

    /// Author, and how long an essay takes to read.
    func detail(_ words: Words) -> String {
        guard case .article = kind else { return author }
        let time = words("product.reading", count: max(1, (text.wordCount + 100) / 200))
        return "\(author) · \(time.replacing(" ", with: "\u{A0}"))"
    }

    /// What the buyer gets, in a few words each.
    func gets(_ words: Words) -> [String] {
        let noName = words("product.getsNoName")
        return switch kind {
        case .article:
            [words("product.getsEssay", ["words": words.number(text.wordCount / 50 * 50)]), words("product.getsEssayAgain"), noName]
        case .download(let file): [words("product.getsFile", ["file": file]), words("product.getsFileAgain"), noName]
        case .donation: [words("product.getsAnySum"), noName, words("product.getsNoLetters")]
        case .goods: [words("product.getsSent"), words("product.getsNoAccount")]
        }
    }

    /// `incl. 19% VAT`; nil when the price includes none.
    func taxText(_ words: Words) -> String? {
        guard !taxes.isEmpty else { return nil }
        let names = taxes.map { words.taxName($0.name, rate: $0.percent) }
        return words("product.taxes", ["taxes": names.joined(separator: ", ")])
    }
}

extension Words {
    /// Numbers and lists as they are written in Europe.
    private var conventions: Locale { Locale(identifier: language == .english ? "en_GB" : language.code) }

    /// A number of per cent in the local form: `5,5` for `5.5`.
    private func percent(_ rate: String) -> String {
        Decimal(string: rate, locale: Locale(identifier: "en_US_POSIX"))?.formatted(Decimal.FormatStyle(locale: conventions)) ?? rate
    }

    /// What a tax is called in the reader's language, when it is the one that all of Europe has; other names stay as the owner wrote them.
    /// - Parameter rate: in per cent, as ``Tax/percent`` has it: `19% VAT`. Nil where it is not known.
    func taxName(_ name: String, rate: String?) -> String {
        let name = name == "VAT" ? self("tax.vat") : name
        return rate.map { self("product.taxRate", ["rate": percent($0), "name": name]) } ?? name
    }

    /// `Austria, Germany and Switzerland`, in alphabetical order.
    func countries(_ countries: [CountryCode]) -> String {
        Countries(countries.map(\.code), language: language.code).all.map(\.name).formatted(.list(type: .and).locale(conventions))
    }

    /// The name of a language as a word in a sentence.
    func name(_ language: Language) -> String { self("language.\(language.code)") }
}

extension DeliveryTerms {
    /// Where it is sent.
    func destinationText(_ words: Words) -> String {
        switch destinations {
        case .everywhere: words("product.everywhere")
        case .countries(let countries): words.countries(countries)
        }
    }

    /// What the sending costs.
    func priceText(_ words: Words) -> String { price.map(words.amount) ?? words("product.sentFree") }
}

extension Product {
    /// One of each kind, for the check of templates.
    static var samples: [Product] {
        get throws {
            let amount = Amount.zero(try Currency("KUDOS"))
            let delivery = DeliveryTerms(destinations: .everywhere, days: 1...2, price: nil)
            let kinds: [Kind] = [
                .article, .download(file: "f"), .donation(DonationRange(suggested: [amount], minimum: amount, maximum: amount)),
                .goods(delivery),
            ]
            let passage = Passage("t", .german)
            let text = ProductText(title: passage, summary: passage, teaser: passage, body: passage)
            return kinds.map {
                Product(
                    id: "i", number: 0, author: "a", price: amount, picture: "p", kind: $0, text: text,
                    taxes: [Tax(name: "VAT", millionths: 190_000)])
            }
        }
    }
}
