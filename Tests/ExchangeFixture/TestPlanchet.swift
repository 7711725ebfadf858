// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import ExchangeAPI
package import ExchangeStore
package import TalerCrypto
package import TalerWire

/// A wallet's coin before the exchange has signed it.
package struct TestPlanchet {
    package let denomination: DenominationRecord
    package let key: DenominationPublicKey
    package let coin: EdDSAPrivateKey
    package let blinding: BlindingSecret
    package var blinded: BlindedPlanchet

    package init(
        _ denomination: DenominationRecord, coin: EdDSAPrivateKey = EdDSAPrivateKey(), blinding: BlindingSecret = BlindingSecret()
    ) throws {
        self.denomination = denomination
        self.coin = coin
        self.blinding = blinding
        key = try DenominationPublicKey(.rsa, encoded: denomination.rsaPub)
        blinded = try key.blind(CoinPublicKeyHash(of: coin.publicKey()), with: blinding)
    }

    package func signed(by reserve: EdDSAPrivateKey) -> WithdrawPlanchet {
        let statement = WithdrawRequest(
            amountWithFee: must { try denomination.value.adding(denomination.feeWithdraw) }, denominationHash: denomination.hash,
            coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
        return WithdrawPlanchet(
            denominationHash: denomination.hash, coinEnvelope: blinded.json, reserveSignature: reserve.sign(statement))
    }

    package func coin(_ signature: BlindedSignature) throws -> TestCoin {
        let unblinded = try key.unblind(signature, with: blinding, for: CoinPublicKeyHash(of: coin.publicKey()))
        return TestCoin(key: coin, denomination: denomination, signature: unblinded)
    }
}

/// A coin that can be spent.
package struct TestCoin {
    package let key: EdDSAPrivateKey
    package let denomination: DenominationRecord
    package var signature: DenominationSignature

    package init(key: EdDSAPrivateKey, denomination: DenominationRecord, signature: DenominationSignature) {
        self.key = key
        self.denomination = denomination
        self.signature = signature
    }

    package var pub: CoinPublicKey { key.publicKey() }
}
