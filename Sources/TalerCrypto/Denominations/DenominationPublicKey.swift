// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import RSA
public import TalerWire

/// The key that checks a denomination's coins.
public enum DenominationPublicKey: Hashable, Sendable {
    case rsa(RSADenominationKey)
    /// 32 bytes: a point of Ed25519's curve.
    case clauseSchnorr(ClauseSchnorrKey)

    /// From the base32 text of `rsa_pub` or `cs_pub`.
    /// - Throws: ``CryptoError/malformedKey(_:)``.
    public init(_ cipher: Cipher, base32 text: String) throws(CryptoError) {
        let bytes: [UInt8]
        do { bytes = try Base32.decode(text) } catch { throw .malformedKey("\(error)") }
        try self.init(cipher, encoded: bytes)
    }

    /// From the bytes that ``encoded`` gives.
    /// - Throws: ``CryptoError/malformedKey(_:)``.
    public init(_ cipher: Cipher, encoded bytes: [UInt8]) throws(CryptoError) {
        switch cipher {
        case .rsa: self = .rsa(try RSADenominationKey(encoded: bytes))
        case .clauseSchnorr:
            do { self = .clauseSchnorr(try ClauseSchnorrKey(bytes)) } catch { throw .malformedKey("\(error)") }
        }
    }

    public var cipher: Cipher {
        switch self {
        case .rsa: .rsa
        case .clauseSchnorr: .clauseSchnorr
        }
    }

    /// RSA: u16 length of n, u16 length of e, n, e. Clause-Schnorr: the 32 bytes.
    public var encoded: [UInt8] {
        switch self {
        case .rsa(let key): key.encoded
        case .clauseSchnorr(let key): key.bytes
        }
    }

    /// The text of `rsa_pub` or `cs_pub`.
    public var base32: String { Base32.encode(encoded) }

    /// `h_denom_pub`. `ageMask` is zero for denominations without age restriction.
    public func hash(ageMask: UInt32 = 0) -> DenominationHash { DenominationHash(of: self, ageMask: ageMask) }
}

/// A Clause-Schnorr public key, D.
public struct ClauseSchnorrKey: FixedBytes {
    public static let byteCount = 32
    public let bytes: [UInt8]
    public init(checked bytes: [UInt8]) { self.bytes = bytes }
}

/// An RSA public key of 1024 to 8192 bits.
public struct RSADenominationKey: Hashable, Sendable {
    let key: RSAPublicKey

    init(_ key: RSAPublicKey) { self.key = key }

    init(encoded bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count >= 4 else { throw .malformedKey("too short") }
        let modulusCount = Int(bytes[0]) << 8 | Int(bytes[1])
        let exponentCount = Int(bytes[2]) << 8 | Int(bytes[3])
        guard bytes.count == 4 + modulusCount + exponentCount else { throw .malformedKey("the lengths don't add up") }
        do {
            key = try RSAPublicKey(modulus: Array(bytes[4..<4 + modulusCount]), exponent: Array(bytes[(4 + modulusCount)...]))
        } catch { throw .malformedKey("\(error)") }
    }

    public var bitCount: Int { key.bitCount }

    /// n and e are minimal.
    var encoded: [UInt8] {
        var out = WireEncoder(capacity: 4 + key.modulus.count + key.exponent.count)
        out.append(UInt16(key.modulus.count))
        out.append(UInt16(key.exponent.count))
        out.append(raw: key.modulus)
        out.append(raw: key.exponent)
        return out.bytes
    }
}

/// A denomination key with its age mask, as the object that stands outside the groups of `/keys`:
/// `{"cipher": "RSA", "age_mask": 0, "rsa_pub": …}`. The older name `rsa_public_key` (and `cs_public_key`) is read as well.
public struct DenominationKeyObject: Hashable, Sendable, JSONRepresentable {
    public var key: DenominationPublicKey
    public var ageMask: UInt32

    public init(_ key: DenominationPublicKey, ageMask: UInt32 = 0) {
        self.key = key
        self.ageMask = ageMask
    }

    public var hash: DenominationHash { key.hash(ageMask: ageMask) }

    public init(json: JSONValue) throws {
        let cipher = try json.cipher()
        let prefix = cipher.name.lowercased()
        let member = json[prefix + "_pub"] == nil ? prefix + "_public_key" : prefix + "_pub"
        do { key = try DenominationPublicKey(cipher, encoded: try json.base32(member)) } catch let error as CryptoError {
            throw JSONError(path: member, reason: "\(error)")
        }
        guard let mask = UInt32(exactly: (json["age_mask"] ?? 0).integerValue ?? -1) else {
            throw JSONError(path: "age_mask", reason: "a whole number of 32 bits is needed")
        }
        ageMask = mask
    }

    public var json: JSONValue {
        .object([
            "cipher": .string(key.cipher.name), "age_mask": .integer(Int64(ageMask)),
            key.cipher.name.lowercased() + "_pub": .string(key.base32),
        ])
    }
}
