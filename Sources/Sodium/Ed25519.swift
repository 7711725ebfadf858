// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Ed25519 signatures (RFC 8032) as libsodium makes and checks them: non-canonical S, points of small order and non-canonical
/// points are refused.
public enum Ed25519 {
    public static let seedByteCount = 32
    public static let publicKeyByteCount = 32
    public static let signatureByteCount = 64

    /// Seed and public key in one: what signing needs.
    public struct SigningKey: Sendable {
        /// 64 bytes: the seed, then the public key (libsodium's secret key).
        let secret: SecretBytes
        /// 32 bytes.
        public let publicKey: [UInt8]

        /// - Throws: ``SodiumError/length(expected:actual:)`` unless the seed has 32 bytes.
        public init(seed: some ByteSource) throws(SodiumError) {
            try seed.requireCount(Ed25519.seedByteCount)
            Library.start()
            var publicKey = [UInt8](repeating: 0, count: Ed25519.publicKeyByteCount)
            secret = unsafe SecretBytes(count: 64) { secret in
                unsafe seed.withUnsafePointer { _ = unsafe crypto_sign_seed_keypair(&publicKey, secret, $0) }
            }
            self.publicKey = publicKey
        }

        /// A fresh key.
        public init() {
            Library.start()
            var publicKey = [UInt8](repeating: 0, count: Ed25519.publicKeyByteCount)
            secret = unsafe SecretBytes(count: 64) { unsafe crypto_sign_keypair(&publicKey, $0) }
            self.publicKey = publicKey
        }

        /// The 64 bytes R, S.
        public func sign(_ message: [UInt8]) -> [UInt8] {
            var signature = [UInt8](repeating: 0, count: Ed25519.signatureByteCount)
            unsafe secret.withUnsafePointer {
                _ = unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), $0)
            }
            return signature
        }

        /// The 32-byte seed.
        public var seed: SecretBytes {
            unsafe SecretBytes(count: 32) { seed in
                unsafe secret.withUnsafePointer { _ = unsafe crypto_sign_ed25519_sk_to_seed(seed, $0) }
            }
        }

        /// The X25519 private key that belongs to this key: the first 32 bytes of SHA-512 of the seed, clamped.
        public var x25519PrivateKey: SecretBytes {
            unsafe SecretBytes(count: 32) { scalar in
                unsafe secret.withUnsafePointer { _ = unsafe crypto_sign_ed25519_sk_to_curve25519(scalar, $0) }
            }
        }
    }

    /// False for any signature or key of a wrong length.
    public static func isValid(_ signature: [UInt8], for message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount, publicKey.count == publicKeyByteCount else { return false }
        Library.start()
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }

    /// The X25519 public key of an Ed25519 public key: u = (1 + y) / (1 - y).
    /// - Throws: ``SodiumError/length(expected:actual:)``, ``SodiumError/invalidPoint``.
    public static func x25519PublicKey(of publicKey: [UInt8]) throws(SodiumError) -> [UInt8] {
        try publicKey.requireCount(publicKeyByteCount)
        Library.start()
        var result = [UInt8](repeating: 0, count: 32)
        guard unsafe crypto_sign_ed25519_pk_to_curve25519(&result, publicKey) == 0 else { throw .invalidPoint }
        return result
    }
}
