// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

extension InterfaceTableTests {
    private static let endpoint = "PUT /reject"

    /// Alice has paid the exchange one: its row.
    private static func scene(_ bank: SocketBank) async throws -> Int64 {
        try await bank.register("alice")
        return try await bank.pay(from: "alice", to: "exchange")
    }

    private static func body(_ row: JSONValue, _ changes: JSONObject = [:]) -> [UInt8] {
        var object: JSONObject = ["auth": ["type": "basic"], "row_id": row, "credit_account": 4711]
        for member in changes.members { object[member.name] = member.value }
        return JSONValue.object(object).serialized()
    }

    private static func requireVoided(_ bank: SocketBank) async throws {
        try require(try await bank.balance("alice") == "KUDOS:100", "the payer has not got it back")
        try require(try await bank.balance("exchange") == "KUDOS:0", "the receiver still has it")
    }

    static let rejectRows: [InterfaceRow] = [
        InterfaceRow(endpoint, "204 No Content", "The original transaction was voided. The body is empty.", 204) { bank in
            let row = try await scene(bank)
            let response = try await bank.send(.put, "/reject", body(.integer(row)), as: "exchange")
            try require(response.body.isEmpty, "there is a body")
            try await requireVoided(bank)
            return response
        },
        InterfaceRow(endpoint, "400 Bad Request", "The bank replies a BankError object.", 400) { bank in
            let row = try await scene(bank)
            for wrong: JSONValue in ["1", .null, .number("1.5"), .array([1])] {
                let response = try await bank.send(.put, "/reject", body(wrong), as: "exchange")
                try require(response.status == 400, "\(wrong.text) is \(response.status)")
                try response.requireBankError()
            }
            try await bank.pay(from: "exchange", to: "alice")
            let spent = try await bank.send(.put, "/reject", body(.integer(row)), as: "exchange")
            try spent.requireBankError(code: 5102)
            try require(try await bank.balance("exchange") == "KUDOS:0", "the receiver owes more than it may")
            return spent
        },
        InterfaceRow(endpoint, "404 Not Found", "The bank does not know this rowid for this account.", 404) { bank in
            let row = try await scene(bank)
            let other = try await bank.send(.put, "/reject", body(.integer(row)), as: "alice")
            try require(other.status == 404, "its payer gets \(other.status)")
            let response = try await bank.send(.put, "/reject", body(99), as: "exchange")
            try response.requireBankError(code: 5107)
            return response
        },
        InterfaceRow(
            endpoint, "cancelled+", "The /history must show the original transaction as \"cancelled+\" or \"cancelled-\".", 200
        ) { bank in
            let row = try await scene(bank)
            _ = try await bank.send(.put, "/reject", body(.integer(row)), as: "exchange")
            let creditor = try await bank.get("/history?delta=9", as: "exchange")
            try require(try creditor.signs() == ["cancel+"], "the creditor sees \(try creditor.signs())")
            let debitor = try await bank.get("/history?delta=9", as: "alice")
            try require(try debitor.signs() == ["+", "cancel-"], "the debitor sees \(try debitor.signs())")
            return creditor
        },
        InterfaceRow(endpoint, "auth", "Only value \"basic\" is accepted.", 400) { bank in
            let row = try await scene(bank)
            let inBody = try await bank.send(.put, "/reject", body(.integer(row), ["auth": ["type": "token"]]), as: "exchange")
            try require(inBody.status == 400, "in the body it is \(inBody.status)")
            return try await bank.send(.put, "/reject?auth=token&row_id=\(row)", as: "exchange")
        },
        InterfaceRow(endpoint, "row_id", "Row identifier of the transaction that should be cancelled.", 204) { bank in
            let row = try await scene(bank)
            let response = try await bank.send(.put, "/reject?auth=basic&row_id=\(row)", as: "exchange")
            try await requireVoided(bank)
            return response
        },
        InterfaceRow(endpoint, "account_number", "Currently ignored, as multiple bank accounts per user are not implemented.", 204) {
            bank in
            let row = try await scene(bank)
            return try await bank.send(.put, "/reject?auth=basic&row_id=\(row)&account_number=4711", as: "exchange")
        },
        InterfaceRow(endpoint, "row_id (body)", "The row id of the wire transfer to cancel.", 204) { bank in
            let row = try await scene(bank)
            let response = try await bank.send(.put, "/reject?row_id=99", body(.integer(row)), as: "exchange")
            try await requireVoided(bank)
            return response
        },
        InterfaceRow(endpoint, "credit_account (body)", "The recipient's account identificator.", 204) { bank in
            let row = try await scene(bank)
            return try await bank.send(
                .put, "/reject", body(.integer(row), ["credit_account": .integer(try await bank.number("exchange"))]), as: "exchange")
        },
        InterfaceRow(endpoint, "twice", "A second reject changes nothing.", 204) { bank in
            let row = try await scene(bank)
            _ = try await bank.send(.put, "/reject", body(.integer(row)), as: "exchange")
            let response = try await bank.send(.put, "/reject", body(.integer(row)), as: "exchange")
            try await requireVoided(bank)
            return response
        },
        InterfaceRow("POST /reject", "204 No Content", "By the method that clients of the time used.", 204) { bank in
            let row = try await scene(bank)
            let response = try await bank.send(.post, "/reject", body(.integer(row)), as: "exchange")
            try await requireVoided(bank)
            return response
        },
    ]
}
