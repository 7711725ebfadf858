// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What was paid into a reserve and withdrawn from it, told to its owner alone.
struct GetReserveHistory: Endpoint {
    static let route = Route(.get, "/reserves/:reserve_pub/history")

    let store: ExchangeStore

    /// - Throws: `APIError`, in this order: 400 / 27, 400 / 26, 400 / 25 without the signature, 403 / 1252, 404 / 1027.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let reserve = try path.reservePub
        let start = try request.historyStart()
        let signature: EdDSASignature = try request.field("Taler-Reserve-History-Signature")
        guard ReserveHistoryRequest(startOffset: start).isValid(signature, by: reserve) else {
            throw APIError(.exchangeReserveHistoryBadSignature, hint: "The reserve's owner has not signed this question.")
        }
        guard let history = try await store.history(of: reserve, after: start) else { throw APIError.unknownReserve }
        let message = ReserveHistoryResponse(balance: history.balance, history: history.events.map(Self.entry))
        return try request.historyAnswer(message, lastNumber: history.lastNumber, isEmpty: history.events.isEmpty)
    }

    private static func entry(_ event: ReserveEvent) -> ReserveHistoryEntry {
        switch event {
        case .credit(let credit):
            .credit(
                ReserveCreditEntry(
                    timestamp: credit.date, senderAccount: credit.origin, wireReference: credit.bankRow, amount: credit.amount))
        case .withdrawal(let coin, let fee):
            .withdraw(
                ReserveWithdrawEntry(
                    reserveSignature: coin.reserveSignature, coinEnvelopeHash: coin.envelopeHash,
                    denominationHash: coin.denominationHash, withdrawFee: fee, amount: coin.amountWithFee))
        }
    }
}
