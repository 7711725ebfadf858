// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire
import TestSupport

extension InterfaceTableTests {
    private static let endpoint = "GET /history-range"

    /// Alice has paid the exchange 1, 2 and 3 at the seconds 10, 20 and 30 after the clock's begin, and was paid at its begin; the
    /// second payment is rejected.
    private static func scene(_ bank: SocketBank) async throws {
        try await bank.register("alice")
        var rows: [Int64] = []
        for number in 1...3 {
            bank.clock.advance(bySeconds: 10)
            rows.append(try await bank.pay("KUDOS:\(number)", from: "alice", to: "exchange", subject: "s\(number)"))
        }
        try await bank.client.reject(row: rows[1], credentials: bank.login("exchange"))
    }

    private static func range(_ bank: SocketBank, _ query: String, from: Int = 0, to: Int = 99) async throws -> Response {
        try await bank.get("/history-range?auth=basic&start=\(1_700_000_000 + from)&end=\(1_700_000_000 + to)\(query)", as: "alice")
    }

    private static func expect(_ response: Response, _ expected: [String]) throws {
        let found = try response.subjects()
        try require(found == expected, "it lists \(found), not \(expected)")
    }

    static let historyRangeRows: [InterfaceRow] = [
        InterfaceRow(endpoint, "200 OK", "JSON object whose field data is an array of type BankTransaction.", 200) { bank in
            try await scene(bank)
            let response = try await range(bank, "")
            let names = try response.historyRows().map { $0.objectValue?.names ?? [] }
            try require(try response.json().objectValue?.names == ["data"], "there is more than data")
            try require(
                names == Array(repeating: ["row_id", "date", "amount", "sign", "counterpart", "wt_subject"], count: 4),
                "a row has other members")
            return response
        },
        InterfaceRow(endpoint, "204 No content", "In case no records exist for the targeted user.", 204) { bank in
            try await scene(bank)
            let response = try await range(bank, "", from: 31)
            try require(response.body.isEmpty, "there is a body")
            return response
        },
        InterfaceRow(endpoint, "auth", "Only value \"basic\" is accepted.", 400) { bank in
            try await bank.register("alice")
            return try await bank.get("/history-range?auth=token&start=0&end=9", as: "alice")
        },
        InterfaceRow(endpoint, "start", "Unix timestamp indicating the oldest transaction accepted in the result.", 200) { bank in
            try await scene(bank)
            for query in ["end=9", "start=x&end=9", "start=-1&end=9", "start=1.5&end=9"] {
                try require(try await bank.get("/history-range?" + query, as: "alice").status == 400, "\(query) is accepted")
            }
            try expect(try await range(bank, "", from: 21), ["s3 u"])
            let response = try await range(bank, "", from: 20)
            try expect(response, ["s3 u", "s2 u"])
            return response
        },
        InterfaceRow(endpoint, "end", "Unix timestamp indicating the youngest transaction accepted in the result.", 200) { bank in
            try await scene(bank)
            for query in ["start=9", "start=0&end=", "start=0&end=99999999999999999999"] {
                try require(try await bank.get("/history-range?" + query, as: "alice").status == 400, "\(query) is accepted")
            }
            let response = try await range(bank, "", to: 10)
            try expect(response, ["s1 u", "Welcome"])
            return response
        },
        InterfaceRow(endpoint, "direction", "Argument taking values debit or credit; use both to return both directions.", 200) { bank in
            try await scene(bank)
            try require(try await range(bank, "&direction=up").status == 400, "another word is accepted")
            try expect(try await range(bank, "&direction=credit"), ["Welcome"])
            try expect(try await range(bank, "&direction=debit"), ["s3 u", "s2 u", "s1 u"])
            let response = try await range(bank, "&direction=both")
            try expect(response, ["s3 u", "s2 u", "s1 u", "Welcome"])
            return response
        },
        InterfaceRow(endpoint, "cancelled", "Argument taking values omit or show to filter out rejected transactions.", 200) { bank in
            try await scene(bank)
            try require(try await range(bank, "&cancelled=yes").status == 400, "another word is accepted")
            try expect(try await range(bank, "&cancelled=omit"), ["s3 u", "s1 u", "Welcome"])
            let response = try await range(bank, "&cancelled=show")
            try expect(response, ["s3 u", "s2 u", "s1 u", "Welcome"])
            return response
        },
        InterfaceRow(endpoint, "account_number", "Bank account whose history is to be returned. Currently ignored.", 200) { bank in
            try await scene(bank)
            let response = try await range(bank, "&account_number=4711")
            try expect(response, ["s3 u", "s2 u", "s1 u", "Welcome"])
            return response
        },
        InterfaceRow(endpoint, "ordering", "Can be descending or ascending. Defaults to descending.", 200) { bank in
            try await scene(bank)
            try require(try await range(bank, "&ordering=up").status == 400, "another word is accepted")
            try expect(try await range(bank, "&ordering=ascending"), ["Welcome", "s1 u", "s2 u", "s3 u"])
            try expect(try await range(bank, "&ordering=descending"), ["s3 u", "s2 u", "s1 u", "Welcome"])
            let response = try await range(bank, "")
            try expect(response, ["s3 u", "s2 u", "s1 u", "Welcome"])
            return response
        },
    ]
}
