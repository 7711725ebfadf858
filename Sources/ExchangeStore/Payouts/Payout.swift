// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// To whom deposits are paid in one transfer, and with which subject.
public struct PayoutTarget: Sendable, Hashable {
    public var merchantPub: MerchantPublicKey
    /// Full payto URI.
    public var payto: String
    /// What the merchant wants to read at the end of the subject.
    public var wireSubjectMetadata: String?

    public init(merchantPub: MerchantPublicKey, payto: String, wireSubjectMetadata: String? = nil) {
        self.merchantPub = merchantPub
        self.payto = payto
        self.wireSubjectMetadata = wireSubjectMetadata
    }
}

/// What a new transfer is given before it is known what it pays.
public struct PayoutTerms: Sendable, Equatable {
    /// Fresh.
    public var wireTransferID: WireTransferID
    /// Fresh: by it the bank knows a repeat.
    public var requestUID: HashCode
    public var exchangeBaseURL: String
    public var wireFee: Amount

    public init(wireTransferID: WireTransferID, requestUID: HashCode, exchangeBaseURL: String, wireFee: Amount) {
        self.wireTransferID = wireTransferID
        self.requestUID = requestUID
        self.exchangeBaseURL = exchangeBaseURL
        self.wireFee = wireFee
    }
}

/// A transfer that the bank has not confirmed yet.
public struct OpenTransfer: Sendable, Equatable {
    /// Grows with every transfer.
    public var number: Int64
    public var target: PayoutTarget
    public var terms: PayoutTerms
    /// What the bank is to pay: the wire fee is taken off, and what is less than the bank's smallest unit.
    public var total: Amount
}

/// A transfer that the bank has carried out.
public struct ExecutedTransfer: Sendable, Equatable {
    public var merchantPub: MerchantPublicKey
    /// Full payto URI.
    public var payto: String
    /// The sum of the deposits less the wire fee. The bank has paid it rounded down to its smallest unit.
    public var total: Amount
    public var wireFee: Amount
    public var executionTime: Timestamp
    public var deposits: [PaidDeposit]
}

/// One coin's deposit in an ``ExecutedTransfer``.
public struct PaidDeposit: Sendable, Equatable {
    public var contractHash: ContractHash
    public var coinPub: CoinPublicKey
    /// As deposited, deposit fee included.
    public var contribution: Amount
    /// What refunds had taken.
    public var refunded: Amount
    /// What was kept of the rest: the denomination's fee, or all that refunds had left.
    public var depositFee: Amount
}
