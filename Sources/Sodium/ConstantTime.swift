// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Comparison whose duration does not tell where two values differ.
public enum ConstantTime {
    /// False at once when the lengths differ: a length is no secret.
    public static func areEqual(_ left: some ByteSource, _ right: some ByteSource) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafePointer { leftBytes in
            unsafe right.withUnsafePointer { rightBytes in unsafe sodium_memcmp(leftBytes, rightBytes, left.count) == 0 }
        }
    }
}
