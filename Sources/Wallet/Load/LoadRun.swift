// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Synchronization
import TalerWire
public import WalletStore

/// Buyers with a wallet each who buy at the same time: for demonstrations, and to see what a shop can bear.
public struct LoadRun: Sendable {
    private let plan: LoadPlan
    private let sender: any Sender
    private let clock: any WallClock
    private let patience: Wallet.Patience
    private let openStore: @Sendable (Int) throws -> WalletStore
    private let report: @Sendable (LoadProgress) -> Void
    private let counts = LoadCounts()

    /// Fetches of the product's page to compare with: as many as purchases, within these bounds.
    private static let pageBounds = 200...2000

    /// - Parameters:
    ///   - openStore: the wallet of a buyer, who are numbered from 1. It is closed at the end.
    ///   - report: hears of each thing that is done.
    public init(
        _ plan: LoadPlan, sender: any Sender, clock: any WallClock = SystemWallClock(), patience: Wallet.Patience = Wallet.Patience(),
        openStore: @escaping @Sendable (Int) throws -> WalletStore, report: @escaping @Sendable (LoadProgress) -> Void = { _ in }
    ) {
        self.plan = plan
        self.sender = sender
        self.clock = clock
        self.patience = patience
        self.openStore = openStore
        self.report = report
    }

    /// Lets every buyer withdraw, measures plain fetches of the product's page, and lets every buyer buy.
    /// - Throws: ``WalletError`` when there is nothing to buy, or when nobody has money because every withdrawal failed; what goes wrong
    ///   for one buyer is counted.
    public func run() async throws(WalletError) -> LoadTotals {
        try await WalletError.wrapping {
            guard (1...LoadPlan.maximumBuyers).contains(plan.buyers), (1...LoadPlan.maximumPurchases).contains(plan.purchases) else {
                throw WalletError.address("1 to \(LoadPlan.maximumBuyers) buyers and 1 to \(LoadPlan.maximumPurchases) purchases each")
            }
            let shop = try WebAddress.ofShop(plan.shop)
            var session = ShopSession(shop: shop, sender: sender)
            let products = plan.products.isEmpty ? [try await firstProduct(in: &session)] : plan.products
            var prices: [Amount] = []
            for product in products { prices.append(try await session.offer(product: product, amount: plan.amount).terms.amount.amount) }
            let withdrawal = try plan.withdrawal ?? need(prices)
            var totals = LoadTotals()
            totals.products = products

            let stores = try (1...plan.buyers).map(openStore)
            defer { for store in stores { store.close() } }
            let wallets = stores.map {
                Wallet(store: $0, sender: sender, clock: clock, patience: patience, refreshesRests: false)
            }
            let served = await phase(.withdrawals, count: plan.buyers) { progress in
                await crowd { buyer in await progress { try await withdraw(withdrawal, wallets[buyer]) } }
            }
            totals.withdrawn = try await withdrawn(wallets)
            if served.done == 0, totals.withdrawn.allSatisfy(\.isZero), let cause = counts.firstError { throw cause }
            guard let page = shop.resolving("product/\(PercentEncoding.encode(products[0]))") else {
                throw WalletError.address("the product")
            }
            let pages = min(max(plan.buyers * plan.purchases, Self.pageBounds.lowerBound), Self.pageBounds.upperBound)
            (totals.pages, totals.pageTime) = await phase(.pages, count: pages) { progress in
                await crowd { buyer in
                    for _ in stride(from: buyer, to: pages, by: plan.buyers) { await progress { try await look(at: page) } }
                }
            }
            (totals.purchases, totals.purchaseTime) = await phase(.purchases, count: plan.buyers * plan.purchases) { progress in
                await crowd { buyer in
                    for number in 0..<plan.purchases where !Task.isCancelled {
                        let product = products[(buyer + number) % products.count]
                        await progress { try await buy(product, withdrawal, wallets[buyer]) }
                    }
                }
            }
            totals.failures = counts.failures
            return totals
        }
    }

