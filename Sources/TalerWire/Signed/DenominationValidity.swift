// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What the offline key signs of a denomination (TALER_DenominationKeyValidityPS). Offsets in bytes.
public struct DenominationValidity: SignedStruct {
    public static let purpose = Purpose.masterDenominationKeyValidity
    public static let byteCount = 256

    /// 8: 32 bytes.
    public var masterPub: MasterPublicKey
    /// 40: 8 bytes.
    public var start: Timestamp
    /// 48: 8 bytes.
    public var expireWithdraw: Timestamp
    /// 56: 8 bytes.
    public var expireDeposit: Timestamp
    /// 64: 8 bytes.
    public var expireLegal: Timestamp
    /// 72: 24 bytes.
    public var value: Amount
    /// 96: 24 bytes.
    public var feeWithdraw: Amount
    /// 120: 24 bytes.
    public var feeDeposit: Amount
    /// 144: 24 bytes.
    public var feeRefresh: Amount
    /// 168: 24 bytes.
    public var feeRefund: Amount
    /// 192: 64 bytes.
    public var denominationHash: DenominationHash

    public init(
        masterPub: MasterPublicKey,
        start: Timestamp,
        expireWithdraw: Timestamp,
        expireDeposit: Timestamp,
        expireLegal: Timestamp,
        value: Amount,
        feeWithdraw: Amount,
        feeDeposit: Amount,
        feeRefresh: Amount,
        feeRefund: Amount,
        denominationHash: DenominationHash
    ) {
        self.masterPub = masterPub
        self.start = start
        self.expireWithdraw = expireWithdraw
        self.expireDeposit = expireDeposit
        self.expireLegal = expireLegal
        self.value = value
        self.feeWithdraw = feeWithdraw
        self.feeDeposit = feeDeposit
        self.feeRefresh = feeRefresh
        self.feeRefund = feeRefund
        self.denominationHash = denominationHash
    }

    public func encode(into out: inout WireEncoder) {
        out.append(masterPub)
        out.append(start)
        out.append(expireWithdraw)
        out.append(expireDeposit)
        out.append(expireLegal)
        out.append(value)
        out.append(feeWithdraw)
        out.append(feeDeposit)
        out.append(feeRefresh)
        out.append(feeRefund)
        out.append(denominationHash)
    }
}
