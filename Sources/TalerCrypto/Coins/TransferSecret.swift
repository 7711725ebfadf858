// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

/// What the old coin's key and a transfer key share in a refresh: SHA-512 of an X25519 point (TALER_TransferSecretP).
public struct TransferSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let secret: SecretBytes

    /// As the exchange computes it from a revealed transfer key, and the wallet when it makes one.
    /// - Throws: ``CryptoError/malformedInput(_:)`` when the coin's key is no usable point.
    public init(transfer key: ECDHEPrivateKey, coin: CoinPublicKey) throws(CryptoError) { secret = try key.sharedSecret(with: coin) }

    /// As the owner of the old coin computes it.
    /// - Throws: ``CryptoError/malformedInput(_:)`` when the transfer key is no usable point.
    public init(coin key: EdDSAPrivateKey, transfer: TransferPublicKey) throws(CryptoError) {
        secret = try key.sharedSecret(with: transfer)
    }

    /// The 64 bytes.
    public func exported() -> [UInt8] { secret.exported() }

    /// The secret of the fresh coin of that index, counted from 0.
    public func planchetSecret(coin index: UInt32) -> PlanchetSecret {
        var salt = WireEncoder()
        salt.append(index)
        return PlanchetSecret(
            KDF.deriveSecret(length: 32, salt: salt.bytes, keyMaterial: secret, context: Array("taler-coin-derivation".utf8)))
    }

    public var description: String { "a transfer secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
