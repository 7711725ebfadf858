// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerWire
import Testing

/// The order of the table of checks of `POST /batch-deposit`, over real sockets.
@Suite struct CheckOrderTests {
    /// No request can break both: a refund deadline cannot be after "never", and no denomination has both expired and not begun.
    private static let impossible: [[Violation]] = [[.refundAfterWire, .wireNever], [.expired, .future]]

    @Test func eachRowIsAnsweredBeforeTheOnesBelowIt() async throws {
        var count = 0
        for row in Violation.allCases {
            try await expect(row, among: [row])
            guard let next = Violation(rawValue: row.rawValue + 1) else { continue }
            if Self.impossible.contains([row, next]) {
                // The next but one, then.
                guard let later = Violation(rawValue: row.rawValue + 2) else { continue }
                try await expect(row, among: [row, later])
                count += 1
            } else {
                try await expect(row, among: [row, next])
                count += 1
            }
        }
        // Beside the two impossible neighbours stands what comes before them.
        try await expect(.merchantSignature, among: [.merchantSignature, .wireNever])
        try await expect(.aboveValue, among: [.aboveValue, .future])
        #expect(count == Violation.allCases.count - 1)
        print("batch-deposit order: \(Violation.allCases.count) rows alone, \(count) with the one below")
    }

    private func expect(_ row: Violation, among rows: Set<Violation>) async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/exchange.sqlite"
        let exchange = try await LiveExchange(path: path)
        let deposit = ViolatingDeposit(rows, at: exchange, path: path)
        let response = try await deposit.send()
        let names = rows.sorted().map { "\($0.rawValue) \($0)" }.joined(separator: ", ")
        #expect(response.status == row.status, "\(names)")
        #expect(response.code == row.code, "\(names): \(response.text)")
        if let field = row.field { #expect(try response.json()["field"]?.stringValue == field, "\(names)") }
        #expect(try await exchange.fixture.audit().problems == [], "\(names)")
        await exchange.stop()
    }
}
