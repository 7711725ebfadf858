// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// A coin whose key and age commitment the test has chosen, signed by the exchange.
struct ChosenCoin {
    let key: EdDSAPrivateKey
    let denomination: DenominationRecord
    let age: AgeCommitmentHash?
    let signature: DenominationSignature

    var pub: CoinPublicKey { key.publicKey() }

    /// Withdraws it from a fresh reserve.
    /// - Parameter row: of the reserve's credit at the bank.
    init(
        _ fixture: Fixture, _ denomination: DenominationRecord, key: EdDSAPrivateKey = EdDSAPrivateKey(), age: AgeCommitmentHash? = nil,
        row: Int64
    ) async throws {
        self.key = key
        self.denomination = denomination
        self.age = age
        let reserve = try await fixture.fundedReserve(denomination.value.adding(denomination.feeWithdraw), row: row)
        let hash = CoinPublicKeyHash(of: key.publicKey(), ageCommitment: age)
        let publicKey = try DenominationPublicKey(.rsa, encoded: denomination.rsaPub)
        let blinding = BlindingSecret()
        let blinded = try publicKey.blind(hash, with: blinding)
        let statement = WithdrawRequest(
            amountWithFee: try denomination.value.adding(denomination.feeWithdraw), denominationHash: denomination.hash,
            coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
        let planchet = WithdrawPlanchet(
            denominationHash: denomination.hash, coinEnvelope: blinded.json, reserveSignature: reserve.sign(statement))
        let response = try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet]))
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        let answer: BatchWithdrawResponse = try response.json().decode()
        guard let first = answer.envelopeSignatures.first else { throw FixtureError.refused("no signature") }
        signature = try publicKey.unblind(BlindedSignature(json: first.signature), with: blinding, for: hash)
    }
}

extension TestPurchase {
    /// One coin pays the contribution.
    func request(_ coin: ChosenCoin, _ contribution: Amount) -> BatchDepositRequest {
        var request = request([(TestCoin(key: coin.key, denomination: coin.denomination, signature: coin.signature), contribution)])
        guard let age = coin.age else { return request }
        let statement = DepositRequest(
            contractHash: contract, ageCommitmentHash: age, policyHash: must { try HashCode(ofPolicy: policy) }, wireHash: wireHash,
            denominationHash: coin.denomination.hash, walletTimestamp: timestamp, refundDeadline: refundDeadline ?? .zero,
            amountWithFee: contribution, depositFee: coin.denomination.feeDeposit, merchantPub: merchant.publicKey(),
            walletDataHash: walletDataHash ?? .zero)
        request.coins[0].ageCommitmentHash = age
        request.coins[0].coinSignature = coin.key.sign(statement)
        return request
    }
}

/// The same but for one bit.
func flipped<Value: FixedBytes>(_ value: Value) -> Value {
    var bytes = value.bytes
    bytes[bytes.count - 1] ^= 1
    return Value(checked: bytes)
}
