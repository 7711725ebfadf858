// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Keyed hashes (RFC 2104). Keys may have any length.
public enum HMAC {
    /// 64 bytes.
    public static func sha512(key: some ByteSource, message: some ByteSource) -> [UInt8] {
        secretSHA512(key: key, message: message).exported()
    }

    /// 32 bytes.
    public static func sha256(key: some ByteSource, message: some ByteSource) -> [UInt8] {
        secretSHA256(key: key, [message]).exported()
    }

    static func secretSHA512(key: some ByteSource, message: some ByteSource) -> SecretBytes {
        Library.start()
        var state = crypto_auth_hmacsha512_state()
        defer { unsafe sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
        unsafe key.withUnsafePointer { _ = unsafe crypto_auth_hmacsha512_init(&state, $0, key.count) }
        unsafe message.withUnsafePointer { _ = unsafe crypto_auth_hmacsha512_update(&state, $0, UInt64(message.count)) }
        return unsafe SecretBytes(count: 64) { _ = unsafe crypto_auth_hmacsha512_final(&state, $0) }
    }

    /// The message is the concatenation of `parts`.
    static func secretSHA256(key: some ByteSource, _ parts: [any ByteSource]) -> SecretBytes {
        Library.start()
        var state = crypto_auth_hmacsha256_state()
        defer { unsafe sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
        unsafe key.withUnsafePointer { _ = unsafe crypto_auth_hmacsha256_init(&state, $0, key.count) }
        for part in parts {
            unsafe part.withUnsafePointer { _ = unsafe crypto_auth_hmacsha256_update(&state, $0, UInt64(part.count)) }
        }
        return unsafe SecretBytes(count: 32) { _ = unsafe crypto_auth_hmacsha256_final(&state, $0) }
    }
}
