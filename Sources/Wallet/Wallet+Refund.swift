// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire
import WalletStore

/// What came back of one purchase.
public struct Refunded: Sendable, Equatable {
    public let contractHash: ContractHash
    public let summary: String
    /// What its coins got that the wallet did not know of, refund fees not included.
    public let credited: Amount
    /// What went wrong; what is credited is credited all the same.
    public let failure: WalletError?
}

extension Wallet {
    /// Asks the shops what they gave back, credits it, and refreshes the coins that got something: whoever took them knows them.
    /// - Parameter contract: nil for every payment that was taken.
    /// - Returns: one entry for each purchase that was asked about, oldest first.
    public func refund(_ contract: ContractHash? = nil) async throws(WalletError) -> [Refunded] {
        try await WalletError.wrapping {
            _ = try await refresher.resume()
            let purchases = try await store.purchases().filter { purchase in
                guard case .paid = purchase.state else { return false }
                return contract.map { $0 == purchase.contractHash } ?? true
            }
            if let contract, purchases.isEmpty { throw WalletError.unknownPurchase(contract) }
            let desk = RefundDesk(store: store, sender: sender, clock: clock, trust: quietTrust, report: report)
            var results: [Refunded] = []
            for purchase in purchases {
                let before = try await store.refunds().count
                var failure: WalletError?
                do { _ = try await desk.collect(purchase) } catch let error as WalletError { failure = error }
                let news = try await store.refunds().dropFirst(before)
                results.append(
                    Refunded(
                        contractHash: purchase.contractHash, summary: purchase.summary,
                        credited: try Amount.sum(news.map(\.credited), in: purchase.amount.currency), failure: failure))
                if !news.isEmpty, refreshesRests { await refreshRests(of: purchase) }
            }
            return results
        }
    }
}
