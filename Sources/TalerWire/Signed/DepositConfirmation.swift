// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs of an accepted batch (TALER_DepositConfirmationPS, protocol 17 and later). Offsets in bytes.
public struct DepositConfirmation: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmDeposit
    public static let byteCount = 344

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 64 bytes.
    public var wireHash: WireHash
    /// 136: 64 bytes. Zero when there is none.
    public var policyHash: HashCode
    /// 200: 8 bytes. Of the first acceptance.
    public var exchangeTimestamp: Timestamp
    /// 208: 8 bytes.
    public var wireDeadline: Timestamp
    /// 216: 8 bytes.
    public var refundDeadline: Timestamp
    /// 224: 24 bytes. Sum over the coins of contribution minus deposit fee.
    public var totalWithoutFee: Amount
    /// 248: 64 bytes. SHA-512 of the coin signatures in request order.
    public var coinSignaturesHash: HashCode
    /// 312: 32 bytes.
    public var merchantPub: MerchantPublicKey

    public init(
        contractHash: ContractHash,
        wireHash: WireHash,
        policyHash: HashCode,
        exchangeTimestamp: Timestamp,
        wireDeadline: Timestamp,
        refundDeadline: Timestamp,
        totalWithoutFee: Amount,
        coinSignaturesHash: HashCode,
        merchantPub: MerchantPublicKey
    ) {
        self.contractHash = contractHash
        self.wireHash = wireHash
        self.policyHash = policyHash
        self.exchangeTimestamp = exchangeTimestamp
        self.wireDeadline = wireDeadline
        self.refundDeadline = refundDeadline
        self.totalWithoutFee = totalWithoutFee
        self.coinSignaturesHash = coinSignaturesHash
        self.merchantPub = merchantPub
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(wireHash)
        out.append(policyHash)
        out.append(exchangeTimestamp)
        out.append(wireDeadline)
        out.append(refundDeadline)
        out.append(totalWithoutFee)
        out.append(coinSignaturesHash)
        out.append(merchantPub)
    }
}
