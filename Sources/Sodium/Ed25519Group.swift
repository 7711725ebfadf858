// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Arithmetic in the prime-order group of Ed25519: scalars and points are 32 bytes, little-endian.
public enum Ed25519Group {
    /// The order L = 2^252 + 27742317777372353535851937790883648493, big-endian.
    public static let order: [UInt8] = [
        0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0x14, 0xDE, 0xF9, 0xDE, 0xA2, 0xF7, 0x9C, 0xD6, 0x58, 0x12, 0x63, 0x1A, 0x5C, 0xF5, 0xD3, 0xED,
    ]

    /// On the curve, canonical, in the prime-order subgroup, not of small order.
    public static func isValidPoint(_ point: [UInt8]) -> Bool {
        guard point.count == 32 else { return false }
        Library.start()
        return unsafe crypto_core_ed25519_is_valid_point(point) == 1
    }

    /// scalar·B, unclamped.
    /// - Throws: ``SodiumError/length(expected:actual:)``; ``SodiumError/degenerateResult`` when the scalar is a multiple of L.
    public static func multiplyBase(by scalar: [UInt8]) throws(SodiumError) -> [UInt8] {
        try scalar.requireCount(32)
        Library.start()
        var result = [UInt8](repeating: 0, count: 32)
        guard unsafe crypto_scalarmult_ed25519_base_noclamp(&result, scalar) == 0 else { throw .degenerateResult }
        return result
    }

    /// scalar·point, unclamped.
    /// - Throws: ``SodiumError/length(expected:actual:)``; ``SodiumError/invalidPoint``, which also says that the result was neutral.
    public static func multiply(_ point: [UInt8], by scalar: [UInt8]) throws(SodiumError) -> [UInt8] {
        try scalar.requireCount(32)
        try point.requireCount(32)
        Library.start()
        var result = [UInt8](repeating: 0, count: 32)
        guard unsafe crypto_scalarmult_ed25519_noclamp(&result, scalar, point) == 0 else { throw .invalidPoint }
        return result
    }

    /// - Throws: ``SodiumError/length(expected:actual:)``, ``SodiumError/invalidPoint``.
    public static func add(_ left: [UInt8], _ right: [UInt8]) throws(SodiumError) -> [UInt8] {
        try left.requireCount(32)
        try right.requireCount(32)
        Library.start()
        var result = [UInt8](repeating: 0, count: 32)
        guard unsafe crypto_core_ed25519_add(&result, left, right) == 0 else { throw .invalidPoint }
        return result
    }
}
