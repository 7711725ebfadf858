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
                let news: [StoredRefund]
                let failure: WalletError?
                do { (news, failure) = try await desk.collect(try await located(purchase)) } catch let error as WalletError {
                    (news, failure) = ([], error)
                }
                results.append(
                    Refunded(
                        contractHash: purchase.contractHash, summary: purchase.summary,
                        credited: try Amount.sum(news.map(\.credited), in: purchase.amount.currency), failure: failure))
                if !news.isEmpty, refreshesRests { await refreshRests(of: purchase) }
            }
            return results
        }
    }

    /// A payment that was given up and had arrived all the same has led nowhere yet: it is sent once more, as the shop's page says where the
    /// shop tells of refunds. What was paid is not paid again.
    private func located(_ purchase: StoredPurchase) async throws -> StoredPurchase {
        guard purchase.state == .paid(fulfillmentURL: nil), purchase.refundURL == nil else { return purchase }
        var session = ShopSession(shop: try WebAddress.ofShop(purchase.wish.shopURL), sender: sender)
        do { _ = try await cashier.send(purchase, isReplay: true, in: &session) } catch is WalletError { return purchase }
        return try await store.livePurchase(purchase.contractHash) ?? purchase
    }
}
