// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// ``DepositConfirmation`` as protocols 14 to 16 have it: one per coin. Offsets in bytes.
public struct DepositConfirmation14: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmDeposit
    public static let byteCount = 312

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 64 bytes.
    public var wireHash: WireHash
    /// 136: 64 bytes.
    public var policyHash: HashCode
    /// 200: 8 bytes.
    public var exchangeTimestamp: Timestamp
    /// 208: 8 bytes.
    public var wireDeadline: Timestamp
    /// 216: 8 bytes.
    public var refundDeadline: Timestamp
    /// 224: 24 bytes.
    public var amountWithoutFee: Amount
    /// 248: 32 bytes.
    public var coinPub: CoinPublicKey
    /// 280: 32 bytes.
    public var merchantPub: MerchantPublicKey

    public init(
        contractHash: ContractHash,
        wireHash: WireHash,
        policyHash: HashCode,
        exchangeTimestamp: Timestamp,
        wireDeadline: Timestamp,
        refundDeadline: Timestamp,
        amountWithoutFee: Amount,
        coinPub: CoinPublicKey,
        merchantPub: MerchantPublicKey
    ) {
        self.contractHash = contractHash
        self.wireHash = wireHash
        self.policyHash = policyHash
        self.exchangeTimestamp = exchangeTimestamp
        self.wireDeadline = wireDeadline
        self.refundDeadline = refundDeadline
        self.amountWithoutFee = amountWithoutFee
        self.coinPub = coinPub
        self.merchantPub = merchantPub
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(wireHash)
        out.append(policyHash)
        out.append(exchangeTimestamp)
        out.append(wireDeadline)
        out.append(refundDeadline)
        out.append(amountWithoutFee)
        out.append(coinPub)
        out.append(merchantPub)
    }
}
