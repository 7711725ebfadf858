// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerWire
import TestSupport
import Testing

/// Every status and code that the documentation of `POST /batch-deposit` names, over real sockets.
@Suite struct SeedTableTests {
    /// What the documentation names: a table without one of these is not whole.
    private static let named: [Int: Set<Int>] = [
        200: [], 400: [22, 1209], 403: [26, 1006, 1205], 404: [1005, 1041], 409: [1003, 1012, 1015, 1206], 410: [1008, 1009, 1010],
        451: [1028],
    ]

    @Test func everyStatusAndCodeOfTheDocumentationIsAnswered() async throws {
        var answered: [Int: Set<Int>] = [:]
        var right = 0
        var lines: [String] = []
        for row in SeedRow.all {
            let exchange = try await LiveExchange()
            let response = try await row.ask(exchange)
            #expect(response.status == row.status, "\(row.text)")
            #expect(response.code == row.code, "\(row.text)")
            if row.status >= 400 {
                let hint = try response.json()["hint"]?.stringValue
                #expect(hint?.isEmpty == false, "\(row.text)")
            }
            #expect(try await exchange.fixture.audit().problems == [], "\(row.text)")
            let isRight = response.status == row.status && response.code == row.code
            right += isRight ? 1 : 0
            answered[response.status, default: []].formUnion(response.code.map { [$0] } ?? [])
            let code = response.code.map { "\($0)" } ?? ""
            lines.append("batch-deposit | \(response.status) | \(Self.padded(code, 4)) | \(row.text) | \(isRight ? "ok" : "WRONG")")
            await exchange.stop()
        }
        #expect(answered == Self.named)
        #expect(Set(SeedRow.all.map(\.text)).count == SeedRow.all.count)
        lines.append("batch-deposit table: \(right) of \(SeedRow.all.count) rows as the documentation says, \(answered.count) statuses")
        print(lines.joined(separator: "\n"))
    }

    static func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
}
