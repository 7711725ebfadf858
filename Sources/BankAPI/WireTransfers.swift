// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// How far an ordered transfer is.
public enum WireTransferState: String, Codable, Sendable, CaseIterable {
    case pending, success
    case transientFailure = "transient_failure"
    case permanentFailure = "permanent_failure"
}

/// 200 of the wire gateway's `GET transfers`.
public struct WireTransferList: Codable, Sendable, Equatable {
    /// Payto URI of the exchange's account.
    public var debitAccount: String
    public var transfers: [WireTransferSummary]

    enum CodingKeys: String, CodingKey {
        case debitAccount = "debit_account"
        case transfers
    }

    public init(debitAccount: String, transfers: [WireTransferSummary]) {
        self.debitAccount = debitAccount
        self.transfers = transfers
    }
}

/// One ordered transfer of the list.
public struct WireTransferSummary: Codable, Sendable, Equatable {
    public var rowID: Int64
    public var status: WireTransferState
    public var amount: Amount
    /// Payto URI of who is paid.
    public var creditAccount: String
    public var timestamp: Timestamp

    enum CodingKeys: String, CodingKey {
        case rowID = "row_id"
        case status, amount
        case creditAccount = "credit_account"
        case timestamp
    }

    public init(rowID: Int64, status: WireTransferState, amount: Amount, creditAccount: String, timestamp: Timestamp) {
        self.rowID = rowID
        self.status = status
        self.amount = amount
        self.creditAccount = creditAccount
        self.timestamp = timestamp
    }
}

/// 200 of the wire gateway's `GET transfers/ROW`.
public struct WireTransferStatus: Codable, Sendable, Equatable {
    public var status: WireTransferState
    /// For people: why it failed.
    public var message: String?
    public var amount: Amount
    public var exchangeBaseURL: String
    public var transferID: WireTransferID
    /// Payto URI of who is paid.
    public var creditAccount: String
    public var timestamp: Timestamp

    enum CodingKeys: String, CodingKey {
        case status
        case message = "status_msg"
        case amount
        case exchangeBaseURL = "origin_exchange_url"
        case transferID = "wtid"
        case creditAccount = "credit_account"
        case timestamp
    }

    public init(
        status: WireTransferState, message: String? = nil, amount: Amount, exchangeBaseURL: String, transferID: WireTransferID,
        creditAccount: String, timestamp: Timestamp
    ) {
        self.status = status
        self.message = message
        self.amount = amount
        self.exchangeBaseURL = exchangeBaseURL
        self.transferID = transferID
        self.creditAccount = creditAccount
        self.timestamp = timestamp
    }
}
