// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Money on its way from a bank account into coins.
public struct StoredReserve: Sendable, Equatable {
    public let id: Int64
    public let reservePub: ReservePublicKey
    public let secret: WalletSecret
    public let exchange: StoredExchange
    public let bankAccount: StoredBankAccount
    /// What the bank is asked to pay.
    public let amount: Amount
    /// Payto URI of the exchange's account.
    public let exchangeAccount: String
    /// Its owner lets the bank pay, at the bank's pages; the wallet never asks the bank for it.
    public let isFilledByOwner: Bool
    public let state: State
    public let created: Timestamp

    /// How far it got. Each step is stored before the other side hears of the next one.
    public enum State: Sendable, Equatable {
        /// The key is stored, the bank not asked yet.
        case made
        /// The bank may have been asked; whether it paid is not known.
        case asked
        /// The bank has paid, or its owner sees to it.
        case transferred
        /// The coins' secrets are stored; the exchange has signed some, all or none.
        case planned
        /// Every planned coin is in the wallet.
        case withdrawn
        /// The bank said no, with its reason.
        case refused(String)
    }

    public var isFinished: Bool {
        switch state {
        case .made, .asked, .transferred, .planned: false
        case .withdrawn, .refused: true
        }
    }
}

/// What ``WalletStore/openReserve(_:now:)`` stores.
public struct NewReserve: Sendable {
    public let reservePub: ReservePublicKey
    public let secret: WalletSecret
    public let exchange: StoredExchange
    public let bankAccount: StoredBankAccount
    public let amount: Amount
    public let exchangeAccount: String
    public let isFilledByOwner: Bool

    public init(
        reservePub: ReservePublicKey, secret: WalletSecret, exchange: StoredExchange, bankAccount: StoredBankAccount, amount: Amount,
        exchangeAccount: String, isFilledByOwner: Bool = false
    ) {
        self.reservePub = reservePub
        self.secret = secret
        self.exchange = exchange
        self.bankAccount = bankAccount
        self.amount = amount
        self.exchangeAccount = exchangeAccount
        self.isFilledByOwner = isFilledByOwner
    }
}
