// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import MerchantAPI
import MerchantCore
import MerchantStore
import TalerWire

extension OrderStatus {
    /// Where the payment stands. What became of the money after it, refunds and transfers, is added by their owners.
    init(_ contract: StoredContract, intents: [StoredIntent], now: Timestamp) {
        self.init(
            contractHash: contract.hash, transactionID: contract.terms.transactionID,
            state: Self.state(contract, intents, now: now), contract: contract.terms.json,
            amount: contract.terms.amount, maximumFee: contract.terms.maximumFee, expiry: contract.terms.expiry,
            paidAt: contract.payment?.at, deposits: intents.map(Deposit.init))
    }

    private static func state(_ contract: StoredContract, _ intents: [StoredIntent], now: Timestamp) -> State {
        if contract.payment != nil { return .paid }
        if intents.contains(where: { $0.state == .open }) { return .paying }
        if intents.contains(where: \.state.isAccepted) { return .partiallyPaid }
        if now > contract.terms.expiry { return .expired }
        return intents.isEmpty ? .offered : .refused
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
            if let signatures = confirmation?.exchangeSignatures, signatures.count > 1 || intent.hasLayout14 {
                exchangeSignatures = signatures
            } else {
                exchangeSignature = confirmation?.exchangeSignatures.first
            }
            exchangeTimestamp = confirmation?.exchangeTimestamp
        case .refused(let status, let answer):
            refusalStatus = status
            refusal = answer
        }
    }
}

extension StoredIntent {
    /// Confirmed by one signature for each coin.
    fileprivate var hasLayout14: Bool { protocolVersion < ProtocolVersion.firstWithoutLayout14 }
}

extension StoredIntent.State {
    /// The exchange has the coins.
    var isAccepted: Bool {
        switch self {
        case .accepted, .unconfirmed: true
        case .open, .refused: false
        }
    }
}
