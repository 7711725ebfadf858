// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// BLAKE2b with a key (RFC 7693): a fast authenticator for what this program hands out and gets back, such as cookies.
public enum KeyedHash {
    /// A key of 16 to 64 bytes, a result of 16 to 64 bytes.
    /// - Throws: ``SodiumError/length(expected:actual:)``.
    public static func make(_ message: [UInt8], key: some ByteSource, byteCount: Int = 32) throws(SodiumError) -> [UInt8] {
        guard (16...64).contains(key.count) else { throw .length(expected: 32, actual: key.count) }
        guard (16...64).contains(byteCount) else { throw .length(expected: 32, actual: byteCount) }
        Library.start()
        var result = [UInt8](repeating: 0, count: byteCount)
        unsafe key.withUnsafePointer {
            _ = unsafe crypto_generichash(&result, byteCount, message, UInt64(message.count), $0, key.count)
        }
        return result
    }
}
