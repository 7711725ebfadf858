// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of `POST /refund`. The contract is named by its hash or by its transaction id.
public struct RefundOrder: Codable, Sendable, Equatable {
    public var contractHash: ContractHash?
    public var transactionID: Int64?
    /// What the buyer shall have back of this contract all in all: it only grows.
    public var refund: Amount
    /// For the merchant's books; buyers do not see it.
    public var reason: String?

    enum CodingKeys: String, CodingKey {
        case contractHash = "H_contract"
        case transactionID = "transaction_id"
        case refund, reason
    }

    public init(contractHash: ContractHash, refund: Amount, reason: String? = nil) {
        self.contractHash = contractHash
        self.refund = refund
        self.reason = reason
    }
}
