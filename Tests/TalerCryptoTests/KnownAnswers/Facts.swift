// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

/// What the independent implementation's file is about, made by this program: one merchant, one denomination, one coin, one contract.
struct Facts {
    let json: JSONValue
    let merchant: EdDSAPrivateKey
    let exchange: EdDSAPrivateKey
    let master: EdDSAPrivateKey
    let reserve: EdDSAPrivateKey
    let planchet: PlanchetSecret
    let account: PaytoURI
    let salt: WireSalt
    let contract: ContractHash

    init() throws {
        json = try VectorFile.independent.json
        let keys = json["keys"]
        func key(_ name: String) throws -> EdDSAPrivateKey {
            try EdDSAPrivateKey(base32: try #require(keys?[name]?["seed_b32"]?.stringValue))
        }
        merchant = try key("merchant")
        exchange = try key("exchange_signkey")
        master = try key("master")
        reserve = try key("reserve")
        planchet = try PlanchetSecret(bytes: Hex.decode(try #require(json["planchet"]?["master_secret"]?.stringValue)))
        account = try PaytoURI(try #require(json["payto"]?["full"]?.stringValue))
        salt = try WireSalt(base32: try #require(json["payto"]?["wire_salt_b32"]?.stringValue))
        contract = try ContractHash(of: try #require(json["contract"]?["json"]))
    }

    var coin: CoinPublicKey { planchet.coinPrivateKey.publicKey() }
    var wire: WireHash { WireHash(payto: account, salt: salt) }

    func denominationKey() throws -> DenominationPrivateKey {
        func number(_ name: String) throws -> [UInt8] { Hex.decode(try #require(json["rsa"]?[name]?.stringValue)) }
        // The file writes the exponent, 10001, in an odd number of digits.
        return try DenominationPrivateKey(primes: (try number("p"), try number("q")), exponent: [1, 0, 1])
    }

    func denomination() throws -> DenominationHash { try denominationKey().publicKey.hash() }

    /// What the file signed under that name.
    func signature(_ name: String) throws -> EdDSASignature {
        try EdDSASignature(Hex.decode(try #require(json["signed"]?[name]?["sig"]?.stringValue)))
    }
}
