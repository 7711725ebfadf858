// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Ed25519 key of a coin.
public struct CoinPublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 key of a merchant.
public struct MerchantPublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 online signing key of an exchange.
public struct ExchangePublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 offline key of an exchange.
public struct MasterPublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 key of a reserve.
public struct ReservePublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 key of an auditor.
public struct AuditorPublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// X25519 key of a refresh (TALER_TransferPublicKeyP).
public struct TransferPublicKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// Ed25519 signature, R then S.
public struct EdDSASignature: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// The public keys that sign: what `EdDSA` verifies against.
public protocol EdDSAPublicKey: FixedBytes {}

extension CoinPublicKey: EdDSAPublicKey {}
extension MerchantPublicKey: EdDSAPublicKey {}
extension ExchangePublicKey: EdDSAPublicKey {}
extension MasterPublicKey: EdDSAPublicKey {}
extension ReservePublicKey: EdDSAPublicKey {}
extension AuditorPublicKey: EdDSAPublicKey {}
