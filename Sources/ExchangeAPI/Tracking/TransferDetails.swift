// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// 200 of `GET /transfers/$WTID`: what one transfer to a merchant paid.
public struct TransferDetails: Codable, Sendable, Equatable {
    /// Sum of (`depositValue` - `depositFee`), less the wire fee: the amount of the transfer.
    public var total: Amount
    public var wireFee: Amount
    public var merchantPub: MerchantPublicKey
    /// Of the account's full payto URI.
    public var paytoHash: PaytoHash
    public var executionTime: Timestamp
    public var deposits: [TransferDeposit]
    public var exchangePub: ExchangePublicKey
    /// 1037.
    public var exchangeSignature: EdDSASignature

    enum CodingKeys: String, CodingKey {
        case total
        case wireFee = "wire_fee"
        case merchantPub = "merchant_pub"
        case paytoHash = "h_payto"
        case executionTime = "execution_time"
        case deposits
        case exchangePub = "exchange_pub"
        case exchangeSignature = "exchange_sig"
    }

    public init(
        total: Amount, wireFee: Amount, merchantPub: MerchantPublicKey, paytoHash: PaytoHash, executionTime: Timestamp,
        deposits: [TransferDeposit], exchangePub: ExchangePublicKey, exchangeSignature: EdDSASignature
    ) {
        self.total = total
        self.wireFee = wireFee
        self.merchantPub = merchantPub
        self.paytoHash = paytoHash
        self.executionTime = executionTime
        self.deposits = deposits
        self.exchangePub = exchangePub
        self.exchangeSignature = exchangeSignature
    }
}

/// One coin's deposit in ``TransferDetails``.
public struct TransferDeposit: Codable, Sendable, Equatable {
    public var contractHash: ContractHash
    public var coinPub: CoinPublicKey
    /// Deposit fee included. Net of refunds since protocol 17; before, refunds were ignored.
    public var depositValue: Amount
    public var depositFee: Amount
    /// Present when something was refunded (protocol 19).
    public var refundTotal: Amount?

    enum CodingKeys: String, CodingKey {
        case contractHash = "h_contract_terms"
        case coinPub = "coin_pub"
        case depositValue = "deposit_value"
        case depositFee = "deposit_fee"
        case refundTotal = "refund_total"
    }

    public init(contractHash: ContractHash, coinPub: CoinPublicKey, depositValue: Amount, depositFee: Amount, refundTotal: Amount? = nil) {
        self.contractHash = contractHash
        self.coinPub = coinPub
        self.depositValue = depositValue
        self.depositFee = depositFee
        self.refundTotal = refundTotal
    }
}
