// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization
import Testing

/// Every status and every parameter of the bank's document of 2019, over sockets; printed as a table.
@Suite(.serialized) struct InterfaceTableTests {
    /// Which statuses and parameters the document names, read from it by hand, and what its clients sent besides.
    static let document: [(endpoint: String, subjects: [String])] = [
        (
            "POST /register",
            ["200 OK", "409 Conflict", "406 Not Acceptable", "username", "password", "Content-Type"]
        ),
        (
            "POST /taler/withdraw",
            [
                "200 OK", "406 Not Acceptable", "404 Not Found", "auth", "amount", "reserve_pub", "exchange_wire_details",
                "exchange_wire_detail", "sender_wire_details", "exchange_url",
            ]
        ),
        (
            "POST /admin/add/incoming",
            [
                "200 OK", "400 Bad Request", "406 Not Acceptable", "401 Unauthorized", "404 Not Found", "auth", "amount", "exchange_url",
                "subject", "debit_account", "credit_account", "timestamp", "row_id", "type", "X-Taler-Bank-Username",
                "X-Taler-Bank-Password", "Authorization", "error", "ec", "Content-Encoding",
            ]
        ),
        (
            "PUT /reject",
            [
                "204 No Content", "400 Bad Request", "404 Not Found", "cancelled+", "auth", "row_id", "account_number",
                "row_id (body)", "credit_account (body)", "twice",
            ]
        ),
        ("POST /reject", ["204 No Content"]),
        (
            "GET /history-range",
            ["200 OK", "204 No content", "auth", "start", "end", "direction", "cancelled", "account_number", "ordering"]
        ),
        (
            "GET /history",
            [
                "200 OK", "204 No content", "X-Taler-Bank-Username", "Taler-Bank-Password", "start", "delta", "delta < 0", "delta = 0",
                "starting point", "direction", "cancelled", "account_number", "long_poll_ms", "long_poll_ms, nothing comes", "row_id",
                "date", "amount", "sign", "counterpart", "wt_subject",
            ]
        ),
        (
            "Withdrawing coins",
            [
                "202 Accepted", "X-Taler-Operation", "X-Taler-Callback-Url", "X-Taler-Wt-Types", "X-Taler-Amount", "X-Taler-Sender-Wire",
                "X-Taler-Suggested-Exchange",
            ]
        ),
        (
            "GET <callback>",
            [
                "amount_value", "amount_fraction", "amount_currency", "exchange", "reserve_pub", "exchange_wire_details", "redirects",
            ]
        ),
        ("Make elements visible", ["taler-installed-show", "taler-installed-hide", "taler-presence-stylesheet"]),
    ]

    static let rows = registerRows + withdrawRows + addIncomingRows + rejectRows + historyRangeRows + historyRows + pageRows

    /// Outcomes by row, printed when the last one is there.
    private static let outcomes = Mutex<[Int: String]>([:])

    @Test(arguments: rows.indices.map { NumberedRow(number: $0, row: rows[$0]) })
    func theBankDoesWhatTheDocumentSays(_ numbered: NumberedRow) async throws {
        var failure: String? = "it did not end"
        try await SocketBank.run(hasPages: Self.pageRows.contains { $0.endpoint == numbered.row.endpoint }) {
            failure = await numbered.row.failure(at: $0)
        }
        if let failure { Issue.record("\(failure)") }
        let row = numbered.row
        let words = row.text.count > 100 ? row.text.prefix(97) + "..." : row.text[...]
        let line = "bank table | \(row.endpoint) | \(row.subject) | \(words) | \(row.status) | \(failure.map { "FAILED: \($0)" } ?? "ok")"
        let all = Self.outcomes.withLock { outcomes in
            outcomes[numbered.number] = line
            return outcomes.count == Self.rows.count ? Self.rows.indices.compactMap { outcomes[$0] } : nil
        }
        if let all {
            let passed = all.count { $0.hasSuffix("| ok") }
            print(all.joined(separator: "\n") + "\nbank table: \(all.count) rows, \(passed) as the document says")
        }
    }

    @Test func everythingThatTheDocumentNamesHasARow() {
        let named = Self.document.flatMap { entry in entry.subjects.map { "\(entry.endpoint) | \($0)" } }
        let shown = Self.rows.map { "\($0.endpoint) | \($0.subject)" }
        #expect(Set(named).subtracting(shown) == [])
        #expect(Set(shown).subtracting(named) == [])
        #expect(Set(shown).count == shown.count)
    }

    struct NumberedRow: Sendable, CustomTestStringConvertible {
        let number: Int
        let row: InterfaceRow
        var testDescription: String { row.testDescription }
    }
}
