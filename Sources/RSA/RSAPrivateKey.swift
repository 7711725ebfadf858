// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// An RSA private key. It knows the textbook operation only, in constant time and with a fresh blinding factor for each use.
public final class RSAPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    public let publicKey: RSAPublicKey

    private let exponent: BigNumber
    private let modulus: MontgomeryModulus
    private let primes: (MontgomeryModulus, MontgomeryModulus)
    /// d mod (p - 1), d mod (q - 1).
    private let exponents: (BigNumber, BigNumber)
    /// q^-1 mod p.
    private let coefficient: BigNumber

    /// A fresh key with e = 65537. Takes a moment: two primes are searched.
    /// - Parameter bits: an even number in ``RSAPublicKey/modulusBits``.
    /// - Throws: ``RSAError/modulusSize(bits:)``.
    public convenience init(bits: Int = 2048) throws(RSAError) {
        guard RSAPublicKey.modulusBits.contains(bits), bits % 2 == 0 else { throw .modulusSize(bits: bits) }
        let arithmetic = Arithmetic()
        while true {
            let first = arithmetic.prime(bits: bits / 2)
            let second = arithmetic.prime(bits: bits / 2)
            // Primes that agree in their upper bits would be found by Fermat's method (FIPS 186-4 B.3.3 demands 2^(bits/2 - 100)).
            let (larger, smaller) = first < second ? (second, first) : (first, second)
            guard arithmetic.difference(larger, smaller, modulo: larger).bitCount > bits / 2 - 100 else { continue }
            do { try self.init(larger, smaller, exponent: BigNumber(65537)) } catch .malformedPrivateKey { continue }
            return
        }
    }

    /// - Throws: ``RSAError/malformedPrivateKey`` when the numbers can't be the primes of a key with that exponent, and what
    ///   ``RSAPublicKey/init(modulus:exponent:)`` throws.
    public convenience init(primes: ([UInt8], [UInt8]), exponent: [UInt8]) throws(RSAError) {
        let limit = RSAPublicKey.modulusBits.upperBound / 8
        guard primes.0.count <= limit, primes.1.count <= limit, exponent.count <= 8 else { throw .malformedPrivateKey }
        try self.init(
            BigNumber(bigEndian: primes.0), BigNumber(bigEndian: primes.1), exponent: BigNumber(bigEndian: exponent))
        // Numbers that are no primes, or damaged, do not survive a private operation's own check.
        do { _ = try apply([2]) } catch { throw .malformedPrivateKey }
    }

    private init(_ first: BigNumber, _ second: BigNumber, exponent: BigNumber) throws(RSAError) {
        guard first.isOdd, second.isOdd, !first.isOne, !second.isOne else { throw .malformedPrivateKey }
        let arithmetic = Arithmetic()
        let product = arithmetic.product(first, second)
        publicKey = try RSAPublicKey(product, exponent)
        let (firstOrder, secondOrder) = (arithmetic.predecessor(first), arithmetic.predecessor(second))
        for number in [first, second, firstOrder, secondOrder] { number.markSecret() }
        guard let coefficient = arithmetic.inverse(second, modulo: first),
            let firstExponent = arithmetic.inverse(exponent, modulo: firstOrder),
            let secondExponent = arithmetic.inverse(exponent, modulo: secondOrder)
        else { throw .malformedPrivateKey }
        for number in [coefficient, firstExponent, secondExponent] { number.markSecret() }
        self.exponent = exponent
        self.coefficient = coefficient
        modulus = MontgomeryModulus(product, arithmetic)
        primes = (MontgomeryModulus(first, arithmetic), MontgomeryModulus(second, arithmetic))
        exponents = (firstExponent, secondExponent)
    }

    /// number^d mod n, minimal big-endian.
    /// - Throws: ``RSAError/outOfRange``; ``RSAError/fault`` when the result fails verification.
    public func apply(_ number: [UInt8]) throws(RSAError) -> [UInt8] {
        let arithmetic = Arithmetic()
        let input = try publicKey.residue(number)
        // Blinded by a random number, so that what takes time is not related to the input.
        let (factor, unblinding) = blinding(arithmetic)
        let blinded = arithmetic.product(
            input, arithmetic.power(factor, exponent, in: modulus), modulo: modulus.number)
        let result = chineseRemainder(blinded, arithmetic)
        guard arithmetic.power(result, exponent, in: modulus) == blinded else { throw .fault }
        return arithmetic.product(result, unblinding, modulo: modulus.number).bigEndian
    }

    private func blinding(_ arithmetic: Arithmetic) -> (factor: BigNumber, inverse: BigNumber) {
        while true {
            let factor = arithmetic.random(below: modulus.number)
            factor.markSecret()
            if !factor.isZero, let inverse = arithmetic.inverse(factor, modulo: modulus.number) { return (factor, inverse) }
        }
    }

    /// Garner's formula (RFC 8017, 5.1.2).
    private func chineseRemainder(_ input: BigNumber, _ arithmetic: Arithmetic) -> BigNumber {
        let (first, second) = (primes.0.number, primes.1.number)
        let inFirst = arithmetic.secretPower(arithmetic.remainder(input, modulo: first), exponents.0, in: primes.0)
        let inSecond = arithmetic.secretPower(arithmetic.remainder(input, modulo: second), exponents.1, in: primes.1)
        let factor = arithmetic.product(arithmetic.difference(inFirst, inSecond, modulo: first), coefficient, modulo: first)
        return arithmetic.sum(inSecond, arithmetic.product(factor, second))
    }

    /// The form to keep the key in, secret: n, e, p and q, each after its length in two bytes, big-endian.
    public func exported() -> [UInt8] {
        [publicKey.modulus, publicKey.exponent, primes.0.number.bigEndian, primes.1.number.bigEndian].flatMap { digits in
            [UInt8(digits.count >> 8), UInt8(digits.count & 0xFF)] + digits
        }
    }

    /// Reads what ``exported()`` gave.
    /// - Throws: as ``init(primes:exponent:)``; ``RSAError/malformedPrivateKey`` also when n is not the product of the primes.
    public convenience init(exported bytes: [UInt8]) throws(RSAError) {
        var rest = bytes[...]
        var numbers: [[UInt8]] = []
        for _ in 0..<4 {
            guard let high = rest.popFirst(), let low = rest.popFirst() else { throw .malformedPrivateKey }
            let count = Int(high) << 8 | Int(low)
            guard count <= rest.count else { throw .malformedPrivateKey }
            numbers.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        guard rest.isEmpty else { throw .malformedPrivateKey }
        try self.init(primes: (numbers[2], numbers[3]), exponent: numbers[1])
        guard publicKey.modulus == numbers[0] else { throw .malformedPrivateKey }
    }

    public var description: String { "an RSA private key of \(publicKey.bitCount) bits" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
