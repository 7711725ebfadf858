// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

/// An X25519 private key: a transfer key of a refresh.
public struct ECDHEPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let secret: SecretBytes
    public let publicKey: TransferPublicKey

    /// A fresh key.
    public init() { self.init(SecretBytes.random(count: 32)) }

    /// - Throws: ``CryptoError/malformedKey(_:)`` unless there are 32 bytes.
    public init(bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32 else { throw .malformedKey("\(bytes.count) bytes where 32 are needed") }
        self.init(SecretBytes(bytes))
    }

    init(_ secret: SecretBytes) {
        do { publicKey = TransferPublicKey(checked: try X25519.publicKey(of: secret)) } catch {
            preconditionFailure("a key of \(secret.count) bytes")
        }
        self.secret = secret
    }

    /// The 32 bytes to keep the key in, secret.
    public func exported() -> [UInt8] { secret.exported() }

    /// SHA-512 of the point shared with the owner of an Ed25519 key (GNUNET_CRYPTO_ecdh_eddsa).
    /// - Throws: ``CryptoError/malformedInput(_:)`` when the key is no usable point.
    func sharedSecret(with key: some EdDSAPublicKey) throws(CryptoError) -> SecretBytes {
        do {
            return SHA512.secretHash(try X25519.sharedSecret(secret, try Ed25519.x25519PublicKey(of: key.bytes)))
        } catch { throw .malformedInput("\(error)") }
    }

    public var description: String { "an X25519 private key" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension EdDSAPrivateKey {
    /// SHA-512 of the point shared with the owner of an X25519 key (GNUNET_CRYPTO_eddsa_ecdh).
    /// - Throws: ``CryptoError/malformedInput(_:)`` when the key is no usable point.
    func sharedSecret(with key: TransferPublicKey) throws(CryptoError) -> SecretBytes {
        do { return SHA512.secretHash(try X25519.sharedSecret(self.key.x25519PrivateKey, key.bytes)) } catch {
            throw .malformedInput("\(error)")
        }
    }
}
