// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import ExchangeAPI
import ExchangeStore
package import TalerCrypto
package import TalerWire

/// A merchant's contract that is paid with coins: every signature right unless a test spoils it.
package struct TestPurchase {
    package var merchant = EdDSAPrivateKey()
    package var payto = "payto://x-taler-bank/bank.test/shop?receiver-name=Shop"
    package var salt = WireSalt.random()
    package var contract = ContractHash.random()
    package var timestamp = SharedKeys.start
    package var refundDeadline: Timestamp? = SharedKeys.start.advanced(bySeconds: 1000)
    package var wireDeadline = SharedKeys.start.advanced(bySeconds: 2000)
    package var walletDataHash: HashCode?
    package var policy: JSONValue?

    package init() {}

    package var wireHash: WireHash { WireHash(payto: must { try PaytoURI(payto) }, salt: salt) }

    /// Each coin pays its whole value.
    package func request(_ coins: [TestCoin]) -> BatchDepositRequest { request(coins.map { ($0, $0.denomination.value) }) }

    package func request(_ coins: [(coin: TestCoin, contribution: Amount)]) -> BatchDepositRequest {
        let wireHash = (try? PaytoURI(payto)).map { WireHash(payto: $0, salt: salt) } ?? .zero
        return BatchDepositRequest(
            merchantPaytoURI: payto, wireSalt: salt, merchantPub: merchant.publicKey(),
            merchantSignature: merchant.sign(ContractOffer(contractHash: contract)), contractHash: contract, walletDataHash: walletDataHash,
            coins: coins.map { coin, contribution in
                let statement = DepositRequest(
                    contractHash: contract, ageCommitmentHash: .zero, policyHash: must { try HashCode(ofPolicy: policy) },
                    wireHash: wireHash,
                    denominationHash: coin.denomination.hash, walletTimestamp: timestamp, refundDeadline: refundDeadline ?? .zero,
                    amountWithFee: contribution, depositFee: coin.denomination.feeDeposit, merchantPub: merchant.publicKey(),
                    walletDataHash: walletDataHash ?? .zero)
                return BatchDepositCoin(
                    coinPub: coin.pub, denominationHash: coin.denomination.hash, denominationSignature: coin.signature.json,
                    contribution: contribution, coinSignature: coin.key.sign(statement))
            }, policy: policy, timestamp: timestamp, refundDeadline: refundDeadline, wireTransferDeadline: wireDeadline)
    }

    /// True when `answer` confirms `request` by its own key.
    package func isConfirmed(_ answer: DepositSuccess, _ request: BatchDepositRequest, total: Amount) -> Bool {
        guard let signature = answer.exchangeSignature else { return false }
        return DepositConfirmation(
            contractHash: contract, wireHash: wireHash, policyHash: .zero, exchangeTimestamp: answer.exchangeTimestamp,
            wireDeadline: wireDeadline, refundDeadline: refundDeadline ?? .zero, totalWithoutFee: total,
            coinSignaturesHash: HashCode(ofSignatures: request.coins.map(\.coinSignature)), merchantPub: merchant.publicKey()
        ).isValid(signature, by: answer.exchangePub)
    }

    /// `GET /deposits/…` of the coin, asked by the merchant.
    package func trackTarget(_ coin: CoinPublicKey, _ more: String = "") -> String {
        let statement = DepositTrackRequest(contractHash: contract, wireHash: wireHash, coinPub: coin)
        return "\(trackPath(coin))?merchant_sig=\(merchant.sign(statement))\(more)"
    }

    /// The same without its question mark.
    package func trackPath(_ coin: CoinPublicKey) -> String {
        "/deposits/\(wireHash)/\(merchant.publicKey(as: MerchantPublicKey.self))/\(contract)/\(coin)"
    }

    /// A refund, fee included, signed by the merchant.
    package func refund(_ coin: CoinPublicKey, _ amount: Amount, id: UInt64 = 1) -> CoinRefundRequest {
        let statement = RefundRequest(contractHash: contract, coinPub: coin, refundTransactionID: id, refundAmount: amount)
        return CoinRefundRequest(
            refundAmount: amount, contractHash: contract, merchantPub: merchant.publicKey(), refundTransactionID: id,
            merchantSignature: merchant.sign(statement))
    }
}
