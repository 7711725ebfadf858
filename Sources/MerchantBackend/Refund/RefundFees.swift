// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import MerchantStore
import TalerWire

/// Finds refund fees that the intents' rows do not hold, in the exchanges' verified keys.
struct RefundFees: Sendable {
    let store: MerchantStore
    let directory: ExchangeDirectory

    /// By coin; without those that no held key knows.
    func missing(of contract: StoredContract) async throws -> [CoinPublicKey: Amount] {
        var fees: [CoinPublicKey: Amount] = [:]
        for intent in try await store.intents(of: contract) {
            let unknown = Set(intent.coins.filter { $0.refundFee == nil }.map(\.coinPub))
            guard !unknown.isEmpty, let request: BatchDepositRequest = try? intent.request.decode(),
                let keys = try? await directory.keys(ofUnlisted: intent.exchangeURL)
            else { continue }
            for coin in request.coins where unknown.contains(coin.coinPub) {
                fees[coin.coinPub] = keys.denominations[coin.denominationHash]?.feeRefund
            }
        }
        return fees
    }
}
