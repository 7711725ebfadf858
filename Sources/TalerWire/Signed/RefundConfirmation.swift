// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs of a refund (TALER_RefundConfirmationPS). Offsets in bytes.
public struct RefundConfirmation: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmRefund
    public static let byteCount = 168

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 32 bytes.
    public var coinPub: CoinPublicKey
    /// 104: 32 bytes.
    public var merchantPub: MerchantPublicKey
    /// 136: 8 bytes.
    public var refundTransactionID: UInt64
    /// 144: 24 bytes.
    public var refundAmount: Amount

    public init(
        contractHash: ContractHash,
        coinPub: CoinPublicKey,
        merchantPub: MerchantPublicKey,
        refundTransactionID: UInt64,
        refundAmount: Amount
    ) {
        self.contractHash = contractHash
        self.coinPub = coinPub
        self.merchantPub = merchantPub
        self.refundTransactionID = refundTransactionID
        self.refundAmount = refundAmount
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(coinPub)
        out.append(merchantPub)
        out.append(refundTransactionID)
        out.append(refundAmount)
    }
}
