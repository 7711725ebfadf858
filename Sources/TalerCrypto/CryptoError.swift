// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why keys, points or blind signatures from outside could not be used.
public enum CryptoError: Error, Equatable, CustomStringConvertible {
    /// Bytes that are no key of the type, with the reason.
    case malformedKey(String)
    /// A key of that cipher can't do this.
    case unsupportedCipher
    /// A number or point from outside that the operation can't take: out of range, or degenerate.
    case malformedInput(String)
    /// The modulus has a factor in common with a hash or a blinding factor: the key is fraudulent.
    case fraudulentKey
    /// A signature that does not verify.
    case invalidSignature
    /// The private operation failed; nothing of its result is shown.
    case fault

    public var description: String {
        switch self {
        case .malformedKey(let reason): "not a key: \(reason)"
        case .unsupportedCipher: "the cipher can't do this"
        case .malformedInput(let reason): "not usable: \(reason)"
        case .fraudulentKey: "a fraudulent RSA key"
        case .invalidSignature: "the signature does not verify"
        case .fault: "the private operation failed"
        }
    }
}
