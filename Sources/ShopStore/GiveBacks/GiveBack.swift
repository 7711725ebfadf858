// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A contract whose whole money has to go back to the buyer.
public struct GiveBack: Sendable, Equatable {
    public let contractHash: ContractHash
    public let order: OrderID
    public let amount: Amount
    public let reason: Reason
    public let created: Timestamp
    public let state: State
    /// How often the backend was asked in this state without an outcome.
    public let attempts: Int
    /// Why it is not done yet, in words for the owner.
    public let error: String?

    public init(
        contractHash: ContractHash, order: OrderID, amount: Amount, reason: Reason, created: Timestamp, state: State, attempts: Int,
        error: String?
    ) {
        self.contractHash = contractHash
        self.order = order
        self.amount = amount
        self.reason = reason
        self.created = created
        self.state = state
        self.attempts = attempts
        self.error = error
    }

    public enum Reason: String, Sendable {
        /// The order was closed when the money came.
        case late
        /// The order had been paid by another contract.
        case second
    }

    public enum State: String, Sendable {
        /// The backend has not taken it on yet.
        case wanted
        /// The backend has it, and sees to it.
        case asked
        /// The backend will not do it: the owner has to pay this buyer by another way.
        case failed
    }
}
