// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    /// A whole refresh: the candidates that come from the transfer keys, and what the wallet commits to.
    static func refresh(_ answer: KnownAnswer) throws {
        let old = try answer.privateKey("old_coin_priv")
        let pub: CoinPublicKey = old.publicKey()
        #expect(pub.base32 == answer.text("old_coin_pub"))
        let denominations = try members(answer, "denominations").map { entry in
            let key = try DenominationPublicKey(.rsa, base32: entry.text("rsa_pub"))
            #expect(key.hash().base32 == entry.text("h_denom_pub"))
            return key
        }
        var transfers: [TransferPublicKey] = []
        var planchets: [[BlindedPlanchet]] = []
        for candidate in try members(answer, "candidates") {
            let transfer = try ECDHEPrivateKey(bytes: Base32.decode(candidate.text("transfer_priv")))
            #expect(transfer.publicKey.base32 == candidate.text("transfer_pub"))
            let secret = try TransferSecret(coin: old, transfer: transfer.publicKey)
            #expect(Base32.encode(secret.exported()) == candidate.text("transfer_secret"))
            let coins = try members(candidate, "coins")
            #expect(coins.count == denominations.count)
            transfers.append(transfer.publicKey)
            planchets.append(
                try zip(denominations, coins).enumerated().map { index, part in
                    let (denomination, coin) = part
                    let planchet = secret.planchetSecret(coin: UInt32(index))
                    #expect(Base32.encode(planchet.exported()) == coin.text("planchet_master_secret"))
                    #expect(Base32.encode(planchet.coinPrivateKey.exportedSeed()) == coin.text("coin_priv"))
                    let fresh: CoinPublicKey = planchet.coinPrivateKey.publicKey()
                    #expect(fresh.base32 == coin.text("coin_pub"))
                    let blinded = try denomination.blind(CoinPublicKeyHash(of: fresh), with: planchet.blindingSecret)
                    #expect(Base32.encode(blinded.bytes) == coin.text("coin_ev"))
                    return blinded
                })
        }
        let amount = try Amount(answer.text("amount_with_fee"))
        for (secret, commitment) in [(nil, "rc"), (try RefreshMasterSecret(base32: answer.text("rms")), "rc_with_rms")] {
            let made = RefreshCommitment(
                masterSecret: secret, transferKeys: transfers, denominations: denominations.map { $0.hash() }, oldCoin: pub,
                amountWithFee: amount, planchets: planchets)
            #expect(made.base32 == answer.text(commitment))
        }
    }

    private static func members(_ answer: KnownAnswer, _ name: String) throws -> [KnownAnswer] {
        try #require(answer.value[name]?.arrayValue).enumerated().map { index, value in
            KnownAnswer(file: answer.file, name: "\(answer.name) \(name) \(index)", value: value)
        }
    }
}
