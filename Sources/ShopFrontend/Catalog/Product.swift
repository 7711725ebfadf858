// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Pages
public import TalerWire

/// Something that the shop sells.
public struct Product: Sendable, Equatable {
    /// Lower-case letters, digits and dashes: its name in addresses.
    public let id: String
    /// Its number in contracts, and its place in the shop.
    public let number: Int64
    public let title: String
    /// One sentence for the front page.
    public let summary: String
    public let author: String
    public let price: Amount
    /// A file of the catalog's `pictures` folder.
    public let picture: String
    /// What everybody may read.
    public let teaser: Markup
    /// What is shown after the payment.
    public let body: Markup
    /// Words in teaser and body together.
    public let wordCount: Int
    public let kind: Kind

    public enum Kind: Sendable, Equatable {
        /// The body is what is sold.
        case article
        /// A file of the catalog's `files` folder is what is sold.
        case download(file: String)
        /// The buyer chooses the amount.
        case donation(DonationRange)
    }

    /// True when a second purchase by the same person gives them something.
    public var isRepeatable: Bool { if case .donation = kind { true } else { false } }
}

/// What a donation may amount to.
public struct DonationRange: Sendable, Equatable {
    public let suggested: [Amount]
    public let minimum: Amount
    public let maximum: Amount

    func contains(_ amount: Amount) -> Bool {
        guard let low = try? amount.isLess(than: minimum), let high = try? maximum.isLess(than: amount) else { return false }
        return !low && !high
    }
}
