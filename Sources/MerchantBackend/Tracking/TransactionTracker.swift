// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import HTTPCore
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

/// Finds the transfers of one payment, asking its exchanges only for coins about which nothing signed is stored.
struct TransactionTracker: Sendable {
    enum Outcome: Sendable, Equatable {
        case wired([TrackedTransfer])
        case pending(TransactionPending)
    }

    let store: MerchantStore
    let deposits: DepositTracker
    let transfers: TransferTracker

    /// - Throws: `APIError`, ``Failure``, `MerchantStoreError`.
    func track(transactionID: Int64) async throws -> Outcome {
        let unknown = APIError(.merchantGenericOrderUnknown, hint: "There is no payment of this transaction_id.")
        guard let contract = try await store.contract(transactionID: transactionID) else { throw unknown }
        let accepted = try await store.intents(of: contract).filter { intent in
            switch intent.state {
            case .accepted, .unconfirmed: true
            case .open, .refused: false
            }
        }
        guard !accepted.isEmpty else { throw unknown }
        let account = try await store.account(id: contract.accountID)
        var found: [TrackedTransfer] = []
        var pending: TransactionPending?
        for intent in accepted {
            var isWaiting = false
            for trace in try await store.traces(of: intent) where !trace.isRefundedWhole {
                do {
                    if let (id, time) = try await word(trace, of: intent, account, isWaiting: isWaiting, &pending) {
                        Self.add(trace.coin, to: &found, exchange: intent.exchangeURL, id, time)
                    } else {
                        isWaiting = true
                    }
                } catch let failure as TrackingFailure {
                    throw Failure(failure: failure, exchangeURL: intent.exchangeURL, coin: trace.coin, contract: contract)
                }
            }
        }
        guard var pending else { return .wired(found) }
        pending.transfers = found
        return .pending(pending)
    }

    /// What went wrong, and with which coin.
    struct Failure: Error {
        let failure: TrackingFailure
        let exchangeURL: String
        let coin: StoredIntent.Coin
        let contract: StoredContract
    }

    /// The transfer that has the coin, by the exchange's signature.
    /// - Parameter isWaiting: the exchange has said of another coin that it is not wired yet, so of this one it is not asked.
    private func word(
        _ trace: CoinTrace, of intent: StoredIntent, _ account: StoredAccount, isWaiting: Bool, _ pending: inout TransactionPending?
    ) async throws -> (WireTransferID, Timestamp)? {
        if let transfer = trace.transfer { return (transfer.transferID, transfer.executionTime) }
        let wire: StoredIntent.Wire
        if let stored = trace.coin.wire {
            wire = stored
        } else {
            guard !isWaiting else { return nil }
            switch try await deposits.ask(trace.coin, of: intent, account: account) {
            case .wired(let answer): wire = answer
            case .pending(let answer, let json):
                pending =
                    pending
                    ?? TransactionPending(
                        hint: "The exchange has not wired this yet.", exchange: intent.exchangeURL, coinPub: trace.coin.coinPub,
                        executionTime: ClassicTimestamp(answer.executionTime), isKYCOK: answer.isKYCOK, details: json, transfers: [])
                return nil
            }
        }
        if let transfer = try await store.transfer(wire.transferID, exchangeURL: intent.exchangeURL) {
            // The list is known, and does not have the coin: else the trace would have named it.
            let conflict = TransferConflict(.notListed)
            let answer = Self.claims(wire, transfer)
            try await transfers.keep(conflict, of: wire.transferID, exchangeURL: intent.exchangeURL, answer: answer)
            throw TrackingFailure.conflict(conflict, answer: answer)
        }
        return (wire.transferID, wire.executionTime)
    }

    /// The exchange's two stories, as evidence.
    static func claims(_ wire: StoredIntent.Wire, _ transfer: StoredTransfer) -> JSONValue {
        [
            "transaction_tracking_claim": [
                "wtid": wire.transferID.json, "execution_time": wire.executionTime.json, "coin_contribution": wire.contribution.json,
                "exchange_pub": wire.exchangePub.json, "exchange_sig": wire.exchangeSignature.json,
            ],
            "wtid_tracking_claim": transfer.answer,
        ]
    }

    private static func add(
        _ coin: StoredIntent.Coin, to found: inout [TrackedTransfer], exchange: String, _ id: WireTransferID, _ time: Timestamp
    ) {
        let coin = TrackedTransfer.Coin(coinPub: coin.coinPub, amountWithFee: coin.contribution, depositFee: coin.depositFee)
        if let index = found.firstIndex(where: { $0.exchange == exchange && $0.transferID == id }) {
            found[index].coins.append(coin)
        } else {
            found.append(TrackedTransfer(exchange: exchange, transferID: id, executionTime: ClassicTimestamp(time), coins: [coin]))
        }
    }
}
