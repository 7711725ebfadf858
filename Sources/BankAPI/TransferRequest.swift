// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// Body of the wire gateway's `POST transfer`.
public struct TransferRequest: Codable, Sendable, Equatable {
    /// Names this request: repeated with the same content it is carried out once.
    public var requestUID: HashCode
    public var amount: Amount
    public var exchangeBaseURL: String
    public var transferID: WireTransferID
    /// Payto URI of who is paid.
    public var creditAccount: String
    /// Ends the subject, after a space: at most 40 characters of `a-z A-Z 0-9 - . :`.
    public var metadata: String?

    enum CodingKeys: String, CodingKey {
        case requestUID = "request_uid"
        case amount
        case exchangeBaseURL = "exchange_base_url"
        case transferID = "wtid"
        case creditAccount = "credit_account"
        case metadata
    }

    public init(
        requestUID: HashCode, amount: Amount, exchangeBaseURL: String, transferID: WireTransferID, creditAccount: String,
        metadata: String? = nil
    ) {
        self.requestUID = requestUID
        self.amount = amount
        self.exchangeBaseURL = exchangeBaseURL
        self.transferID = transferID
        self.creditAccount = creditAccount
        self.metadata = metadata
    }
}

/// 200 of the wire gateway's `transfer`, `admin/add-incoming` and `admin/add-kycauth`.
public struct TransferResponse: Codable, Sendable, Equatable {
    public var timestamp: Timestamp
    public var rowID: Int64

    enum CodingKeys: String, CodingKey {
        case timestamp
        case rowID = "row_id"
    }

    public init(timestamp: Timestamp, rowID: Int64) {
        self.timestamp = timestamp
        self.rowID = rowID
    }
}
