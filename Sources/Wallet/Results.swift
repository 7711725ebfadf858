// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a withdrawal brought.
public struct Withdrawn: Sendable, Equatable {
    public let reservePub: ReservePublicKey
    public let coins: Int
    public let value: Amount
}

/// A reserve that waits for its owner.
public struct PreparedWithdrawal: Sendable, Equatable {
    public let reservePub: ReservePublicKey
    /// To be opened in the browser that is logged in at the bank.
    public let address: String
}

/// A payment that the shop has taken.
public struct Purchase: Sendable, Equatable {
    public let contractHash: ContractHash
    /// The price, without fees.
    public let amount: Amount
    /// What the coins gave, fees included.
    public let paid: Amount
    public let exchangeURL: String
    public let isReplay: Bool
    /// Nil when the shop led nowhere on its own site.
    public let fulfillmentURL: String?
    /// Of the fulfillment page; nil when it could not be fetched, which does not undo the payment.
    public let status: Int?
    public let pageText: String

    /// The page's title, as one line without markup; nil when it has none.
    public var pageTitle: String? {
        guard let start = pageText.firstRange(of: "<title>"), let end = pageText[start.upperBound...].firstRange(of: "</title>") else {
            return nil
        }
        var title = pageText[start.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for (name, text) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            title = title.replacing(name, with: text)
        }
        return title.isEmpty ? nil : title.printable
    }
}

/// What came of a payment that was sent again.
public struct Retried: Sendable {
    public let contractHash: ContractHash
    public let outcome: Result<Purchase, WalletError>
}
