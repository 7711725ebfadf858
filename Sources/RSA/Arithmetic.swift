// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CCrypto

/// libcrypto's scratch memory for a run of operations on one thread.
@safe final class Arithmetic {
    private let scratch: OpaquePointer

    init() {
        guard let scratch = unsafe BN_CTX_secure_new() else { preconditionFailure("out of memory") }
        unsafe self.scratch = scratch
    }

    deinit { unsafe BN_CTX_free(scratch) }

    func product(_ left: BigNumber, _ right: BigNumber) -> BigNumber {
        make { unsafe BN_mul($0.raw, left.raw, right.raw, scratch) }
    }

    func product(_ left: BigNumber, _ right: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        make { unsafe BN_mod_mul($0.raw, left.raw, right.raw, modulus.raw, scratch) }
    }

    func difference(_ left: BigNumber, _ right: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        make { unsafe BN_mod_sub($0.raw, left.raw, right.raw, modulus.raw, scratch) }
    }

    func sum(_ left: BigNumber, _ right: BigNumber) -> BigNumber { make { unsafe BN_add($0.raw, left.raw, right.raw) } }

    func remainder(_ number: BigNumber, modulo modulus: BigNumber) -> BigNumber {
        make { unsafe BN_nnmod($0.raw, number.raw, modulus.raw, scratch) }
    }

    /// `number` - 1 for a number above zero.
    func predecessor(_ number: BigNumber) -> BigNumber { make { unsafe BN_sub($0.raw, number.raw, BN_value_one()) } }

    /// nil when the number has a common factor with the modulus.
    func inverse(_ number: BigNumber, modulo modulus: BigNumber) -> BigNumber? {
        let result = BigNumber()
        return unsafe BN_mod_inverse(result.raw, number.raw, modulus.raw, scratch) == nil ? nil : result
    }

    /// For public numbers; the modulus is odd.
    func power(_ base: BigNumber, _ exponent: BigNumber, in modulus: MontgomeryModulus) -> BigNumber {
        make { unsafe BN_mod_exp_mont($0.raw, base.raw, exponent.raw, modulus.number.raw, scratch, modulus.raw) }
    }

    /// Takes a time that does not depend on the bits of `exponent`.
    func secretPower(_ base: BigNumber, _ exponent: BigNumber, in modulus: MontgomeryModulus) -> BigNumber {
        make { unsafe BN_mod_exp_mont_consttime($0.raw, base.raw, exponent.raw, modulus.number.raw, scratch, modulus.raw) }
    }

    /// A secret random number from 0 to below `limit`.
    func random(below limit: BigNumber) -> BigNumber { make { unsafe BN_priv_rand_range($0.raw, limit.raw) } }

    /// A random prime whose two highest bits are set, so that the product of two has exactly twice the bits.
    func prime(bits: Int) -> BigNumber { make { unsafe BN_generate_prime_ex($0.raw, CInt(bits), 0, nil, nil, nil) } }

    private func make(_ operation: (BigNumber) -> CInt) -> BigNumber {
        let result = BigNumber()
        precondition(operation(result) == 1, "libcrypto failed")
        return result
    }
}

/// An odd modulus with what Montgomery multiplication precomputes for it. Only read after `init`.
@safe final class MontgomeryModulus: @unchecked Sendable {
    let number: BigNumber
    let raw: OpaquePointer

    /// The modulus is odd and above 1.
    init(_ number: BigNumber, _ arithmetic: borrowing Arithmetic) {
        precondition(number.isOdd && !number.isOne)
        guard let raw = unsafe BN_MONT_CTX_new() else { preconditionFailure("out of memory") }
        self.number = number
        unsafe self.raw = raw
        unsafe arithmetic.prepare(raw, number)
    }

    deinit { unsafe BN_MONT_CTX_free(raw) }
}

extension Arithmetic {
    fileprivate func prepare(_ context: OpaquePointer, _ modulus: BigNumber) {
        precondition(unsafe BN_MONT_CTX_set(context, modulus.raw, scratch) == 1, "out of memory")
    }
}
