// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Foundation
import GRDB
import MerchantStore
import TalerWire
import Testing

/// A database that a former version wrote is taken up as it is: nothing that was paid is forgotten.
struct MerchantStoreMigrationTests {
    let folder: ScratchFolder
    let store: MerchantStore

    init() async throws {
        folder = try ScratchFolder()
        let path = folder.path + "/merchant.sqlite"
        let old = try DatabaseQueue(path: path)
        let rows = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("database-of-schema-2.sql")
        let sql = try String(contentsOf: rows, encoding: .utf8)
        try await old.write { try $0.execute(sql: sql) }
        try old.close()
        store = try MerchantStore.open(at: path)
    }

    @Test func anIntentThatWasOpenIsOpenAndInDoubt() async throws {
        let open = try await store.openIntents()
        #expect(open.map(\.id) == [2])
        #expect(open.first?.mayHaveReached == true)
        #expect(open.first?.coins.first?.contribution == (try Amount("KUDOS:0.5")))
        #expect(open.first?.coins.first?.refundFee == nil)
    }

    @Test func whatWasPaidKeepsItsConfirmation() async throws {
        let intent = try await store.intent(id: 1)
        guard case .accepted(let confirmation?) = intent.state else {
            Issue.record("it is \(intent.state)")
            return
        }
        #expect(confirmation.exchangeSignatures.map(\.bytes) == [[UInt8](repeating: 0xBB, count: 64)])
        #expect(try await store.contract(intent.contractHash)?.payment?.signature.bytes == [UInt8](repeating: 0xCC, count: 64))
    }

    @Test func aRefusalKeepsTheExchangesAnswer() async throws {
        #expect(try await store.intent(id: 3).state == .refused(status: 409, answer: ["code": 1012]))
    }
}
