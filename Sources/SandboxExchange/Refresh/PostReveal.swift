// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// The second half of a refresh: the wallet opens two of its three candidates, and the exchange signs the third. The same reveal again gets
/// the same signatures.
struct PostReveal: Endpoint {
    static let route = Route(.post, "/refreshes/:rch/reveal")

    let store: ExchangeStore
    let keys: KeyRing
    let pool: WorkerPool
    let clock: any WallClock

    /// - Throws: `APIError`, in this order: 400 / 1362, 400 / 22, those of ``RevealChecks``.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let commitment: RefreshCommitment = try path.value("rch", or: .exchangeRefreshesRevealInvalidRch)
        let message = try request.message(RefreshRevealRequest.self)
        let now = clock.now()
        let table = keys.table
        let session = try await store.refreshSession(commitment)
        let checks = try RevealChecks(table: table, signer: table.signer(at: now), now: now, commitment: commitment, session: session)
        let planchets = try await pool.run { try checks.check(message) }
        if session?.isRevealed == true, let signatures = try await store.revealedSignatures(commitment) { return try answer(signatures) }
        guard let first = message.transferPrivateKeys.first, let second = message.transferPrivateKeys.last else {
            throw APIError(.exchangeRefreshesRevealCncTransferArraySizeInvalid)
        }
        let reveal = RefreshReveal(
            transferPub: message.transferPub, firstTransferPrivateKey: first.bytes, secondTransferPrivateKey: second.bytes,
            masterSecret: message.refreshMasterSecret ?? session?.masterSecret, coins: try await pool.map(planchets) { try $0.signed() })
        return try answer(try await store.reveal(reveal, of: commitment, at: now))
    }

    private func answer(_ signatures: [[UInt8]]) throws(APIError) -> Response {
        try .json(
            RefreshRevealResponse(envelopeSignatures: signatures.map { EnvelopeSignature(signature: BlindedSignature($0).json) }))
    }
}

/// Whatever else is asked of a refresh.
struct PostRefreshOperation: Endpoint {
    static let route = Route(.post, "/refreshes/:rch/:operation")

    /// - Throws: 400 / 1362, then 400 / 1363.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let _: RefreshCommitment = try path.value("rch", or: .exchangeRefreshesRevealInvalidRch)
        throw APIError(
            .exchangeRefreshesRevealOperationInvalid, hint: "A refresh can only be revealed.", detail: path["operation"])
    }
}