    private func crowd(_ work: @escaping @Sendable (Int) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for buyer in 0..<plan.buyers { group.addTask { await work(buyer) } }
        }
    }

    private typealias Counter = @Sendable (() async throws -> Void) async -> Void

    private func phase(_ phase: LoadPhase, count: Int, _ work: (@escaping Counter) async -> Void) async -> (done: Int, time: Duration) {
        counts.begin()
        let start = ContinuousClock.now
        report(LoadProgress(phase: phase, done: 0, failed: 0, total: count, elapsed: .zero))
        await work { [counts, report] one in
            var failure: String?
            do { try await one() } catch {
                failure = "\(phase.rawValue): " + ((error as? WalletError)?.kind ?? "\(error)")
                if let error = error as? WalletError { counts.note(error) }
            }
            let (done, failed) = counts.count(failure)
            report(LoadProgress(phase: phase, done: done, failed: failed, total: count, elapsed: ContinuousClock.now - start))
        }
        return (counts.succeeded, ContinuousClock.now - start)
    }

    private func withdraw(_ amount: Amount, _ wallet: Wallet) async throws {
        _ = try await wallet.withdraw(amount, bank: plan.bank, exchange: plan.exchange)
    }

    private func look(at page: WebAddress) async throws {
        let response: Response
        do { response = try await sender.send(OutgoingRequest(.get, page.text, fields: ["Accept": "text/html"])) } catch {
            throw WalletError.shopUnreachable(error.words)
        }
        guard response.status == 200 else {
            throw WalletError.noOffer(status: response.status, code: nil, hint: "no page", fulfillmentURL: nil)
        }
    }

    /// Who has too little withdraws once more.
    private func buy(_ product: String, _ withdrawal: Amount, _ wallet: Wallet) async throws {
        do { _ = try await wallet.pay(plan.shop, product: product, amount: plan.amount) } catch {
            guard case .insufficient(_, _, _, let locked) = error, locked.isZero else { throw error }
            try await withdraw(withdrawal, wallet)
            _ = try await wallet.pay(plan.shop, product: product, amount: plan.amount)
        }
    }

    /// One and a half times what a buyer's purchases cost, at least one and a half of the highest price.
    private func need(_ prices: [Amount]) throws -> Amount {
        let currency = prices[0].currency
        let total = (0..<plan.purchases).reduce(UInt128(0)) { $0 + prices[$1 % prices.count].units }
        let highest = prices.map(\.units).max() ?? 0
        return try Amount.make(currency, total: max(total, highest) * 3 / 2)
    }

    private func withdrawn(_ wallets: [Wallet]) async throws -> [Amount] {
        var sums: [Amount] = []
        for wallet in wallets {
            for balance in try await wallet.balances() {
                if let index = sums.firstIndex(where: { $0.currency == balance.available.currency }) {
                    sums[index] = try sums[index].adding(balance.available)
                } else {
                    sums.append(balance.available)
                }
            }
        }
        return sums
    }

    /// The first product that the front page links to.
    private func firstProduct(in session: inout ShopSession) async throws -> String {
        guard let page = await session.page(session.shop), page.response.status == 200 else {
            throw WalletError.shopUnreachable("it shows no front page")
        }
        let text = String(decoding: page.response.body, as: UTF8.self)
        guard let link = text.firstMatch(of: /href="[^"]*\/product\/([A-Za-z0-9._~-]+)"/) else {
            throw WalletError.noOffer(status: 200, code: nil, hint: "its front page shows no product", fulfillmentURL: nil)
        }
        return String(link.output.1)
    }
}

/// What many buyers count together.
private final class LoadCounts: Sendable {
    private struct State {
        var succeeded = 0
        var failed = 0
        var failures: [String: Int] = [:]
        var firstError: WalletError?
    }

    /// Words from outside do not fill the memory.
    private static let maximumKinds = 50
    private let state = Mutex(State())

    func begin() {
        state.withLock { state in
            state.succeeded = 0
            state.failed = 0
        }
    }

    func count(_ failure: String?) -> (done: Int, failed: Int) {
        state.withLock { state in
            if let failure {
                state.failed += 1
                let kind = state.failures[failure] != nil || state.failures.count < Self.maximumKinds ? failure : "others"
                state.failures[kind, default: 0] += 1
            } else {
                state.succeeded += 1
            }
            return (state.succeeded + state.failed, state.failed)
        }
    }

    /// What went wrong first, in any phase.
    func note(_ error: WalletError) { state.withLock { $0.firstError = $0.firstError ?? error } }

    var firstError: WalletError? { state.withLock { $0.firstError } }
    var succeeded: Int { state.withLock { $0.succeeded } }
    var failures: [String: Int] { state.withLock { $0.failures } }
}

extension WalletError {
    /// The error without what is different each time.
    fileprivate var kind: String {
        switch self {
        case .refused(let status, let code, let hint, _), .noOffer(let status, let code, let hint, _),
            .exchangeRefused(let status, let code, let hint), .revoked(let status, let code, let hint, _):
            "\(hint) (status \(status)\(code.map { ", code \($0)" } ?? ""))"
        case .unresolved(_, let reason): "no outcome: \(reason)"
        case .replayFailed(let reason, _): "paid, but not shown: \(reason)"
        case .insufficient: "not enough money"
        case .notArrived: "the exchange has not seen the bank's money yet"
        case .amountTooLarge: "too many coins"
        default: "\(self)"
        }
    }
}
