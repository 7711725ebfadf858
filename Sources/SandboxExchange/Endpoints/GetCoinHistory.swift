// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What a coin was used for, told to its owner alone.
struct GetCoinHistory: Endpoint {
    static let route = Route(.get, "/coins/:coin_pub/history")

    let store: ExchangeStore

    /// - Throws: `APIError`, in this order: 400 / 1004, 400 / 26, 400 / 25 without the signature, 403 / 1251, 404 / 1019.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let coin = try path.coinPub
        let start = try request.historyStart()
        let signature: EdDSASignature = try request.field("Taler-Coin-History-Signature")
        guard CoinHistoryRequest(startOffset: start).isValid(signature, by: coin) else {
            throw APIError(.exchangeCoinHistoryBadSignature, hint: "The coin's owner has not signed this question.")
        }
        guard let history = try await store.history(of: coin, after: start) else {
            throw APIError(.exchangeGenericCoinUnknown, hint: "The exchange has never seen this coin.")
        }
        let message = CoinHistoryResponse(
            denominationHash: history.denominationHash, balance: history.balance, history: try history.events.map(Self.entry))
        return try request.historyAnswer(message, lastNumber: history.lastNumber, isEmpty: history.events.isEmpty)
    }

    private static func entry(_ event: CoinEvent) throws -> CoinHistoryEntry {
        switch event {
        case .deposit(let deposit):
            .deposit(
                CoinDepositEntry(
                    amount: deposit.contribution, depositFee: deposit.depositFee, timestamp: deposit.timestamp,
                    refundDeadline: deposit.refundDeadline == .zero ? nil : deposit.refundDeadline, merchantPub: deposit.merchantPub,
                    contractHash: deposit.contractHash, wireHash: deposit.wireHash, ageCommitmentHash: deposit.ageCommitmentHash,
                    coinSignature: deposit.coinSignature))
        case .refund(let refund):
            .refund(
                CoinRefundEntry(
                    amount: try refund.amount.subtracting(refund.fee), refundFee: refund.fee, contractHash: refund.contractHash,
                    merchantPub: refund.merchantPub, refundTransactionID: refund.transactionID,
                    merchantSignature: refund.merchantSignature))
        case .melt(let melt):
            .melt(
                CoinMeltEntry(
                    amount: melt.amountWithFee, meltFee: melt.fee, commitment: melt.commitment,
                    ageCommitmentHash: melt.ageCommitmentHash, coinSignature: melt.coinSignature))
        }
    }
}

/// The same at the address that the exchange's documentation names where it speaks of deposits.
struct GetCoinHistoryByItsOtherName: Endpoint {
    static let route = Route(.get, "/coin/:coin_pub/history")

    let history: GetCoinHistory

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response { try await history.answer(request, path) }
}
