// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// What goes to the exchange, out of the frozen account row, the contract and the coins.
enum DepositRequestBuilder {
    static func request(
        _ coins: [CheckedCoin], contract: StoredContract, account: StoredAccount, wireDeadline: Timestamp, metadata: String?
    ) -> BatchDepositRequest {
        BatchDepositRequest(
            merchantPaytoURI: account.payto.text, wireSalt: account.salt, merchantPub: account.merchantPub,
            merchantSignature: contract.signature, contractHash: contract.hash,
            coins: coins.map { coin in
                BatchDepositCoin(
                    coinPub: coin.coinPub, denominationHash: coin.denomination.hash,
                    denominationSignature: coin.denominationSignature.json, contribution: coin.contribution,
                    coinSignature: coin.coinSignature)
            },
            timestamp: contract.terms.timestamp,
            refundDeadline: contract.terms.refundDeadline == .zero ? nil : contract.terms.refundDeadline,
            wireTransferDeadline: wireDeadline,
            extraWireSubjectMetadata: metadata)
    }

    /// The intent for these coins of one exchange, its request frozen.
    /// - Throws: `JSONError`, which well-formed messages never cause.
    static func intent(
        _ share: CheckedShare, contract: StoredContract, account: StoredAccount, wireDeadline: Timestamp, metadata: String?
    ) throws(JSONError) -> NewIntent {
        let request = request(share.coins, contract: contract, account: account, wireDeadline: wireDeadline, metadata: metadata)
        return NewIntent(
            coinSet: CoinSet(share.coins.map { ($0.coinPub, $0.contribution) }).fingerprint, exchangeURL: share.exchangeURL,
            protocolVersion: share.protocolVersion, request: try JSONValue(encoding: request),
            coins: share.coins.map {
                .init(
                    coinPub: $0.coinPub, contribution: $0.contribution, depositFee: $0.denomination.feeDeposit,
                    refundFee: $0.denomination.feeRefund)
            })
    }
}
