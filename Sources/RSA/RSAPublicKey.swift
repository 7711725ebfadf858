// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The two public numbers of an RSA key, and the textbook operations that blind signatures are made of.
///
/// All numbers are unsigned, big-endian and minimal: without leading zero bytes on output, with any number of them on input.
public struct RSAPublicKey: Hashable, Sendable {
    /// The numbers of bits that a modulus may have.
    public static let modulusBits = 1024...8192

    public let modulus: [UInt8]
    public let exponent: [UInt8]
    private let numbers: Numbers

    private final class Numbers: Sendable {
        let modulus: MontgomeryModulus
        let exponent: BigNumber
        init(modulus: MontgomeryModulus, exponent: BigNumber) {
            self.modulus = modulus
            self.exponent = exponent
        }
    }

    /// - Throws: ``RSAError/modulusSize(bits:)``, ``RSAError/evenModulus``, ``RSAError/exponent``.
    public init(modulus: [UInt8], exponent: [UInt8]) throws(RSAError) {
        let modulus = Array(modulus.drop { $0 == 0 })
        let exponent = Array(exponent.drop { $0 == 0 })
        guard modulus.count <= Self.modulusBits.upperBound / 8 else { throw .modulusSize(bits: modulus.count * 8) }
        guard (1...8).contains(exponent.count) else { throw .exponent }
        try self.init(BigNumber(bigEndian: modulus), BigNumber(bigEndian: exponent))
    }

    init(_ modulus: BigNumber, _ exponent: BigNumber) throws(RSAError) {
        guard Self.modulusBits.contains(modulus.bitCount) else { throw .modulusSize(bits: modulus.bitCount) }
        guard modulus.isOdd else { throw .evenModulus }
        guard exponent.isOdd, !exponent.isOne, exponent.bitCount <= 64 else { throw .exponent }
        self.modulus = modulus.bigEndian
        self.exponent = exponent.bigEndian
        numbers = Numbers(modulus: MontgomeryModulus(modulus, Arithmetic()), exponent: exponent)
    }

    public var bitCount: Int { numbers.modulus.number.bitCount }

    /// number^e mod n.
    /// - Throws: ``RSAError/outOfRange``.
    public func power(_ number: [UInt8]) throws(RSAError) -> [UInt8] {
        Arithmetic().power(try residue(number), numbers.exponent, in: numbers.modulus).bigEndian
    }

    /// left · right mod n.
    /// - Throws: ``RSAError/outOfRange``.
    public func product(_ left: [UInt8], _ right: [UInt8]) throws(RSAError) -> [UInt8] {
        Arithmetic().product(try residue(left), try residue(right), modulo: numbers.modulus.number).bigEndian
    }

    /// number^-1 mod n, without branches on the number's bits.
    /// - Throws: ``RSAError/outOfRange``, ``RSAError/notInvertible``.
    public func inverse(_ number: [UInt8]) throws(RSAError) -> [UInt8] {
        let number = try residue(number)
        number.markSecret()
        guard let inverse = Arithmetic().inverse(number, modulo: numbers.modulus.number) else { throw .notInvertible }
        return inverse.bigEndian
    }

    /// True for a number from 1 to below the modulus that has no common factor with it.
    public func isUnit(_ number: [UInt8]) -> Bool {
        guard let number = try? residue(number) else { return false }
        // libcrypto finds an inverse in half the time that its greatest common divisor takes.
        return Arithmetic().inverse(number, modulo: numbers.modulus.number) != nil
    }

    /// Every number from outside passes here.
    func residue(_ number: [UInt8]) throws(RSAError) -> BigNumber {
        let digits = Array(number.drop { $0 == 0 })
        guard !digits.isEmpty, digits.count <= modulus.count else { throw .outOfRange }
        let value = BigNumber(bigEndian: digits)
        guard value < numbers.modulus.number else { throw .outOfRange }
        return value
    }

    public static func == (left: Self, right: Self) -> Bool { left.modulus == right.modulus && left.exponent == right.exponent }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(modulus)
        hasher.combine(exponent)
    }
}
