// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

extension OrderStatus {
    init(_ contract: StoredContract, intents: [StoredIntent], now: Timestamp) {
        let state: State =
            if contract.payment != nil { .paid } else if intents.contains(where: { $0.state == .open }) {
                .paying
            } else if now
                > contract.terms.expiry
            { .expired } else if intents.isEmpty { .offered } else { .refused }
        self.init(
            contractHash: contract.hash, transactionID: contract.terms.transactionID, state: state, contract: contract.terms.json,
            amount: contract.terms.amount, maximumFee: contract.terms.maximumFee, expiry: contract.terms.expiry,
            paidAt: contract.payment?.at, deposits: intents.map(Deposit.init))
    }
}

extension OrderStatus.Deposit {
    init(_ intent: StoredIntent) {
        let state: State
        switch intent.state {
        case .open: state = .open
        case .unconfirmed: state = .unconfirmed
        case .accepted: state = .accepted
        case .refused: state = .refused
        }
        self.init(
            exchangeURL: intent.exchangeURL, state: state,
            coins: intent.coins.map { .init(coinPub: $0.coinPub, contribution: $0.contribution, depositFee: $0.depositFee) },
            attempts: intent.attempts)
        lastError = intent.lastError
        switch intent.state {
        case .open, .unconfirmed: break
        case .accepted(let confirmation):
            exchangePub = confirmation?.exchangePub
            exchangeSignature = confirmation?.exchangeSignatures.first
            exchangeTimestamp = confirmation?.exchangeTimestamp
        case .refused(let status, let answer):
            refusalStatus = status
            refusal = answer
        }
    }
}
