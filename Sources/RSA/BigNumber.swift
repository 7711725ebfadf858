// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CCrypto

/// A non-negative whole number of libcrypto's, overwritten when the last reference goes. Shared between threads only once it is
/// not changed any more.
///
/// libcrypto's functions on numbers fail for lack of memory, or for arguments that the callers here have excluded: those are
/// preconditions.
@safe final class BigNumber: @unchecked Sendable {
    let raw: OpaquePointer

    init() {
        guard let raw = unsafe BN_new() else { preconditionFailure("out of memory") }
        unsafe self.raw = raw
    }

    convenience init(_ word: UInt) {
        self.init()
        precondition(unsafe BN_set_word(raw, word) == 1, "out of memory")
    }

    /// From big-endian bytes; leading zeros are allowed.
    convenience init(bigEndian bytes: [UInt8]) {
        self.init()
        // Callers limit the length long before it could be out of a C int's range.
        precondition(unsafe BN_bin2bn(bytes, CInt(bytes.count), raw) != nil, "out of memory")
    }

    deinit { unsafe BN_clear_free(raw) }

    /// Tells libcrypto to take the constant-time way wherever this number is an argument.
    func markSecret() { unsafe BN_set_flags(raw, BN_FLG_CONSTTIME) }

    var bitCount: Int { Int(unsafe BN_num_bits(raw)) }
    var isOdd: Bool { unsafe BN_is_odd(raw) == 1 }
    var isZero: Bool { unsafe BN_is_zero(raw) == 1 }
    var isOne: Bool { unsafe BN_is_one(raw) == 1 }

    /// Big-endian, without leading zeros; empty for zero.
    var bigEndian: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (bitCount + 7) / 8)
        unsafe BN_bn2bin(raw, &bytes)
        return bytes
    }

    static func < (left: BigNumber, right: BigNumber) -> Bool { unsafe BN_cmp(left.raw, right.raw) < 0 }
    static func == (left: BigNumber, right: BigNumber) -> Bool { unsafe BN_cmp(left.raw, right.raw) == 0 }
}
