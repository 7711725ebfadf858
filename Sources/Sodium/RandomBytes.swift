// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// The system's source of randomness, as libsodium reads it.
public enum RandomBytes {
    public static func make(count: Int) -> [UInt8] {
        Library.start()
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return bytes
    }

    /// A number below `limit`, each with the same probability; 0 for a limit of 0 or 1.
    public static func uniform(below limit: UInt32) -> UInt32 {
        Library.start()
        return randombytes_uniform(limit)
    }
}
