// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What an exchange has proven of a coin.
public struct CoinFacts: Sendable, Equatable {
    /// What the coin can still pay.
    public let balance: Amount
    /// The refreshes that it went into.
    public let melts: Set<RefreshCommitment>
    /// What came back to it.
    public let refunds: [Refund]

    /// One part of a ``StoredRefund`` as the exchange keeps it.
    public struct Refund: Sendable, Equatable {
        public let contractHash: ContractHash
        public let transactionID: UInt64
        /// What the coin got: without the refund fee.
        public let credited: Amount

        public init(contractHash: ContractHash, transactionID: UInt64, credited: Amount) {
            self.contractHash = contractHash
            self.transactionID = transactionID
            self.credited = credited
        }
    }

    public init(balance: Amount, melts: Set<RefreshCommitment> = [], refunds: [Refund] = []) {
        self.balance = balance
        self.melts = melts
        self.refunds = refunds
    }
}

/// What becomes of the coin that a refused payment names.
public enum CoinJudgement: Sendable, Equatable {
    /// It is free like the others: the refusal is no fault of the coin's.
    case good
    /// It is worth what the exchange has proven.
    case proven(CoinFacts)
    /// It was spent before; how much of it nobody says.
    case spent
    /// It is kept, but not used.
    case setAside
}
