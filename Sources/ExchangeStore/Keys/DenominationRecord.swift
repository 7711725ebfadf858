// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// An RSA denomination with its private half.
public struct DenominationRecord: Sendable, Equatable {
    public var hash: DenominationHash
    /// The RSA public key in its wire encoding.
    public var rsaPub: [UInt8]
    public var secret: StoredSecret
    public var start: Timestamp
    public var expireWithdraw: Timestamp
    public var expireDeposit: Timestamp
    public var expireLegal: Timestamp
    public var value: Amount
    public var feeWithdraw: Amount
    public var feeDeposit: Amount
    public var feeRefresh: Amount
    public var feeRefund: Amount
    /// 1025.
    public var masterSignature: EdDSASignature
    /// When it was revoked; nil while it is not.
    public var revoked: Timestamp?
    /// 1029; nil while it is not revoked.
    public var revocationSignature: EdDSASignature?

    public init(
        hash: DenominationHash, rsaPub: [UInt8], secret: StoredSecret, start: Timestamp, expireWithdraw: Timestamp,
        expireDeposit: Timestamp, expireLegal: Timestamp, value: Amount, feeWithdraw: Amount, feeDeposit: Amount, feeRefresh: Amount,
        feeRefund: Amount, masterSignature: EdDSASignature, revoked: Timestamp? = nil, revocationSignature: EdDSASignature? = nil
    ) {
        self.hash = hash
        self.rsaPub = rsaPub
        self.secret = secret
        self.start = start
        self.expireWithdraw = expireWithdraw
        self.expireDeposit = expireDeposit
        self.expireLegal = expireLegal
        self.value = value
        self.feeWithdraw = feeWithdraw
        self.feeDeposit = feeDeposit
        self.feeRefresh = feeRefresh
        self.feeRefund = feeRefund
        self.masterSignature = masterSignature
        self.revoked = revoked
        self.revocationSignature = revocationSignature
    }
}
