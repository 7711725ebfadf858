// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// Coins for a merchant's contract, all or none. The same coins again get a confirmation with the time of the first.
struct PostBatchDeposit: Endpoint {
    static let route = Route(.post, "/batch-deposit")

    let store: ExchangeStore
    let keys: KeyRing
    let pool: WorkerPool
    let payouts: PayoutLoop
    let policy: KYCPolicy
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let message = try request.message(BatchDepositRequest.self)
        let now = clock.now()
        let table = keys.table
        let signer = try table.signer(at: now)
        let checks = DepositChecks(table: table, signer: signer, now: now, currency: store.currency)
        let deposit = try await pool.run { try checks.check(message) }
        let batch = deposit.batch
        // Before the books, so that a repeat of what was accepted can be refused too: as real exchanges do it.
        try await policy.check(batch, store, at: now)
        let accepted: Timestamp
        do {
            try SituationEffects.check(batch)
            accepted = try await store.deposit(batch, at: now)
        } catch let error as DepositRefusal { throw Self.refusal(error, batch, table) }
        payouts.expect(batch.wireDeadline)
        let confirmation = DepositConfirmation(
            contractHash: batch.contractHash, wireHash: batch.wireHash, policyHash: .zero, exchangeTimestamp: accepted,
            wireDeadline: batch.wireDeadline, refundDeadline: batch.refundDeadline, totalWithoutFee: deposit.total,
            coinSignaturesHash: HashCode(ofSignatures: batch.coins.map(\.coinSignature)), merchantPub: batch.merchantPub)
        return try .json(
            DepositSuccess(exchangeTimestamp: accepted, exchangePub: signer.pub, exchangeSignature: signer.sign(confirmation)))
    }

    private static func refusal(_ refusal: DepositRefusal, _ batch: DepositBatch, _ table: KeyTable) -> APIError {
        switch refusal {
        case .otherDenomination(let coin, let known, let signature):
            .otherDenomination(
                of: coin, batch.coins.first { $0.coinPub == coin }?.denominationHash, known: known, signature, table)
        case .otherAgeCommitment(let coin, let denomination, let known): .otherAgeCommitment(of: coin, denomination, known: known)
        case .otherContract(let wireHash):
            APIError(
                .exchangeDepositConflictingContract, hint: "Coins were deposited for this contract with other terms before.",
                members: ["h_wire": wireHash.json])
        case .insufficientFunds(let coin, let denomination): .insufficientFunds(of: coin, denomination)
        }
    }
}
