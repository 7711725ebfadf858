// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// `POST /refreshes/$RCH/reveal`: how two of the three candidates were made, and the third for signing. $RCH is the melt's commitment.
public struct RefreshRevealRequest: Codable, Sendable, Equatable {
    /// Of the candidate that stays hidden.
    public var transferPub: TransferPublicKey
    /// Of the other two candidates, in their order.
    public var transferPrivateKeys: [RevealedTransferKey]
    /// 1204 by the old coin's key, one for each fresh coin.
    public var linkSignatures: [EdDSASignature]
    /// Those of the hidden candidate: `{"cipher": "RSA", "rsa_blinded_planchet"}`.
    public var coinEnvelopes: [JSONValue]
    /// 1 to 256, as committed to.
    public var denominationHashes: [DenominationHash]
    /// The keys of an age restricted coin, base32.
    public var oldAgeCommitment: [String]?
    public var refreshMasterSecret: RefreshMasterSecret?

    enum CodingKeys: String, CodingKey {
        case transferPub = "transfer_pub"
        case transferPrivateKeys = "transfer_privs"
        case linkSignatures = "link_sigs"
        case coinEnvelopes = "coin_evs"
        case denominationHashes = "new_denoms_h"
        case oldAgeCommitment = "old_age_commitment"
        case refreshMasterSecret = "rms"
    }

    public init(
        transferPub: TransferPublicKey, transferPrivateKeys: [RevealedTransferKey], linkSignatures: [EdDSASignature],
        coinEnvelopes: [JSONValue], denominationHashes: [DenominationHash], oldAgeCommitment: [String]? = nil,
        refreshMasterSecret: RefreshMasterSecret? = nil
    ) {
        self.transferPub = transferPub
        self.transferPrivateKeys = transferPrivateKeys
        self.linkSignatures = linkSignatures
        self.coinEnvelopes = coinEnvelopes
        self.denominationHashes = denominationHashes
        self.oldAgeCommitment = oldAgeCommitment
        self.refreshMasterSecret = refreshMasterSecret
    }
}

/// 200 of `POST /refreshes/$RCH/reveal`: the blind signatures of the hidden candidate, in its coins' order.
public struct RefreshRevealResponse: Codable, Sendable, Equatable {
    public var envelopeSignatures: [EnvelopeSignature]

    enum CodingKeys: String, CodingKey {
        case envelopeSignatures = "ev_sigs"
    }

    public init(envelopeSignatures: [EnvelopeSignature]) {
        self.envelopeSignatures = envelopeSignatures
    }
}

/// The X25519 private key of a candidate that will never be used: no secret any more once it is in a request.
public struct RevealedTransferKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}
