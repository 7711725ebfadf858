// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What an auditor signs of a denomination (TALER_ExchangeKeyValidityPS). Offsets in bytes.
public struct AuditorDenominationValidity: SignedStruct {
    public static let purpose = Purpose.auditorExchangeKeys
    public static let byteCount = 320

    /// 8: 64 bytes. SHA-512 of the URL and one NUL.
    public var auditorURLHash: HashCode
    /// 72: 32 bytes.
    public var masterPub: MasterPublicKey
    /// 104: 8 bytes.
    public var start: Timestamp
    /// 112: 8 bytes.
    public var expireWithdraw: Timestamp
    /// 120: 8 bytes.
    public var expireDeposit: Timestamp
    /// 128: 8 bytes.
    public var expireLegal: Timestamp
    /// 136: 24 bytes.
    public var value: Amount
    /// 160: 24 bytes.
    public var feeWithdraw: Amount
    /// 184: 24 bytes.
    public var feeDeposit: Amount
    /// 208: 24 bytes.
    public var feeRefresh: Amount
    /// 232: 24 bytes.
    public var feeRefund: Amount
    /// 256: 64 bytes.
    public var denominationHash: DenominationHash

    public init(
        auditorURLHash: HashCode,
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
        self.auditorURLHash = auditorURLHash
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
        out.append(auditorURLHash)
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
