// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import Sodium
public import TalerWire

/// The system's source of randomness.
public enum Random {
    public static func bytes(count: Int) -> [UInt8] { RandomBytes.make(count: count) }

    /// A number below `limit`, each with the same probability; 0 for a limit of 0 or 1.
    public static func uniform(below limit: UInt32) -> UInt32 { RandomBytes.uniform(below: limit) }
}

extension FixedBytes {
    /// A fresh random value: a salt, a nonce, a transfer identifier.
    public static func random() -> Self { Self(checked: RandomBytes.make(count: byteCount)) }

    /// Equality in constant time, for values that the other side must not guess byte by byte.
    public func isEqualInConstantTime(to other: Self) -> Bool { ConstantTime.areEqual(bytes, other.bytes) }
}
