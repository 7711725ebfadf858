// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import TalerCrypto
import TalerWire
import WalletStore

/// A deposit permission with the coins that signed it.
struct SignedPayment {
    let permission: DepositPermission
    let coins: [(coin: StoredCoin, contribution: Amount)]

    /// Signs purpose 1201 with each coin: the contract's timestamp and refund deadline, no policy, no wallet data, no age commitment.
    init(_ offer: Offer, exchange: StoredExchange, coins: [(coin: StoredCoin, contribution: Amount)]) throws {
        let terms = offer.terms
        let signed = try coins.map { coin, contribution in
            let denomination = coin.denomination
            let statement = DepositRequest(
                contractHash: offer.hash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: terms.wireHash,
                denominationHash: denomination.hash, walletTimestamp: terms.timestamp.time, refundDeadline: terms.refundDeadline.time,
                amountWithFee: contribution, depositFee: denomination.feeDeposit, merchantPub: terms.merchantPub, walletDataHash: .zero)
            let key = try PlanchetSecret(bytes: coin.secret.bytes).coinPrivateKey
            return DepositPermission.Coin(
                contribution: contribution, coinPub: coin.coinPub, denominationPub: Base32.encode(denomination.key),
                denominationSignature: .string(Base32.encode(coin.signature)), coinSignature: key.sign(statement))
        }
        permission = DepositPermission(
            wireHash: terms.wireHash, contractHash: offer.hash, transactionID: terms.transactionID, timestamp: terms.timestamp.time,
            refundDeadline: terms.refundDeadline.time, mint: exchange.baseURL, coins: signed)
        self.coins = coins
    }
}
