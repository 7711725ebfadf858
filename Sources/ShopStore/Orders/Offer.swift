// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A contract that the backend has signed for an order.
public struct Offer: Sendable, Equatable {
    /// Unique among all contracts of the shop.
    public let transactionID: Int64
    public let order: OrderID
    /// The JSON text as the backend sent it.
    public let contract: String
    public let signature: EdDSASignature
    public let contractHash: ContractHash
    /// No payment is begun after it.
    public let expiry: Timestamp
    public var state: State

    public enum State: String, Sendable {
        /// Nobody has tried to pay, or all attempts were refused.
        case offered
        /// A payment was passed to the backend and its outcome is not known here.
        case paying
        case paid
        /// Settled although the order was paid by another contract before: the buyer is to get it back.
        case surplus
    }

    public init(
        transactionID: Int64, order: OrderID, contract: String, signature: EdDSASignature, contractHash: ContractHash, expiry: Timestamp,
        state: State = .offered
    ) {
        self.transactionID = transactionID
        self.order = order
        self.contract = contract
        self.signature = signature
        self.contractHash = contractHash
        self.expiry = expiry
        self.state = state
    }
}
