// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// SHA-512 (FIPS 180-4), in one piece or fed bit by bit. Its state is wiped by ``finalize()``.
public struct SHA512: Sendable {
    public static let byteCount = 64

    private var state: crypto_hash_sha512_state

    public init() {
        Library.start()
        state = crypto_hash_sha512_state()
        unsafe crypto_hash_sha512_init(&state)
    }

    public mutating func update(_ bytes: some ByteSource) {
        unsafe bytes.withUnsafePointer { _ = unsafe crypto_hash_sha512_update(&state, $0, UInt64(bytes.count)) }
    }

    /// The 64 bytes of the hash. The value must not be used afterwards.
    public consuming func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        unsafe crypto_hash_sha512_final(&state, &digest)
        return digest
    }

    public static func hash(_ bytes: some ByteSource) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        Library.start()
        unsafe bytes.withUnsafePointer { _ = unsafe crypto_hash_sha512(&digest, $0, UInt64(bytes.count)) }
        return digest
    }

    /// The hash of a secret that is a secret itself.
    public static func secretHash(_ bytes: some ByteSource) -> SecretBytes {
        Library.start()
        return unsafe SecretBytes(count: byteCount) { digest in
            unsafe bytes.withUnsafePointer { _ = unsafe crypto_hash_sha512(digest, $0, UInt64(bytes.count)) }
        }
    }
}
