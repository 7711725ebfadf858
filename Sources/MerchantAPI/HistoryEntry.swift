// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One element of `GET /history`'s answer: a payment.
public struct HistoryEntry: Codable, Sendable, Equatable {
    /// To go on after; grows in the order in which payments were committed.
    public var rowID: Int64
    public var transactionID: Int64
    /// Base URL of the exchange that paid, of the first when there are several.
    public var exchange: String
    /// All of them, when there are several.
    public var exchanges: [String]?
    public var contractHash: ContractHash
    /// When the payment was committed.
    public var timestamp: ClassicTimestamp
    /// The contract's price.
    public var totalAmount: Amount

    enum CodingKeys: String, CodingKey {
        case rowID = "row_id"
        case transactionID = "transaction_id"
        case exchange, exchanges
        case contractHash = "h_contract"
        case timestamp
        case totalAmount = "total_amount"
    }

    public init(
        rowID: Int64, transactionID: Int64, exchange: String, exchanges: [String]? = nil, contractHash: ContractHash,
        timestamp: ClassicTimestamp, totalAmount: Amount
    ) {
        self.rowID = rowID
        self.transactionID = transactionID
        self.exchange = exchange
        self.exchanges = exchanges
        self.contractHash = contractHash
        self.timestamp = timestamp
        self.totalAmount = totalAmount
    }
}
