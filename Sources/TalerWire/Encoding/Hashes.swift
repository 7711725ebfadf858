// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// SHA-512 of something that has no type of its own (GNUNET_HashCode).
public struct HashCode: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `H_contract` = `h_contract_terms`: SHA-512 of the canonical contract and one NUL (TALER_PrivateContractHashP).
public struct ContractHash: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `H_wire` = `h_wire`: salted hash of a merchant account (TALER_MerchantWireHashP).
public struct WireHash: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `h_denom_pub` (TALER_DenominationHashP).
public struct DenominationHash: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `h_coin_envelope`: what a reserve key signs of a blinded planchet (TALER_BlindedCoinHashP).
public struct CoinEnvelopeHash: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// What a denomination key signs: the hash of a coin public key (TALER_CoinPubHashP).
public struct CoinPublicKeyHash: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `rc`: a wallet's commitment to one melt (TALER_RefreshCommitmentP).
public struct RefreshCommitment: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `rms`: stands before everything else in a commitment to Clause-Schnorr coins (TALER_RefreshMasterSecretP).
public struct RefreshMasterSecret: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// First 32 bytes of SHA-512 over a full payto URI and one NUL (TALER_FullPaytoHashP).
public struct PaytoHash: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// First 32 bytes of SHA-512 over a normalized payto URI and one NUL (TALER_NormalizedPaytoHashP).
public struct NormalizedPaytoHash: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Zero for coins without age restriction (TALER_AgeCommitmentHash).
public struct AgeCommitmentHash: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Hides a merchant account in ``WireHash`` (TALER_WireSaltP).
public struct WireSalt: FixedBytes {
    public static let byteCount = 16
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// `wtid`: names one aggregated transfer (TALER_WireTransferIdentifierRawP).
public struct WireTransferID: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}
