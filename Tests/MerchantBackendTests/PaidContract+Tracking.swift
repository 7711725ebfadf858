// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantBackend
import MerchantCore
import MerchantStore
import TalerWire
import TestSupport

extension PaidContract {
    static let day: Int64 = 86_400

    /// The wire deadline passes, and the exchange pays what is due.
    func wire() async throws {
        merchant.exchange.clock.advance(bySeconds: 2 * Self.day)
        try await merchant.exchange.aggregate()
    }

    func track() async -> Response {
        guard let id = try? await stored().terms.transactionID else { return Response(status: 0) }
        return await merchant.send(.get, "/track/transaction?id=\(id)")
    }

    func stored() async throws -> StoredContract {
        guard let contract = try await merchant.store.contract(contract.contractHash) else { throw FixtureError.refused("no contract") }
        return contract
    }

    /// How often the exchange was asked about coins.
    var questions: Int { merchant.wire.count(containing: "/deposits/") }

    /// The next question about a coin of this contract meets this fault.
    func planForQuestion(_ fault: FaultySender.Fault) { merchant.wire.plan(fault, containing: "\(contract.contractHash)/") }

    func report() async throws -> ReconciliationReport { try await merchant.service.reconciler.report() }
}

extension Merchant {
    func trackTransfer(_ id: WireTransferID) async -> Response {
        await send(.get, "/track/transfer?wtid=\(id)&exchange=http://exchange.test/")
    }
}
