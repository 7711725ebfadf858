// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import Foundation
import HTTPCore
@testable import MerchantBackend
import MerchantAPI
import MerchantStore
import Synchronization
import TalerWire
import Testing

struct ExportTests {
    static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

    @Test func linesAreThoseOfTheStandard() {
        #expect(Self.text(CSVTable.line([.text("a"), .number(-1), .none, .amount(amount("1.5"))])) == "a,-1,,1.5\r\n")
        #expect(
            Self.text(CSVTable.line([.text("a,b"), .text("say \"hi\""), .text("two\nlines"), .text("é")]))
                == "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",é\r\n")
        #expect(Self.text(CSVTable.line([.time(SharedKeys.start), .time(.never)])) == "2026-11-18T11:06:40Z,never\r\n")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
    func aTextIsNoFormula(text: String) {
        let line = Self.text(CSVTable.line([.text(text)]))
        #expect(line.hasPrefix("'\(text.first ?? " ")") || line.hasPrefix("\"'\(text.first ?? " ")"))
    }

    static func rows(_ store: MerchantStore, _ kind: ExportKind, from: Timestamp = .zero, until: Timestamp = .never) async throws
        -> [[String]]
    {
        let rows = Mutex<[[ExportField]]>([])
        try await store.export(kind, from: from, until: until) { row in rows.withLock { $0.append(row) } }
        return rows.withLock { $0 }.map { row in
            Self.text(CSVTable.line(row)).dropLast(1).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func everyTableHasItsColumnsAndTheBooksAddUp() async throws {
        let bank = RevenueBank()
        let merchant = try await Merchant(bank: bank)
        let paid = try await PaidContract(merchant, price: "1", coins: [("1.28", "1"), ("0.64", "0.2")])
        #expect(try await paid.refunded("0.7").givenAmount == amount("0.7"))
        try await paid.wire()
        bank.deliver(merchant.exchange)
        try await merchant.reconcile()
        for kind in ExportKind.allCases {
            for row in try await Self.rows(merchant.store, kind) { #expect(row.count == kind.columns.count) }
        }
        let payment = try #require(try await Self.rows(merchant.store, .payments).first)
        #expect(Array(payment[2...].prefix(1)) == ["1"])
        #expect(Array(payment[5...]) == ["http://exchange.test/", "KUDOS", "1", "1.2", "0.02", "0.7", "0.48"])
        let fees = try await Self.rows(merchant.store, .fees)
        #expect(fees.map { $0[1] }.filter { $0 != "refund" } == ["deposit", "deposit", "wire"])
        #expect(fees.allSatisfy { $0[3] == "KUDOS" && $0[4] == "0.01" })
        let refunds = try await Self.rows(merchant.store, .refunds)
        #expect(refunds.allSatisfy { $0[9] == "accepted" && $0[10] == "broken" })
        let transfer = try #require(try await Self.rows(merchant.store, .transfers).first)
        #expect(Array(transfer[4...].prefix(5)) == ["KUDOS", "0.47", "0.01", "2", "bank"])
        #expect(transfer[10] == "0.47")
    }

    @Test func onlyTheAskedDaysAreExported() async throws {
        let paid = try await PaidContract()
        let at = try #require(try await paid.stored().payment?.at)
        let store = paid.merchant.store
        #expect(try await Self.rows(store, .payments, from: at, until: at.advanced(bySeconds: 1)).count == 1)
        #expect(try await Self.rows(store, .payments, from: at.advanced(bySeconds: 1)).isEmpty)
        #expect(try await Self.rows(store, .payments, until: at).isEmpty)
    }

    @Test func itReadsBesideABackendThatServes() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/merchant.sqlite"
        let merchant = try await Merchant(store: .open(at: path))
        _ = try await PaidContract(merchant)
        let reader = try MerchantStore.openReadOnly(at: path)
        #expect(try await Self.rows(reader, .payments).count == 1)
        _ = try await PaidContract(merchant, transactionID: 2)
        #expect(try await Self.rows(reader, .payments).count == 2)
        reader.close()
    }
}
