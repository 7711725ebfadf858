// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// The first half of a refresh: what a coin has left is promised to fresh coins, and the exchange says which candidate it will not look
/// into. The same melt again gets the same answer and costs nothing.
struct PostMelt: Endpoint {
    static let route = Route(.post, "/coins/:coin_pub/melt")

    let store: ExchangeStore
    let keys: KeyRing
    let pool: WorkerPool
    let clock: any WallClock

    /// - Throws: `APIError`, in this order: 400 / 1004, those of ``MeltChecks``, 409 / 1003, 409 / 1015, 400 / 26, 400 / 1305,
    ///   409 / 1012.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let coin = try path.coinPub
        let message = try request.message(CoinMeltRequest.self)
        let now = clock.now()
        let table = keys.table
        let signer = try table.signer(at: now)
        let isKnown = try await store.denomination(of: coin) != nil
        let checks = MeltChecks(table: table, signer: signer, now: now, currency: store.currency, isKnown: isKnown)
        let melt = try await pool.run { try checks.check(message, coin) }
        let index: Int
        do {
            index = try await store.melt(melt, hiding: Int(Random.uniform(below: UInt32(RevealChecks.candidateCount))), at: now)
        } catch let error as MeltRefusal { throw Self.refusal(error, melt, table) }
        let confirmation = MeltConfirmation(commitment: melt.commitment, noRevealIndex: UInt32(index))
        return try .json(
            CoinMeltResponse(noRevealIndex: UInt32(index), exchangePub: signer.pub, exchangeSignature: signer.sign(confirmation)))
    }

    private static func refusal(_ refusal: MeltRefusal, _ melt: Melt, _ table: KeyTable) -> APIError {
        let (coin, denomination) = (melt.coinPub, melt.denominationHash)
        return switch refusal {
        case .otherDenomination(let known, let signature):
            .otherDenomination(of: coin, denomination, known: known, signature, table)
        case .otherAgeCommitment(let known): .otherAgeCommitment(of: coin, denomination, known: known)
        case .otherMelt:
            APIError(.genericParameterMalformed, hint: "The commitment was used for another coin or amount before.", detail: "rc")
        case .outOfUse: APIError(.exchangeMeltCoinExpiredNoZombie, hint: "The coin's denomination can no longer be used.")
        case .insufficientFunds: .insufficientFunds(of: coin, denomination)
        }
    }
}
