// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why numbers are no usable RSA key, or an operation with a key failed.
public enum RSAError: Error, Equatable, CustomStringConvertible {
    /// The modulus has a number of bits outside ``RSAPublicKey/modulusBits``.
    case modulusSize(bits: Int)
    /// The modulus is even.
    case evenModulus
    /// The public exponent is even, below 3 or longer than 64 bits.
    case exponent
    /// A number that must be at least 1 and below the modulus is not.
    case outOfRange
    /// The number has a common factor with the modulus.
    case notInvertible
    /// The bytes are no stored private key, or its numbers don't belong together.
    case malformedPrivateKey
    /// The result of a private operation does not verify: nothing of it may be shown.
    case fault

    public var description: String {
        switch self {
        case .modulusSize(let bits): "a modulus of \(bits) bits"
        case .evenModulus: "an even modulus"
        case .exponent: "an unusable public exponent"
        case .outOfRange: "a number out of range"
        case .notInvertible: "a number that shares a factor with the modulus"
        case .malformedPrivateKey: "no RSA private key"
        case .fault: "the private operation failed"
        }
    }
}
