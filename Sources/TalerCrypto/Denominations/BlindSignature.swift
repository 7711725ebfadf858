// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import RSA
public import TalerWire

/// `coin_ev`: a coin's hash as the exchange gets to see it. `{"cipher": "RSA", "rsa_blinded_planchet"}`.
public struct BlindedPlanchet: Hashable, Sendable {
    /// An unsigned number, big-endian, without leading zeros.
    public let bytes: [UInt8]
    public var cipher: Cipher { .rsa }

    /// Leading zeros are dropped.
    public init(_ bytes: [UInt8]) { self.bytes = Array(bytes.drop { $0 == 0 }) }
}

/// `ev_sig`: the exchange's signature before its owner unblinds it. `{"cipher": "RSA", "blinded_rsa_signature"}`.
public struct BlindedSignature: Hashable, Sendable {
    /// An unsigned number, big-endian, without leading zeros.
    public let bytes: [UInt8]
    public var cipher: Cipher { .rsa }

    /// Leading zeros are dropped.
    public init(_ bytes: [UInt8]) { self.bytes = Array(bytes.drop { $0 == 0 }) }
}

extension DenominationPublicKey {
    /// r^e · FDH(coin) mod n.
    /// - Throws: ``CryptoError/unsupportedCipher`` for Clause-Schnorr, ``CryptoError/fraudulentKey``.
    public func blind(_ coin: CoinPublicKeyHash, with secret: BlindingSecret) throws(CryptoError) -> BlindedPlanchet {
        guard case .rsa(let key) = self else { throw .unsupportedCipher }
        let hash = try key.fullDomainHash(of: coin)
        let factor = try key.blindingFactor(secret)
        do { return BlindedPlanchet(try key.key.product(try key.key.power(factor), hash)) } catch { throw .fraudulentKey }
    }

    /// What a blind signature was made of: s'^e mod n.
    /// - Throws: ``CryptoError/unsupportedCipher`` for Clause-Schnorr, ``CryptoError/malformedInput(_:)`` when the number is out of range.
    public func planchet(signedBy signature: BlindedSignature) throws(CryptoError) -> BlindedPlanchet {
        guard case .rsa(let key) = self else { throw .unsupportedCipher }
        do { return BlindedPlanchet(try key.key.power(signature.bytes)) } catch { throw .malformedInput("\(error)") }
    }

    /// s' · r^-1 mod n, checked.
    /// - Throws: ``CryptoError/invalidSignature`` when the result is no signature of the coin, ``CryptoError/malformedInput(_:)``
    ///   when the number is out of range, ``CryptoError/unsupportedCipher``, ``CryptoError/fraudulentKey``.
    public func unblind(
        _ signature: BlindedSignature, with secret: BlindingSecret, for coin: CoinPublicKeyHash
    ) throws(CryptoError) -> DenominationSignature {
        guard case .rsa(let key) = self else { throw .unsupportedCipher }
        let factor = try key.blindingFactor(secret)
        let result: DenominationSignature
        do { result = .rsa(try key.key.product(signature.bytes, try key.key.inverse(factor))) } catch {
            throw .malformedInput("\(error)")
        }
        guard result.isValid(for: coin, by: self) else { throw .invalidSignature }
        return result
    }
}

extension BlindedPlanchet: JSONRepresentable {
    public init(json: JSONValue) throws {
        guard try json.cipher() == .rsa else { throw JSONError(path: "cipher", reason: "only RSA is supported") }
        self.init(try json.base32("rsa_blinded_planchet"))
    }

    public var json: JSONValue { ["cipher": "RSA", "rsa_blinded_planchet": .string(Base32.encode(bytes))] }
}

extension BlindedSignature: JSONRepresentable {
    public init(json: JSONValue) throws {
        guard try json.cipher() == .rsa else { throw JSONError(path: "cipher", reason: "only RSA is supported") }
        self.init(try json.base32("blinded_rsa_signature"))
    }

    public var json: JSONValue { ["cipher": "RSA", "blinded_rsa_signature": .string(Base32.encode(bytes))] }
}
