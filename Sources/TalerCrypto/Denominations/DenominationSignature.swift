// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import RSA
internal import Sodium
public import TalerWire

/// `ub_sig`: what makes a coin out of a key. `{"cipher": "RSA", "rsa_signature"}` or
/// `{"cipher": "CS", "cs_signature_r", "cs_signature_s"}`.
public enum DenominationSignature: Hashable, Sendable {
    /// An unsigned number, big-endian, without leading zeros.
    case rsa([UInt8])
    /// A point and a scalar, 32 bytes each, little-endian.
    case clauseSchnorr(r: [UInt8], s: [UInt8])

    public var cipher: Cipher {
        switch self {
        case .rsa: .rsa
        case .clauseSchnorr: .clauseSchnorr
        }
    }

    /// True when `key` has signed the coin. False for whatever is out of range, of another cipher, or no point of the curve.
    public func isValid(for coin: CoinPublicKeyHash, by key: DenominationPublicKey) -> Bool {
        switch (self, key) {
        case (.rsa(let signature), .rsa(let key)):
            guard let hash = try? key.fullDomainHash(of: coin), let power = try? key.key.power(signature) else { return false }
            return power.elementsEqual(hash.drop { $0 == 0 })
        case (.clauseSchnorr(let r, let s), .clauseSchnorr(let key)): return key.isValid(r: r, s: s, for: coin)
        case (.rsa, .clauseSchnorr), (.clauseSchnorr, .rsa): return false
        }
    }
}

extension ClauseSchnorrKey {
    /// s·B = R + c·D, where c is derived from R and the coin.
    fileprivate func isValid(r: [UInt8], s: [UInt8], for coin: CoinPublicKeyHash) -> Bool {
        // A scalar that is not reduced would be a second signature for the same coin.
        guard r.count == 32, s.count == 32, s.reversed().lexicographicallyPrecedes(Ed25519Group.order),
            Ed25519Group.isValidPoint(r), Ed25519Group.isValidPoint(bytes)
        else { return false }
        let challenge = KDF.mod(
            Ed25519Group.order, salt: bytes, keyMaterial: SHA512.hash(r + coin.bytes), context: "Curve25519FDH")
        guard let left = try? Ed25519Group.multiplyBase(by: s),
            let product = try? Ed25519Group.multiply(bytes, by: challenge.reversed()),
            let right = try? Ed25519Group.add(r, product)
        else { return false }
        return left == right
    }
}

extension DenominationSignature: JSONRepresentable {
    public init(json: JSONValue) throws {
        switch try json.cipher() {
        case .rsa: self = .rsa(Array(try json.base32("rsa_signature").drop { $0 == 0 }))
        case .clauseSchnorr: self = .clauseSchnorr(r: try json.base32Of32("cs_signature_r"), s: try json.base32Of32("cs_signature_s"))
        }
    }

    public var json: JSONValue {
        switch self {
        case .rsa(let signature): ["cipher": "RSA", "rsa_signature": .string(Base32.encode(signature))]
        case .clauseSchnorr(let r, let s):
            ["cipher": "CS", "cs_signature_r": .string(Base32.encode(r)), "cs_signature_s": .string(Base32.encode(s))]
        }
    }
}
