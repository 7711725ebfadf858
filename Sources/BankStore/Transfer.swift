// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Money that went from one account to another.
public struct Transfer: Sendable, Equatable {
    /// Rises with every transfer of the bank.
    public let rowID: Int64
    public let time: Timestamp
    public let debtor: Party
    public let creditor: Party
    public let amount: Amount
    public let subject: String
    /// The receiver rejected it: a correction voids it in the ledger.
    public let isCancelled: Bool
    /// The key in the subject, if there is one.
    public let key: SubjectKey?

    /// One side of a transfer.
    public struct Party: Sendable, Equatable {
        public let number: Int64
        public let name: String
        public let receiverName: String
    }
}

/// What an exchange orders through its wire gateway.
public struct PayoutOrder: Sendable, Equatable {
    public var requestUID: HashCode
    public var transferID: WireTransferID
    public var exchangeBaseURL: String
    /// Empty when there is none.
    public var metadata: String

    public init(requestUID: HashCode, transferID: WireTransferID, exchangeBaseURL: String, metadata: String = "") {
        self.requestUID = requestUID
        self.transferID = transferID
        self.exchangeBaseURL = exchangeBaseURL
        self.metadata = metadata
    }

    /// `WTID EXCHANGE_BASE_URL`, and the metadata after another space.
    public var subject: String { "\(transferID) \(exchangeBaseURL)" + (metadata.isEmpty ? "" : " \(metadata)") }
}

/// A transfer that an exchange ordered.
public struct Payout: Sendable, Equatable {
    public let transfer: Transfer
    public let order: PayoutOrder
}
