// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import Foundation
import HTTPCore
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// Asks an exchange what became of one deposited coin.
struct DepositTracker: Sendable {
    enum Answer: Sendable, Equatable {
        /// Verified, and stored.
        case wired(StoredIntent.Wire)
        /// The exchange's 202, unsigned.
        case pending(DepositPending, JSONValue)
    }

    let identity: MerchantIdentity
    let store: MerchantStore
    let call: ExchangeCall
    let clock: any WallClock

    /// - Throws: ``TrackingFailure``, `MerchantStoreError`.
    func ask(_ coin: StoredIntent.Coin, of intent: StoredIntent, account: StoredAccount) async throws -> Answer {
        let signature = identity.key.sign(
            DepositTrackRequest(contractHash: intent.contractHash, wireHash: account.wireHash, coinPub: coin.coinPub))
        let (status, json) = try await call.answer(
            ExchangeRequests(baseURL: Self.baseURL(of: intent)).deposit(
                coin.coinPub, contract: intent.contractHash, wireHash: account.wireHash, merchant: account.merchantPub,
                signature: signature))
        switch status {
        case 200:
            let wired: DepositWired
            do { wired = try json.decode() } catch { throw TrackingFailure.nonsense("\(error)") }
            let question = WiredDepositVerification.Question(
                coinPub: coin.coinPub, contractHash: intent.contractHash, wireHash: account.wireHash, contribution: coin.contribution,
                depositFee: coin.depositFee)
            let now = clock.now()
            do {
                _ = try await call.verified(intent.exchangeURL, failure: { Self.failure($0, json) }) { keys throws(AnswerFailure) in
                    try WiredDepositVerification.check(wired, of: question, keys: keys, now: now)
                }
            } catch TrackingFailure.conflict(let conflict, let answer) {
                try await store.record(
                    conflict, exchangeURL: intent.exchangeURL, transferID: wired.wireTransferID, answer: answer, now: now)
                throw TrackingFailure.conflict(conflict, answer: answer)
            }
            let wire = StoredIntent.Wire(wired)
            try await store.record(wire, of: coin.coinPub, in: intent)
            return .wired(wire)
        case 202:
            do { return .pending(try json.decode(), json) } catch { throw TrackingFailure.nonsense("\(error)") }
        default: throw TrackingFailure.refused(status: status, answer: json)
        }
    }

    private static func failure(_ failure: AnswerFailure, _ json: JSONValue) -> TrackingFailure {
        guard case .contradiction(let reason) = failure else { return .unsigned(failure) }
        return .conflict(TransferConflict(.contradiction(reason)), answer: json)
    }

    /// Where the exchange wants to be asked, when that is on its own origin; else its base URL.
    static func baseURL(of intent: StoredIntent) -> String {
        intent.transactionBaseURL.map { baseURL($0, exchangeURL: intent.exchangeURL) } ?? intent.exchangeURL
    }

    static func baseURL(_ url: String, exchangeURL: String) -> String {
        guard let origin = WebOrigin(url), origin == WebOrigin(exchangeURL) else { return exchangeURL }
        return url
    }
}
