// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Localization
public import TalerWire

/// Something that the shop sells.
public struct Product: Sendable, Equatable {
    /// Lower-case letters, digits and dashes: its name in addresses.
    public let id: String
    /// Its number in contracts, and its place in the shop.
    public let number: Int64
    public let author: String
    public let price: Amount
    /// A file of the catalog's `pictures` folder.
    public let picture: String
    public let kind: Kind
    /// The texts in the product's main language.
    public let text: ProductText
    /// How many there are by the product's file; nil when there is no end of it.
    public let stock: Int?
    /// What the price includes.
    public let taxes: [Tax]
    /// Not listed, and there for who has its address.
    public let isHidden: Bool
    /// How many one order may ask for.
    public let maximumQuantity: Int
    var translations: [Language: ProductText] = [:]

    /// The most that ``maximumQuantity`` can be, and what it is for things that are sold by the piece when the file does not say.
    public static let highestQuantity = 99

    public enum Kind: Sendable, Equatable {
        /// The body is what is sold.
        case article
        /// A file of the catalog's `files` folder is what is sold.
        case download(file: String)
        /// The buyer chooses the amount.
        case donation(DonationRange)
        /// Something that is sent to the buyer.
        case goods(DeliveryTerms)
    }

    public init(
        id: String, number: Int64, author: String, price: Amount, picture: String, kind: Kind, text: ProductText, stock: Int? = nil,
        taxes: [Tax] = [], isHidden: Bool = false, maximumQuantity: Int = highestQuantity
    ) {
        self.id = id
        self.number = number
        self.author = author
        self.price = price
        self.picture = picture
        self.kind = kind
        self.text = text
        self.stock = stock
        self.taxes = taxes
        self.isHidden = isHidden
        self.maximumQuantity = maximumQuantity
    }

    /// The product's main language.
    public var language: Language { text.title.language }

    /// The title in the product's main language.
    public var title: String { text.title.text }

    /// The texts for who reads a language; what is not translated is in the main language, and says so.
    public func text(in language: Language) -> ProductText { translations[language] ?? text }

    public var isDonation: Bool { if case .donation = kind { true } else { false } }

    /// How it comes to the buyer; nil when there is nothing to be sent.
    public var delivery: DeliveryTerms? { if case .goods(let delivery) = kind { delivery } else { nil } }

    /// True when a second purchase by the same person gives them something: donations and goods.
    public var isRepeatable: Bool {
        switch kind {
        case .article, .download: false
        case .donation, .goods: true
        }
    }

    /// The taxes within an amount that is asked for this product.
    /// - Parameter unit: the shop's smallest unit.
    /// - Throws: `AmountError/currencyMismatch`.
    public func taxes(in amount: Amount, roundedTo unit: Amount) throws(AmountError) -> [TaxAmount] {
        try Tax.amounts(of: taxes, in: amount, roundedTo: unit)
    }
}

extension Product.Kind {
    /// As the product's file has it: `article`, `download`, `donation` or `goods`.
    public var name: String {
        switch self {
        case .article: "article"
        case .download: "download"
        case .donation: "donation"
        case .goods: "goods"
        }
    }

    /// Every ``name``.
    public static let names = ["article", "download", "donation", "goods"]
}
