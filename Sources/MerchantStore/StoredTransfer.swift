// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// A transfer of an exchange to the merchant: its list was verified and agrees with the books.
public struct StoredTransfer: Sendable, Equatable {
    public let id: Int64
    /// Ends in a slash.
    public let exchangeURL: String
    public let transferID: WireTransferID
    public let accountID: Int64
    /// What the bank must bring.
    public let total: Amount
    public let wireFee: Amount
    public let executionTime: Timestamp
    /// The exchange's answer, signature (1037) included.
    public let answer: JSONValue
    /// The bank brought exactly the total.
    public let isConfirmedByBank: Bool
}

/// What ``MerchantStore/record(_:now:)`` stores: an answer whose signature, sums and wire fee were verified.
public struct NewTransfer: Sendable {
    public let exchangeURL: String
    public let transferID: WireTransferID
    public let accountID: Int64
    public let total: Amount
    public let wireFee: Amount
    public let executionTime: Timestamp
    public let answer: JSONValue
    /// The exchange's protocol is below 17.
    public let hidesRefunds: Bool

    public init(
        exchangeURL: String, transferID: WireTransferID, accountID: Int64, total: Amount, wireFee: Amount, executionTime: Timestamp,
        answer: JSONValue, hidesRefunds: Bool
    ) {
        self.exchangeURL = exchangeURL
        self.transferID = transferID
        self.accountID = accountID
        self.total = total
        self.wireFee = wireFee
        self.executionTime = executionTime
        self.answer = answer
        self.hidesRefunds = hidesRefunds
    }
}

/// An exchange's answer that contradicts our books or itself.
public struct StoredTransferConflict: Sendable, Equatable {
    public let exchangeURL: String
    public let transferID: WireTransferID
    /// `TransferConflict.kind`.
    public let kind: String
    public let description: String
    public let coinPub: CoinPublicKey?
    public let contractHash: ContractHash?
    /// What the exchange answered.
    public let answer: JSONValue
    public let since: Timestamp
}
