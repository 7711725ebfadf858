// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A transfer that paid into a reserve, in the reserve's history.
public struct ReserveCreditEntry: Codable, Sendable, Equatable {
    static let type = "CREDIT"

    public private(set) var type: String
    public var timestamp: Timestamp
    /// Payto URI of the account that paid.
    public var senderAccount: String
    /// The bank's number of the transfer.
    public var wireReference: Int64
    public var amount: Amount

    enum CodingKeys: String, CodingKey {
        case type
        case timestamp
        case senderAccount = "sender_account_url"
        case wireReference = "wire_reference"
        case amount
    }

    public init(timestamp: Timestamp, senderAccount: String, wireReference: Int64, amount: Amount) {
        type = Self.type
        self.timestamp = timestamp
        self.senderAccount = senderAccount
        self.wireReference = wireReference
        self.amount = amount
    }
}
