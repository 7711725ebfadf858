// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Sodium

/// GNUnet's key derivation function (GNUNET_CRYPTO_kdf): HKDF, SHA-512 to extract, SHA-256 to expand.
public enum KDF {
    /// - Parameters:
    ///   - length: at most 8160 bytes.
    ///   - context: all chunks of context, concatenated.
    public static func derive(length: Int, salt: some ByteSource, keyMaterial: some ByteSource, context: [UInt8] = []) -> [UInt8] {
        deriveSecret(length: length, salt: salt, keyMaterial: keyMaterial, context: context).exported()
    }

    static func deriveSecret(length: Int, salt: some ByteSource, keyMaterial: some ByteSource, context: [UInt8] = []) -> SecretBytes {
        do { return try HKDF.derive(length: length, salt: salt, keyMaterial: keyMaterial, info: context) } catch {
            preconditionFailure("a derivation of \(length) bytes")
        }
    }

    /// A number from 0 to below `modulus`, each with nearly the same probability (GNUNET_CRYPTO_kdf_mod_mpi).
    ///
    /// - Parameter modulus: big-endian, above zero, at most 8160 bytes.
    /// - Returns: big-endian, as many bytes as the minimal form of `modulus` has.
    public static func mod(_ modulus: [UInt8], salt: some ByteSource, keyMaterial: some ByteSource, context: String) -> [UInt8] {
        let modulus = Array(modulus.drop { $0 == 0 })
        precondition(!modulus.isEmpty, "a modulus of zero")
        let mask = UInt8.max >> UInt8(modulus[0].leadingZeroBitCount)
        // A candidate is below the modulus with a probability of at least one half: the counter can't run out.
        for counter in UInt16.min...UInt16.max {
            let suffix = [UInt8(counter >> 8), UInt8(counter & 0xFF)]
            var candidate = derive(length: modulus.count, salt: salt, keyMaterial: keyMaterial, context: Array(context.utf8) + suffix)
            candidate[0] &= mask
            if candidate.lexicographicallyPrecedes(modulus) { return candidate }
        }
        preconditionFailure("no candidate in 65536")
    }
}
