// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func edDSAKey(_ answer: KnownAnswer) throws {
        let seed = Array(HashCode(sha512: Array(answer.text("private_seed_is_first_32_bytes_of_sha512_of").utf8)).bytes.prefix(32))
        #expect(seed == answer.hex("priv_hex"))
        let key = try EdDSAPrivateKey(seed: seed)
        #expect(try EdDSAPrivateKey(base32: answer.text("priv")).exportedSeed() == seed)
        #expect(key.exportedSeed() == seed)
        #expect(key.publicKey(as: MerchantPublicKey.self).base32 == answer.text("pub"))
        #expect(key.publicKey(as: MerchantPublicKey.self).bytes == answer.hex("pub_hex"))
    }

    static func rsaDenomination(_ answer: KnownAnswer) throws {
        let key = try DenominationPublicKey(.rsa, base32: answer.text("rsa_public_key"))
        #expect(key.encoded == answer.hex("rsa_public_key_hex"))
        #expect(HashCode(sha512: key.encoded).base32 == answer.text("rsa_public_key_hash"))
        guard case .rsa(let rsa) = key else { throw CryptoError.unsupportedCipher }
        #expect(Int64(rsa.bitCount) == answer.integer("bits"))
        #expect(Array(key.encoded.dropFirst(4).prefix(rsa.bitCount / 8)) == answer.hex("n_hex"))
        #expect(Array(key.encoded.dropFirst(4 + rsa.bitCount / 8)) == answer.hex("e_hex"))

        let mask = UInt32(try #require(answer.integer("age_mask")))
        let object = try answer.decode("denom_pub_json", as: DenominationKeyObject.self)
        #expect(object == DenominationKeyObject(key, ageMask: mask))
        #expect(object.hash.base32 == answer.text("h_denom_pub"))
        #expect(key.hash(ageMask: mask).bytes == answer.hex("h_denom_pub_hex"))
        #expect(try DenominationKeyObject(json: object.json) == object)

        let privateKey = try DenominationPrivateKey(primes: (answer.hex("p_hex"), answer.hex("q_hex")), exponent: answer.hex("e_hex"))
        #expect(privateKey.publicKey == key)
        #expect(try DenominationPrivateKey(exported: privateKey.exported()).publicKey == key)

        let coins = try #require(answer.value["coins"]?.arrayValue)
        #expect(!coins.isEmpty)
        for (index, coin) in coins.enumerated() {
            try rsaCoin(KnownAnswer(file: answer.file, name: "\(answer.name) coin \(index)", value: coin), privateKey, object.hash)
        }
    }

    private static func rsaCoin(
        _ answer: KnownAnswer, _ privateKey: DenominationPrivateKey, _ denomination: DenominationHash
    ) throws {
        let key = privateKey.publicKey
        let planchet = try PlanchetSecret(bytes: answer.hex("planchet_master_secret_hex"))
        #expect(Base32.encode(planchet.exported()) == answer.text("planchet_master_secret"))
        #expect(Base32.encode(planchet.coinPrivateKey.exportedSeed()) == answer.text("coin_priv"))
        #expect(Base32.encode(planchet.blindingSecret.exported()) == answer.text("blinding_key_secret"))
        let coin = planchet.coinPrivateKey.publicKey(as: CoinPublicKey.self)
        #expect(coin.base32 == answer.text("coin_pub"))

        let age = try answer.value["age_restriction"]?["h_age_commitment"].map { try AgeCommitmentHash(json: $0) }
        let hash = CoinPublicKeyHash(of: coin, ageCommitment: age)
        #expect(hash.base32 == answer.text("coin_pub_hash_message_signed_by_denomination"))
        try expectBlindingNumbers(answer, key, hash)

        let blinded = try key.blind(hash, with: planchet.blindingSecret)
        #expect(blinded.bytes == answer.hex("coin_ev_hex"))
        #expect(Base32.encode(blinded.bytes) == answer.text("coin_ev_rsa_blinded_planchet"))
        #expect(try BlindedPlanchet(json: blinded.json) == blinded)
        let envelope = CoinEnvelopeHash(of: blinded, denomination: denomination)
        #expect(envelope.base32 == answer.text("h_coin_envelope"))

        let signature = try privateKey.signBlinded(blinded)
        #expect(Base32.encode(signature.bytes) == answer.text("blinded_rsa_signature"))
        #expect(signature.json == answer.value["withdraw_response_json"]?["ev_sig"])

        let unblinded = try key.unblind(signature, with: planchet.blindingSecret, for: hash)
        #expect(unblinded == .rsa(answer.hex("unblinded_rsa_signature_hex")))
        #expect(unblinded.json == answer.value["ub_sig_json"])
        #expect(try answer.decode("ub_sig_json", as: DenominationSignature.self) == unblinded)
        #expect(unblinded.isValid(for: hash, by: key) == answer.flag("denom_sig_verifies"))

        let request = WithdrawRequest(
            amountWithFee: try answer.decode("withdraw_amount_with_fee"), denominationHash: denomination, coinEnvelopeHash: envelope)
        #expect(Hex.encode(request.signedBytes) == answer.text("withdraw_signed_message_hex"))
        #expect(try answer.privateKey(named: "reserve").sign(request).base32 == answer.text("withdraw_reserve_sig"))
    }

    /// The two numbers that never leave the library: the full-domain hash and the blinding factor.
    private static func expectBlindingNumbers(_ answer: KnownAnswer, _ key: DenominationPublicKey, _ hash: CoinPublicKeyHash) throws {
        guard case .rsa(let rsa) = key else { throw CryptoError.unsupportedCipher }
        let modulus = Array(key.encoded.dropFirst(4).prefix(rsa.bitCount / 8))
        let domain = KDF.mod(modulus, salt: key.encoded, keyMaterial: hash.bytes, context: "RSA-FDA FTpsW!")
        #expect(Array(domain.drop { $0 == 0 }) == Array(answer.hex("full_domain_hash_hex").drop { $0 == 0 }))
        let factor = KDF.mod(
            modulus, salt: Array("Blinding KDF extractor HMAC key".utf8),
            keyMaterial: try Base32.decode(answer.text("blinding_key_secret")),
            context: "Blinding KDF")
        #expect(Array(factor.drop { $0 == 0 }) == Array(answer.hex("blinding_factor_r_hex").drop { $0 == 0 }))
    }

    static func csDenomination(_ answer: KnownAnswer) throws {
        let key = try DenominationPublicKey(.clauseSchnorr, base32: answer.text("cs_public_key"))
        #expect(key.hash(ageMask: UInt32(try #require(answer.integer("age_mask")))).base32 == answer.text("h_denom_pub"))
        #expect(try Ed25519Group.multiplyBase(by: Base32.decode(answer.text("cs_private_key"))) == key.encoded)
    }

    static func clauseSchnorrCoin(_ answer: KnownAnswer) throws {
        let key = try DenominationPublicKey(.clauseSchnorr, base32: try #require(answer.file.json["cs_pub"]?.stringValue))
        #expect(key.hash().base32 == answer.text("denom_pub_hash"))
        let coin = try answer.privateKey("coin_priv").publicKey(as: CoinPublicKey.self)
        #expect(coin.base32 == answer.text("coin_pub"))
        let hash = CoinPublicKeyHash(of: coin)
        #expect(hash.base32 == answer.text("coin_pub_hash"))
        let signature = try answer.decode("ub_sig", as: DenominationSignature.self)
        #expect(signature.isValid(for: hash, by: key))
        #expect(signature.json == answer.value["ub_sig"])
    }

    static func linkSecret(_ answer: KnownAnswer) throws {
        let coin = try answer.privateKey("coin_priv")
        let transfer = try ECDHEPrivateKey(bytes: Base32.decode(answer.text("transfer_priv")))
        #expect(coin.publicKey(as: CoinPublicKey.self).base32 == answer.text("coin_pub"))
        #expect(transfer.publicKey.base32 == answer.text("transfer_pub"))
        let secret = try TransferSecret(transfer: transfer, coin: coin.publicKey())
        #expect(Base32.encode(secret.exported()) == answer.text("transfer_secret"))
        let recovered = try TransferSecret(coin: coin, transfer: transfer.publicKey)
        #expect(Base32.encode(recovered.exported()) == answer.text("transfer_secret_recovered"))
        #expect(Base32.encode(recovered.planchetSecret(coin: 3).exported()) == answer.text("planchet_master_secret_of_coin_3"))
    }
}
