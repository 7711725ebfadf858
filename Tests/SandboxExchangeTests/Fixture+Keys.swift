// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire
import Testing
import TestSupport

let day: Int64 = 86_400

extension Fixture {
    /// `/keys`, verified as a merchant's client does it.
    func verifiedKeys() async throws -> VerifiedKeys {
        let fetcher = KeysFetcher(sender: NoSender(), clock: clock, currency: SharedKeys.currency)
        return try fetcher.verify(await get("/keys").body, master: SharedKeys.masterPub)
    }

    /// The exchange's word that a withdrawal or a deposit cannot be had from that denomination now, as a merchant's client checks it.
    func expectGone(
        _ denomination: DenominationRecord, _ code: Int, for operation: DenominationExpiredAffirmation.Operation,
        in response: Response, location: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(response.status == 410, sourceLocation: location)
        #expect(response.code == code, sourceLocation: location)
        let refusal: DenominationRefusal = try response.json().decode()
        #expect(refusal.denominationHash == denomination.hash, sourceLocation: location)
        #expect(refusal.operation == operation.rawValue, sourceLocation: location)
        let statement = DenominationExpiredAffirmation(
            timestamp: refusal.timestamp, operation: operation, denominationHash: denomination.hash)
        #expect(statement.isValid(refusal.exchangeSignature, by: refusal.exchangePub), sourceLocation: location)
        #expect(try await verifiedKeys().signingKey(refusal.exchangePub, at: clock.now()) != nil, sourceLocation: location)
    }
}

private struct NoSender: Sender {
    func send(_ request: OutgoingRequest) async throws(SendError) -> Response { throw .notSent("nobody is asked here") }
}
