// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire
import TestSupport

@testable import SandboxBank

extension InterfaceTableTests {
    private static let endpoint = "GET /history"

    /// Alice got her gift and has paid the exchange 1, 2 and 3; the second payment is rejected.
    /// - Returns: the rows of the payments.
    @discardableResult
    private static func scene(_ bank: SocketBank) async throws -> [Int64] {
        try await bank.register("alice")
        var rows: [Int64] = []
        for number in 1...3 { rows.append(try await bank.pay("KUDOS:\(number)", from: "alice", to: "exchange", subject: "s\(number)")) }
        try await bank.client.reject(row: rows[1], credentials: bank.login("exchange"))
        return rows
    }

    private static func expect(_ bank: SocketBank, _ query: String, _ expected: [String]) async throws -> Response {
        let response = try await bank.get("/history?auth=basic&" + query, as: "alice")
        let found = try response.subjects()
        try require(found == expected, "\(query) lists \(found), not \(expected)")
        return response
    }

    private static func lastRow(_ bank: SocketBank) async throws -> (Response, JSONValue?, Int64) {
        let rows = try await scene(bank)
        let response = try await bank.get("/history?delta=-1", as: "alice")
        return (response, try response.historyRows().first, rows[2])
    }

    static let historyRows: [InterfaceRow] = [
        InterfaceRow(endpoint, "200 OK", "JSON object whose field data is an array of type BankTransaction.", 200) { bank in
            try await scene(bank)
            let response = try await expect(bank, "delta=9", ["Welcome", "s1 u", "s2 u", "s3 u"])
            try require(try response.json().objectValue?.names == ["data"], "there is more than data")
            return response
        },
        InterfaceRow(endpoint, "204 No content", "In case no records exist for the targeted user.", 204) { bank in
            let response = try await bank.get("/history?delta=9", as: "exchange")
            try require(response.body.isEmpty, "there is a body")
            return response
        },
        InterfaceRow(endpoint, "X-Taler-Bank-Username", "Clients must provide authentication information via headers.", 401) { bank in
            try await bank.register("alice")
            try require(try await bank.get("/history?delta=1", as: "nobody").status == 401, "nobody may look")
            return try await bank.get("/history?delta=1")
        },
        InterfaceRow(endpoint, "Taler-Bank-Password", "Clients must provide authentication information via headers.", 200) { bank in
            try await bank.register("alice")
            var fields: HTTPFields = ["X-Taler-Bank-Username": "alice", "Taler-Bank-Password": "guessed"]
            try require(try await bank.send(.get, "/history?delta=1", fields: fields).status == 401, "a guess is accepted")
            fields["Taler-Bank-Password"] = "alice's password"
            return try await bank.send(.get, "/history?delta=1", fields: fields)
        },
        InterfaceRow(endpoint, "start", "Row identifier to explicitly set the starting point of the query.", 200) { bank in
            let rows = try await scene(bank)
            try require(try await bank.get("/history?delta=1&start=x", as: "alice").status == 400, "a word is accepted")
            _ = try await expect(bank, "delta=9&start=\(rows[2])", [])
            _ = try await expect(bank, "delta=-9&start=\(rows[0])", ["Welcome"])
            return try await expect(bank, "delta=9&start=\(rows[0])", ["s2 u", "s3 u"])
        },
        InterfaceRow(endpoint, "delta", "Positive: up to delta transactions strictly after the starting point, ascending.", 200) { bank in
            let rows = try await scene(bank)
            for query in ["", "delta=x", "delta=", "delta=1e3", "delta=99999999999999999999"] {
                try require(try await bank.get("/history?" + query, as: "alice").status == 400, "\(query) is accepted")
            }
            _ = try await expect(bank, "delta=1&start=\(rows[0])", ["s2 u"])
            return try await expect(bank, "delta=2", ["Welcome", "s1 u"])
        },
        InterfaceRow(endpoint, "delta < 0", "Up to -delta transactions strictly before the starting point, descending.", 200) { bank in
            let rows = try await scene(bank)
            _ = try await expect(bank, "delta=-2&start=\(rows[2])", ["s2 u", "s1 u"])
            return try await expect(bank, "delta=-2", ["s3 u", "s2 u"])
        },
        InterfaceRow(endpoint, "delta = 0", "A signed non-zero integer delta.", 400) { bank in
            try await bank.register("alice")
            return try await bank.get("/history?delta=0", as: "alice")
        },
        InterfaceRow(endpoint, "starting point", "Defaults to a value smaller than all rows, or larger if delta is negative.", 200) {
            bank in
            try await scene(bank)
            _ = try await expect(bank, "delta=1", ["Welcome"])
            return try await expect(bank, "delta=-1", ["s3 u"])
        },
        InterfaceRow(endpoint, "direction", "debit: only transactions that debit this account, credit, or both.", 200) { bank in
            try await scene(bank)
            try require(try await bank.get("/history?delta=1&direction=up", as: "alice").status == 400, "another word is accepted")
            _ = try await expect(bank, "delta=9&direction=credit", ["Welcome"])
            _ = try await expect(bank, "delta=9&direction=debit", ["s1 u", "s2 u", "s3 u"])
            return try await expect(bank, "delta=9&direction=both", ["Welcome", "s1 u", "s2 u", "s3 u"])
        },
        InterfaceRow(endpoint, "cancelled", "omit to omit rejected transactions or show to keep rejected transaction.", 200) { bank in
            try await scene(bank)
            try require(try await bank.get("/history?delta=1&cancelled=yes", as: "alice").status == 400, "another word is accepted")
            _ = try await expect(bank, "delta=9&cancelled=omit", ["Welcome", "s1 u", "s3 u"])
            return try await expect(bank, "delta=9&cancelled=show", ["Welcome", "s1 u", "s2 u", "s3 u"])
        },
        InterfaceRow(endpoint, "account_number", "Bank account whose history is to be returned. Currently ignored.", 200) { bank in
            try await scene(bank)
            return try await expect(bank, "delta=1&account_number=4711", ["Welcome"])
        },
        InterfaceRow(endpoint, "long_poll_ms", "The bank will wait up to long_poll_ms for new transactions that match.", 200) { bank in
            try await bank.register("alice")
            async let answer = bank.get("/history?delta=1&direction=credit&long_poll_ms=80000", as: "exchange")
            try await eventually { bank.service.waitingRequests == 1 }
            // It ends the wait at once: who waited for the 80 seconds would make no test of this suite green in time.
            try await bank.pay(from: "alice", to: "exchange", subject: "awaited")
            let response = try await answer
            try require(try response.subjects() == ["awaited u"], "the answer is not what it waited for")
            return response
        },
        InterfaceRow(endpoint, "long_poll_ms, nothing comes", "If the result of the query would be empty.", 204) { bank in
            for query in ["-1", "x", "1.5"] {
                let status = try await bank.get("/history?delta=1&long_poll_ms=" + query, as: "exchange").status
                try require(status == 400, "\(query) is accepted")
            }
            return try await bank.get("/history?delta=1&long_poll_ms=1", as: "exchange")
        },
        InterfaceRow(endpoint, "row_id", "Identification number of the record.", 200) { bank in
            let (response, row, expected) = try await lastRow(bank)
            try require(row?["row_id"] == .integer(expected), "it is another one")
            return response
        },
        InterfaceRow(endpoint, "date", "Date of the transaction.", 200) { bank in
            let (response, row, _) = try await lastRow(bank)
            try require(row?["date"] == ["t_ms": 1_700_000_000_000], "it is another one")
            return response
        },
        InterfaceRow(endpoint, "amount", "Amount transferred.", 200) { bank in
            let (response, row, _) = try await lastRow(bank)
            try require(row?["amount"] == "KUDOS:3", "it is another one")
            return response
        },
        InterfaceRow(endpoint, "sign", "\"-\" if the transfer was outgoing, \"+\" if it was incoming; \"cancel+\" or \"cancel-\".", 200) {
            bank in
            try await scene(bank)
            let paid = try await bank.get("/history?delta=9", as: "alice")
            try require(try paid.signs() == ["+", "-", "cancel-", "-"], "the payer sees \(try paid.signs())")
            let got = try await bank.get("/history?delta=9", as: "exchange")
            try require(try got.signs() == ["+", "cancel+", "+"], "the receiver sees \(try got.signs())")
            return got
        },
        InterfaceRow(endpoint, "counterpart", "Bank account number of the other party involved in the transaction.", 200) { bank in
            let (response, row, _) = try await lastRow(bank)
            try require(row?["counterpart"] == .integer(try await bank.number("exchange")), "it is another one")
            return response
        },
        InterfaceRow(endpoint, "wt_subject", "Wire transfer subject line.", 200) { bank in
            let (response, row, _) = try await lastRow(bank)
            try require(row?["wt_subject"] == "s3 u", "it is another one")
            return response
        },
    ]
}
