// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import RSA
internal import Sodium
internal import TalerWire

extension RSADenominationKey {
    /// The number of the coin's hash that is signed (GNUnet's RSA-FDH).
    /// - Throws: ``CryptoError/fraudulentKey`` when it shares a factor with n, as it never does for an honest key.
    func fullDomainHash(of hash: CoinPublicKeyHash) throws(CryptoError) -> [UInt8] {
        let number = KDF.mod(key.modulus, salt: encoded, keyMaterial: hash.bytes, context: "RSA-FDA FTpsW!")
        guard key.isUnit(number) else { throw .fraudulentKey }
        return number
    }

    /// The number r that hides the hash from the exchange.
    /// - Throws: ``CryptoError/fraudulentKey``.
    func blindingFactor(_ secret: BlindingSecret) throws(CryptoError) -> [UInt8] {
        let number = KDF.mod(
            key.modulus, salt: Array("Blinding KDF extractor HMAC key".utf8), keyMaterial: secret.secret, context: "Blinding KDF")
        guard key.isUnit(number) else { throw .fraudulentKey }
        return number
    }
}
