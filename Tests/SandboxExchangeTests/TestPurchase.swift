// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import TalerCrypto
import TalerWire

/// A merchant's contract that is paid with coins: every signature right unless a test spoils it.
struct TestPurchase {
    var merchant = EdDSAPrivateKey()
    var payto = "payto://x-taler-bank/bank.test/shop?receiver-name=Shop"
    var salt = WireSalt.random()
    var contract = ContractHash.random()
    var timestamp = SharedKeys.start
    var refundDeadline: Timestamp? = SharedKeys.start.advanced(bySeconds: 1000)
    var wireDeadline = SharedKeys.start.advanced(bySeconds: 2000)
    var walletDataHash: HashCode?
    var policy: JSONValue?

    var wireHash: WireHash { WireHash(payto: must { try PaytoURI(payto) }, salt: salt) }

    /// Each coin pays its whole value.
    func request(_ coins: [TestCoin]) -> BatchDepositRequest { request(coins.map { ($0, $0.denomination.value) }) }

    func request(_ coins: [(coin: TestCoin, contribution: Amount)]) -> BatchDepositRequest {
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
    func isConfirmed(_ answer: DepositSuccess, _ request: BatchDepositRequest, total: Amount) -> Bool {
        guard let signature = answer.exchangeSignature else { return false }
        return DepositConfirmation(
            contractHash: contract, wireHash: wireHash, policyHash: .zero, exchangeTimestamp: answer.exchangeTimestamp,
            wireDeadline: wireDeadline, refundDeadline: refundDeadline ?? .zero, totalWithoutFee: total,
            coinSignaturesHash: HashCode(ofSignatures: request.coins.map(\.coinSignature)), merchantPub: merchant.publicKey()
        ).isValid(signature, by: answer.exchangePub)
    }
}
