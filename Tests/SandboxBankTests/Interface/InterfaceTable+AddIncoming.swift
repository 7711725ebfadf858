// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Foundation
import HTTPCore
import TalerWire

extension InterfaceTableTests {
    private static let endpoint = "POST /admin/add/incoming"
    private static let path = "/admin/add/incoming"

    private static func body(_ bank: SocketBank, _ changes: JSONObject = [:]) async throws -> JSONValue {
        var object: JSONObject = [
            "auth": ["type": "basic"], "amount": "KUDOS:1", "exchange_url": "https://exchange.example/", "subject": "hello",
            "debit_account": 4711, "credit_account": .integer(try await bank.number("exchange")),
        ]
        for member in changes.members { object[member.name] = member.value }
        return .object(object)
    }

    private static func add(_ bank: SocketBank, _ changes: JSONObject = [:]) async throws -> Response {
        if try await bank.balance("alice") == nil { try await bank.register("alice") }
        return try await bank.post(path, body(bank, changes), as: "alice")
    }

    private static func lastRow(_ bank: SocketBank) async throws -> JSONValue? {
        try await bank.get("/history?delta=-1", as: "exchange").historyRows().first
    }

    static let addIncomingRows: [InterfaceRow] = [
        InterfaceRow(
            endpoint, "200 OK", "The funds have been transferred to the recipient's account. The body is a BankDepositDetails.", 200
        ) { bank in
            let response = try await add(bank)
            try require(try response.json().objectValue?.names == ["timestamp", "row_id"], "BankDepositDetails has other members")
            try require(try await bank.balance("exchange") == "KUDOS:1", "the recipient has not got it")
            try require(try await bank.balance("alice") == "KUDOS:99", "the payer has not paid")
            return response
        },
        InterfaceRow(endpoint, "400 Bad Request", "The bank replies a BankError object.", 400) { bank in
            for change: JSONObject in [["subject": 7], ["credit_account": "2"], ["amount": "much"], ["subject": "a\nb"]] {
                let response = try await add(bank, change)
                try require(response.status == 400, "\(change) is \(response.status)")
                try response.requireBankError()
            }
            return try await bank.send(.post, path, Array("{".utf8), as: "alice")
        },
        InterfaceRow(endpoint, "406 Not Acceptable", "The request had wrong currency; the bank replies a BankError object.", 406) { bank in
            let response = try await add(bank, ["amount": "EUR:1"])
            try response.requireBankError(code: 30)
            let poor = try await add(bank, ["amount": "KUDOS:101"])
            try require(poor.status == 406, "without credit it is \(poor.status)")
            try poor.requireBankError(code: 5102)
            return response
        },
        InterfaceRow(endpoint, "401 Unauthorized", "The user calling it has to authenticate by including his credentials.", 401) { bank in
            let response = try await bank.post(path, body(bank))
            try response.requireBankError(code: 40)
            return response
        },
        InterfaceRow(endpoint, "404 Not Found", "The recipient's account is not known.", 404) { bank in
            let response = try await add(bank, ["credit_account": 99])
            try response.requireBankError(code: 5106)
            return response
        },
        InterfaceRow(endpoint, "auth", "Authentication method used.", 400) { bank in
            let response = try await add(bank, ["auth": "basic"])
            try response.requireBankError(code: 26)
            return response
        },
        InterfaceRow(endpoint, "amount", "JSON 'amount' object. The amount the caller wants to transfer.", 200) { bank in
            try require(try await add(bank, ["amount": "KUDOS:2"]).status == 200, "the text is refused")
            let response = try await add(bank, ["amount": ["value": 1, "fraction": 50_000_000, "currency": "KUDOS"]])
            try require(try await bank.balance("exchange") == "KUDOS:3.5", "another amount was moved")
            return response
        },
        InterfaceRow(endpoint, "exchange_url", "Exchange base URL, used to perform tracking requests.", 200) { bank in
            let response = try await add(bank, ["exchange_url": "https exchange.com", "subject": "wtid"])
            try require(try await lastRow(bank)?["wt_subject"] == "wtid https exchange.com", "it does not end the subject")
            return response
        },
        InterfaceRow(endpoint, "subject", "The subject of this wire transfer.", 200) { bank in
            let response = try await add(bank, ["subject": .string(Base32.encode([UInt8](1...32)))])
            let purpose = try await bank.gateway().incoming(delta: 1)?.transactions.first?.purpose
            try require(purpose == .reserve(try ReservePublicKey([UInt8](1...32))), "the exchange does not find its key")
            return response
        },
        InterfaceRow(
            endpoint, "debit_account", "Ignored: it's always the account of the logged user that plays as the debit account.", 200
        ) { bank in
            let own = try await bank.number("bank")
            let response = try await add(bank, ["debit_account": .integer(own)])
            let payer = try await bank.number("alice")
            try require(try await lastRow(bank)?["counterpart"] == .integer(payer), "another account has paid")
            return response
        },
        InterfaceRow(endpoint, "credit_account", "The recipient's account identificator.", 200) { bank in
            try await bank.register("bob")
            let response = try await add(bank, ["credit_account": .integer(try await bank.number("bob"))])
            try require(try await bank.balance("bob") == "KUDOS:101", "the recipient has not got it")
            return response
        },
        InterfaceRow(endpoint, "timestamp", "Timestamp related to the transaction being made.", 200) { bank in
            let response = try await add(bank)
            try require(try response.json()["timestamp"] == ["t_ms": 1_700_000_000_000], "it is another time")
            return response
        },
        InterfaceRow(endpoint, "row_id", "Row id number identifying the transaction in the bank's database.", 200) { bank in
            let response = try await add(bank)
            try require(try await lastRow(bank)?["row_id"] == response.json()["row_id"], "the history has another one")
            return response
        },
        InterfaceRow(endpoint, "type", "Only value \"basic\" is accepted in this field.", 400) { bank in
            try await add(bank, ["auth": ["type": "digest"]])
        },
        InterfaceRow(endpoint, "X-Taler-Bank-Username", "The credentials must be indicated in HTTP headers.", 401) { bank in
            try await bank.register("alice")
            return try await bank.send(
                .post, path, body(bank).serialized(), fields: ["X-Taler-Bank-Username": "bob", "X-Taler-Bank-Password": "alice's password"])
        },
        InterfaceRow(endpoint, "X-Taler-Bank-Password", "The credentials must be indicated in HTTP headers.", 401) { bank in
            try await bank.register("alice")
            return try await bank.send(
                .post, path, body(bank).serialized(), fields: ["X-Taler-Bank-Username": "alice", "X-Taler-Bank-Password": "guessed"])
        },
        InterfaceRow(endpoint, "Authorization", "HTTP Basic is accepted as well.", 200) { bank in
            try await bank.register("alice")
            return try await bank.send(.post, path, body(bank).serialized(), fields: bank.login("alice").basicFields)
        },
        InterfaceRow(endpoint, "error", "Human readable explanation of the failure.", 400) { bank in
            let response = try await add(bank, ["amount": "KUDOS:0"])
            let text = try response.json()["error"]?.stringValue ?? ""
            try require(text.contains(" ") && text.hasSuffix("."), "it is no sentence")
            return response
        },
        InterfaceRow(endpoint, "ec", "Numeric Taler error code (TALER_ErrorCode).", 400) { bank in
            try await bank.register("alice")
            let response = try await add(bank, ["credit_account": .integer(try await bank.number("alice"))])
            try response.requireBankError(code: 5101)
            return response
        },
        InterfaceRow(endpoint, "Content-Encoding", "The body may come with deflate.", 200) { bank in
            try await bank.register("alice")
            let fields: HTTPFields = ["Content-Encoding": "deflate"]
            let broken = try await bank.send(.post, path, body(bank).serialized().deflated.dropLast(2) + [], as: "alice", fields: fields)
            try require(broken.status == 400, "a cut one is \(broken.status)")
            try broken.requireBankError(code: 28)
            let response = try await bank.send(.post, path, body(bank).serialized().deflated, as: "alice", fields: fields)
            try require(try await bank.balance("exchange") == "KUDOS:1", "the recipient has not got it")
            return response
        },
    ]
}
