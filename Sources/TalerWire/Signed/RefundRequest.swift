// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What a merchant signs to refund a coin (TALER_RefundRequestPS, protocol 12 and later). Offsets in bytes.
public struct RefundRequest: SignedStruct {
    public static let purpose = Purpose.merchantRefund
    public static let byteCount = 136

    /// 8: 64 bytes.
    public var contractHash: ContractHash
    /// 72: 32 bytes.
    public var coinPub: CoinPublicKey
    /// 104: 8 bytes. `rtransaction_id`.
    public var refundTransactionID: UInt64
    /// 112: 24 bytes. Refund fee included.
    public var refundAmount: Amount

    public init(contractHash: ContractHash, coinPub: CoinPublicKey, refundTransactionID: UInt64, refundAmount: Amount) {
        self.contractHash = contractHash
        self.coinPub = coinPub
        self.refundTransactionID = refundTransactionID
        self.refundAmount = refundAmount
    }

    public func encode(into out: inout WireEncoder) {
        out.append(contractHash)
        out.append(coinPub)
        out.append(refundTransactionID)
        out.append(refundAmount)
    }
}
