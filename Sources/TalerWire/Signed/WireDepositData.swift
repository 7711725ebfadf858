// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an exchange signs of an aggregated transfer (TALER_WireDepositDataPS). Offsets in bytes.
public struct WireDepositData: SignedStruct {
    public static let purpose = Purpose.exchangeConfirmWireDeposit
    public static let byteCount = 184

    /// 8: 24 bytes.
    public var total: Amount
    /// 32: 24 bytes.
    public var wireFee: Amount
    /// 56: 32 bytes.
    public var merchantPub: MerchantPublicKey
    /// 88: 32 bytes.
    public var paytoHash: PaytoHash
    /// 120: 64 bytes. SHA-512 of the ``WireDepositDetail`` blocks in listed order.
    public var detailsHash: HashCode

    public init(total: Amount, wireFee: Amount, merchantPub: MerchantPublicKey, paytoHash: PaytoHash, detailsHash: HashCode) {
        self.total = total
        self.wireFee = wireFee
        self.merchantPub = merchantPub
        self.paytoHash = paytoHash
        self.detailsHash = detailsHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(total)
        out.append(wireFee)
        out.append(merchantPub)
        out.append(paytoHash)
        out.append(detailsHash)
    }
}
