// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

/// What each group of the independent implementation's file must give.
enum Independent {
    static func key(_ answer: KnownAnswer) throws {
        let entry = KnownAnswer(file: answer.file, name: answer.name, value: try #require(answer.value["value"]))
        let key = try EdDSAPrivateKey(seed: entry.hex("seed"))
        #expect(try EdDSAPrivateKey(base32: entry.text("seed_b32")).exportedSeed() == entry.hex("seed"))
        #expect(key.publicKey(as: MerchantPublicKey.self).bytes == entry.hex("pub"))
        #expect(key.publicKey(as: MerchantPublicKey.self).base32 == entry.text("pub_b32"))
    }

    static func base32(_ answer: KnownAnswer) throws {
        #expect(Base32.encode(answer.hex("hex")) == answer.text("b32"))
        #expect(try Base32.decode(answer.text("b32")) == answer.hex("hex"))
    }

    static func rsa(_ answer: KnownAnswer) throws {
        let key = try Facts().denominationKey()
        #expect(key.publicKey.encoded == answer.hex("pub_encoded"))
        #expect(key.publicKey.base32 == answer.text("pub_b32"))
        #expect(Array(key.publicKey.encoded[4..<260]) == answer.hex("n"))
        #expect(try DenominationPublicKey(.rsa, base32: answer.text("pub_b32")) == key.publicKey)
    }

    static func denomination(_ answer: KnownAnswer) throws {
        let key = try Facts().denominationKey().publicKey
        #expect(Int64(key.cipher.rawValue) == answer.integer("cipher"))
        #expect(key.hash().bytes == answer.hex("h_denom"))
        #expect(key.hash().base32 == answer.text("h_denom_b32"))
        #expect(key.hash(ageMask: 0x0020_0801).base32 == answer.text("h_denom_with_age_mask_0x00200801_b32"))
    }

    static func planchet(_ answer: KnownAnswer) throws {
        let key = try Facts().denominationKey()
        let planchet = try PlanchetSecret(bytes: answer.hex("master_secret"))
        #expect(planchet.coinPrivateKey.exportedSeed() == answer.hex("coin_priv"))
        #expect(planchet.blindingSecret.exported() == answer.hex("bks"))
        let coin = planchet.coinPrivateKey.publicKey(as: CoinPublicKey.self)
        #expect(coin.base32 == answer.text("coin_pub_b32"))
        let hash = CoinPublicKeyHash(of: coin)
        #expect(hash.bytes == answer.hex("h_coin_pub"))
        let modulus = Array(key.publicKey.encoded[4..<260])
        #expect(
            KDF.mod(modulus, salt: key.publicKey.encoded, keyMaterial: hash.bytes, context: "RSA-FDA FTpsW!") == answer.hex("fdh"))
        #expect(
            KDF.mod(
                modulus, salt: Array("Blinding KDF extractor HMAC key".utf8), keyMaterial: answer.hex("bks"), context: "Blinding KDF")
                == answer.hex("blinding_factor_r"))
        let blinded = try key.publicKey.blind(hash, with: planchet.blindingSecret)
        #expect(blinded.bytes == answer.hex("coin_ev"))
        #expect(blinded.json["rsa_blinded_planchet"]?.stringValue == answer.text("coin_ev_b32"))
        let envelope = CoinEnvelopeHash(of: blinded, denomination: key.publicKey.hash())
        #expect(envelope.bytes == answer.hex("h_coin_ev"))
        #expect(envelope.base32 == answer.text("h_coin_ev_b32"))
        let signature = try key.signBlinded(blinded)
        #expect(signature.bytes == answer.hex("blind_sig"))
        #expect(signature.json["blinded_rsa_signature"]?.stringValue == answer.text("blind_sig_b32"))
        let unblinded = try key.publicKey.unblind(signature, with: planchet.blindingSecret, for: hash)
        #expect(unblinded == .rsa(answer.hex("unblinded_sig")))
        #expect(unblinded.json["rsa_signature"]?.stringValue == answer.text("unblinded_sig_b32"))
    }

    static func amount(_ answer: KnownAnswer) throws {
        var out = WireEncoder()
        out.append(try Amount(answer.text("name")))
        #expect(Hex.encode(out.bytes) == answer.text("value"))
    }

    static func payto(_ answer: KnownAnswer) throws {
        let uri = try PaytoURI(answer.text("full"))
        #expect(PaytoHash(of: uri).base32 == answer.text("full_hash_b32"))
        #expect(WireHash(payto: uri, salt: try Facts().salt).base32 == answer.text("h_wire_b32"))
        guard answer.value["normalized"] != nil else { return }
        #expect(uri.normalized == answer.text("normalized"))
        #expect(NormalizedPaytoHash(of: uri).base32 == answer.text("normalized_hash_b32"))
    }

    /// With and without forgettable members.
    static func contract(_ answer: KnownAnswer) throws {
        let contract = try #require(answer.value["json"])
        let canonical = answer.value["canonical"] ?? answer.value["canonical_after_forget"]
        #expect(String(decoding: try CanonicalJSON.encode(contract.forgettingAll()), as: UTF8.self) == canonical?.stringValue)
        let hash = answer.value["h_contract_terms_b32"] ?? answer.value["hash_b32"]
        #expect(try ContractHash(of: contract).base32 == hash?.stringValue)
    }

    static func classicContract(_ answer: KnownAnswer) throws {
        let contract = try #require(answer.value["contract"])
        #expect(String(decoding: try CanonicalJSON.encode(contract), as: UTF8.self) == answer.text("encoding"))
        #expect(try ContractHash(of: contract).base32 == answer.text("h_contract_b32"))
        #expect(try Amount(json: try #require(contract["amount"])).description == "KUDOS:0.0005")
        #expect(try Timestamp(json: try #require(contract["timestamp"])).seconds == 1_456_000_000)
    }

    static func ecdh(_ answer: KnownAnswer) throws {
        let transfer = try ECDHEPrivateKey(bytes: answer.hex("ecdhe_priv"))
        #expect(transfer.publicKey.bytes == answer.hex("ecdhe_pub"))
        let coin = try Facts().planchet.coinPrivateKey
        #expect(try TransferSecret(transfer: transfer, coin: coin.publicKey()).exported() == answer.hex("secret_with_coin_pub"))
        #expect(
            try TransferSecret(coin: coin, transfer: transfer.publicKey).exported() == answer.hex("secret_coin_priv_side"))
    }

    static func kdf(_ answer: KnownAnswer) throws {
        let output = KDF.derive(length: 80, salt: answer.hex("salt"), keyMaterial: answer.hex("ikm"), context: answer.hex("ctx"))
        #expect(output == answer.hex("out_80"))
    }
}
