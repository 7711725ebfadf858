// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// Blind signatures for money of a reserve. The same batch again gets the same signatures and costs nothing.
struct PostBatchWithdraw: Endpoint {
    static let route = Route(.post, "/reserves/:reserve_pub/batch-withdraw")

    let store: ExchangeStore
    let keys: KeyRing
    let pool: WorkerPool
    let clock: any WallClock

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let reserve = try path.reservePub
        let message = try request.message(BatchWithdrawRequest.self)
        let planchets = try WithdrawChecks.planchets(message)
        let now = clock.now()
        let known = try await store.withdrawn(from: reserve, planchets.map(\.envelopeHash))
        if known.count == planchets.count {
            return try answer(try WithdrawChecks.repeated(planchets, known, reserve))
        }
        let table = keys.table
        let checks = try WithdrawChecks(table: table, signer: table.signer(at: now), now: now)
        let priced = try await pool.run { try checks.priced(planchets, from: reserve) }
        guard known.isEmpty else { throw Self.refusal(.partlyWithdrawn) }
        try await checkFunds(priced, reserve)
        let signed = try await pool.map(priced) { try $0.signed() }
        do { return try answer(try await store.withdraw(signed, from: reserve, at: now)) } catch let error as WithdrawRefusal {
            throw Self.refusal(error)
        }
    }

    /// Refuses before the expensive signatures are made; the booking decides again.
    private func checkFunds(_ planchets: [PricedPlanchet], _ reserve: ReservePublicKey) async throws {
        guard let balance = try await store.reserve(reserve)?.balance else { throw APIError.unknownReserve }
        let requested = try Amount.sum(planchets.map(\.cost), in: store.currency)
        if try balance.isLess(than: requested) {
            throw Self.refusal(.insufficientFunds(balance: balance, requested: requested))
        }
    }

    private func answer(_ coins: [WithdrawnCoin]) throws(APIError) -> Response {
        try .json(
            BatchWithdrawResponse(
                envelopeSignatures: coins.map { EnvelopeSignature(signature: BlindedSignature($0.blindSignature).json) }))
    }

    private static func refusal(_ refusal: WithdrawRefusal) -> APIError {
        switch refusal {
        case .unknownReserve: .unknownReserve
        case .insufficientFunds(let balance, let requested):
            APIError(
                .exchangeWithdrawInsufficientFunds, hint: "The reserve does not hold enough for these coins and their fees.",
                members: ["balance": balance.json, "requested_amount": requested.json])
        case .partlyWithdrawn:
            APIError(
                .exchangeWithdrawIdempotentPlanchet, hint: "Some of these coins were withdrawn before, others were not.", status: 409)
        }
    }
}
