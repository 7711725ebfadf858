// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire

/// One of the three ways to make the fresh coins of a refresh, of which the wallet says nothing but the transfer key that it comes from.
struct RefreshCandidate {
    let transferPub: TransferPublicKey
    let planchets: [BlindedPlanchet]

    /// The candidate that the exchange signs without looking into it.
    init(hidden transferPub: TransferPublicKey, _ planchets: [BlindedPlanchet]) {
        self.transferPub = transferPub
        self.planchets = planchets
    }

    /// What an honest wallet has made from the transfer key.
    /// - Throws: `CryptoError.malformedInput` when the coin's key is no usable point.
    init(_ transfer: ECDHEPrivateKey, oldCoin: CoinPublicKey, denominations: [DenominationPublicKey]) throws(CryptoError) {
        transferPub = transfer.publicKey
        let secret = try TransferSecret(transfer: transfer, coin: oldCoin)
        var planchets: [BlindedPlanchet] = []
        for (index, denomination) in denominations.enumerated() {
            let planchet = secret.planchetSecret(coin: UInt32(index))
            let coin: CoinPublicKey = planchet.coinPrivateKey.publicKey()
            planchets.append(try denomination.blind(CoinPublicKeyHash(of: coin), with: planchet.blindingSecret))
        }
        self.planchets = planchets
    }
}
