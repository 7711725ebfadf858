// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A bank transfer that an exchange made with money of an order, in `GET /order`.
public struct OrderTransfer: Codable, Sendable, Equatable {
    /// The exchange's base URL.
    public var exchangeURL: String
    public var transferID: WireTransferID
    public var executionTime: Timestamp
    /// What the transfer brought for this order: its coins' values, refunds and deposit fees taken off, wire fee not.
    public var amount: Amount
    /// What the whole transfer is, for all the orders that it pays.
    public var total: Amount
    public var wireFee: Amount
    public var confirmedBy: Confirmation
    /// When the bank had it.
    public var arrivedAt: Timestamp?

    public enum Confirmation: String, Codable, Sendable {
        /// The exchange signed its list; the bank has not shown it, or is not asked.
        case exchange
        /// The bank brought exactly the total.
        case bank
    }

    enum CodingKeys: String, CodingKey {
        case exchangeURL = "exchange_url"
        case transferID = "wtid"
        case executionTime = "execution_time"
        case amount, total
        case wireFee = "wire_fee"
        case confirmedBy = "confirmed_by"
        case arrivedAt = "arrived_at"
    }

    public init(
        exchangeURL: String, transferID: WireTransferID, executionTime: Timestamp, amount: Amount, total: Amount, wireFee: Amount,
        confirmedBy: Confirmation, arrivedAt: Timestamp? = nil
    ) {
        self.exchangeURL = exchangeURL
        self.transferID = transferID
        self.executionTime = executionTime
        self.amount = amount
        self.total = total
        self.wireFee = wireFee
        self.confirmedBy = confirmedBy
        self.arrivedAt = arrivedAt
    }
}
