// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What a crowd of buyers shall do.
public struct LoadPlan: Sendable {
    public static let maximumBuyers = 256
    public static let maximumPurchases = 10_000

    public var shop: String
    /// Bought in turn; empty for the first that the shop's front page shows.
    public var products: [String]
    /// Where buyers choose the price.
    public var amount: Amount?
    /// 1 to ``maximumBuyers``.
    public var buyers: Int
    /// For each buyer, 1 to ``maximumPurchases``.
    public var purchases: Int
    /// What each buyer withdraws first, and again when it is not enough; nil for one and a half times the prices.
    public var withdrawal: Amount?
    public var bank: String?
    public var exchange: ExchangeChoice

    public init(
        shop: String, products: [String] = [], amount: Amount? = nil, buyers: Int, purchases: Int, withdrawal: Amount? = nil,
        bank: String? = nil, exchange: ExchangeChoice
    ) {
        self.shop = shop
        self.products = products
        self.amount = amount
        self.buyers = buyers
        self.purchases = purchases
        self.withdrawal = withdrawal
        self.bank = bank
        self.exchange = exchange
    }
}

/// What the crowd does one after the other.
public enum LoadPhase: String, Sendable, CaseIterable {
    case withdrawals
    case pages
    case purchases
}

/// How far a phase is.
public struct LoadProgress: Sendable, Equatable {
    public let phase: LoadPhase
    /// With those that failed.
    public let done: Int
    public let failed: Int
    public let total: Int
    public let elapsed: Duration
}

/// What came of it.
public struct LoadTotals: Sendable {
    /// What was bought, in turn.
    public internal(set) var products: [String] = []
    /// Withdrawn by all buyers together.
    public internal(set) var withdrawn: [Amount] = []
    public internal(set) var purchases = 0
    public internal(set) var purchaseTime = Duration.zero
    /// Plain fetches of the product's page that got 200.
    public internal(set) var pages = 0
    public internal(set) var pageTime = Duration.zero
    /// How often each reason kept a buyer from buying, or a page from being shown.
    public internal(set) var failures: [String: Int] = [:]

    public var purchasesPerSecond: Double { Self.rate(purchases, purchaseTime) }
    public var pagesPerSecond: Double { Self.rate(pages, pageTime) }

    private static func rate(_ count: Int, _ time: Duration) -> Double {
        let seconds = time / .seconds(1)
        return seconds > 0 ? Double(count) / seconds : 0
    }
}
