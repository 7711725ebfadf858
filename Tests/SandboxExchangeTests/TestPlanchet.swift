// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import TalerCrypto
import TalerWire

/// A wallet's coin before the exchange has signed it.
struct TestPlanchet {
    let denomination: DenominationRecord
    let key: DenominationPublicKey
    let coin: EdDSAPrivateKey
    let blinding = BlindingSecret()
    let blinded: BlindedPlanchet

    init(_ denomination: DenominationRecord, coin: EdDSAPrivateKey = EdDSAPrivateKey()) throws {
        self.denomination = denomination
        self.coin = coin
        key = try DenominationPublicKey(.rsa, encoded: denomination.rsaPub)
        blinded = try key.blind(CoinPublicKeyHash(of: coin.publicKey()), with: blinding)
    }

    func signed(by reserve: EdDSAPrivateKey) -> WithdrawPlanchet {
        let statement = WithdrawRequest(
            amountWithFee: must { try denomination.value.adding(denomination.feeWithdraw) }, denominationHash: denomination.hash,
            coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
        return WithdrawPlanchet(
            denominationHash: denomination.hash, coinEnvelope: blinded.json, reserveSignature: reserve.sign(statement))
    }

    func coin(_ signature: BlindedSignature) throws -> TestCoin {
        let unblinded = try key.unblind(signature, with: blinding, for: CoinPublicKeyHash(of: coin.publicKey()))
        return TestCoin(key: coin, denomination: denomination, signature: unblinded)
    }
}

/// A coin that can be spent.
struct TestCoin {
    let key: EdDSAPrivateKey
    let denomination: DenominationRecord
    var signature: DenominationSignature
    var pub: CoinPublicKey { key.publicKey() }
}
