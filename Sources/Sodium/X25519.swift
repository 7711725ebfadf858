// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Diffie-Hellman on Curve25519 (RFC 7748). Private keys are any 32 bytes; they are clamped in use.
public enum X25519 {
    /// - Throws: ``SodiumError/length(expected:actual:)``.
    public static func publicKey(of privateKey: some ByteSource) throws(SodiumError) -> [UInt8] {
        try privateKey.requireCount(32)
        Library.start()
        var result = [UInt8](repeating: 0, count: 32)
        unsafe privateKey.withUnsafePointer { _ = unsafe crypto_scalarmult_base(&result, $0) }
        return result
    }

    /// The 32 bytes of the shared point.
    /// - Throws: ``SodiumError/length(expected:actual:)``; ``SodiumError/degenerateResult`` for a public key of small order.
    public static func sharedSecret(_ privateKey: some ByteSource, _ publicKey: [UInt8]) throws(SodiumError) -> SecretBytes {
        try privateKey.requireCount(32)
        try publicKey.requireCount(32)
        Library.start()
        return try unsafe SecretBytes(count: 32) { result throws(SodiumError) in
            let code = unsafe privateKey.withUnsafePointer { unsafe crypto_scalarmult(result, $0, publicKey) }
            guard code == 0 else { throw .degenerateResult }
        }
    }
}
