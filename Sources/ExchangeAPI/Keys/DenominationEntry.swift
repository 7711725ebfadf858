// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// One denomination of a group (1025).
public struct DenominationEntry: Codable, Sendable, Equatable {
    public var start: Timestamp
    public var expireWithdraw: Timestamp
    public var expireDeposit: Timestamp
    public var expireLegal: Timestamp
    public var masterSignature: EdDSASignature
    /// Base32 of the RSA key's encoding, in RSA groups.
    public var rsaPub: String?
    /// Base32 of 32 bytes, in Clause-Schnorr groups.
    public var csPub: String?
    /// True: the private key was lost; not withdrawable, still depositable.
    public var isLost: Bool?

    enum CodingKeys: String, CodingKey {
        case start = "stamp_start"
        case expireWithdraw = "stamp_expire_withdraw"
        case expireDeposit = "stamp_expire_deposit"
        case expireLegal = "stamp_expire_legal"
        case masterSignature = "master_sig"
        case rsaPub = "rsa_pub"
        case csPub = "cs_pub"
        case isLost = "lost"
    }

    public init(
        start: Timestamp,
        expireWithdraw: Timestamp,
        expireDeposit: Timestamp,
        expireLegal: Timestamp,
        masterSignature: EdDSASignature,
        rsaPub: String? = nil,
        csPub: String? = nil,
        isLost: Bool? = nil
    ) {
        self.start = start
        self.expireWithdraw = expireWithdraw
        self.expireDeposit = expireDeposit
        self.expireLegal = expireLegal
        self.masterSignature = masterSignature
        self.rsaPub = rsaPub
        self.csPub = csPub
        self.isLost = isLost
    }
}
