// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerCrypto
public import TalerWire

/// A denomination whose master signature was verified.
public struct Denomination: Sendable {
    public let hash: DenominationHash
    public let publicKey: DenominationPublicKey
    public let value: Amount
    public let feeWithdraw: Amount
    public let feeDeposit: Amount
    public let feeRefresh: Amount
    public let feeRefund: Amount
    public let start: Timestamp
    public let expireWithdraw: Timestamp
    public let expireDeposit: Timestamp
    public let expireLegal: Timestamp
    public let masterSignature: EdDSASignature
    /// 0 unless the denomination is for age-restricted coins.
    public let ageMask: UInt32
    /// The exchange cannot sign with it any more.
    public let isLost: Bool
    /// The exchange took it back; coins of it are not accepted.
    public let isRevoked: Bool

    /// Coins of it can be deposited now.
    public func isDepositable(at now: Timestamp) -> Bool { !isRevoked && start <= now && now < expireDeposit }
    /// New coins of it can be withdrawn now.
    public func isWithdrawable(at now: Timestamp) -> Bool { !isRevoked && !isLost && start <= now && now < expireWithdraw }
}
