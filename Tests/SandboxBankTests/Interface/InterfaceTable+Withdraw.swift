// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

extension InterfaceTableTests {
    private static let endpoint = "POST /taler/withdraw"
    private static let reserve = Base32.encode([UInt8](1...32))

    private static func body(_ changes: JSONObject = [:]) -> JSONValue {
        var object: JSONObject = ["auth": ["type": "basic"], "amount": "KUDOS:5", "reserve_pub": .string(reserve)]
        for member in changes.members { object[member.name] = member.value }
        return .object(object)
    }

    private static func withdraw(_ bank: SocketBank, _ changes: JSONObject = [:]) async throws -> Response {
        if try await bank.balance("alice") == nil { try await bank.register("alice") }
        return try await bank.post("/taler/withdraw", body(changes), as: "alice")
    }

    static let withdrawRows: [InterfaceRow] = [
        InterfaceRow(
            endpoint, "200 OK", "The withdrawal was correctly initiated, therefore the exchange received the payment.", 200
        ) { bank in
            let response = try await withdraw(bank)
            let row = try await bank.gateway().incoming(delta: 1)?.transactions.first
            try require(row?.purpose == .reserve(try ReservePublicKey([UInt8](1...32))), "the exchange has not received it")
            try require(try await bank.balance("exchange") == "KUDOS:5", "the exchange has another amount")
            return response
        },
        InterfaceRow(
            endpoint, "406 Not Acceptable", "the user does not have sufficient credit to fulfill their request.", 406
        ) { bank in
            let response = try await withdraw(bank, ["amount": "KUDOS:100.00000001"])
            try require(try await bank.balance("alice") == "KUDOS:100", "money was moved")
            return response
        },
        InterfaceRow(
            endpoint, "404 Not Found", "The exchange wire details did not point to any valid bank account.", 404
        ) { bank in
            for payto in ["payto://x-taler-bank/other.example/exchange?receiver-name=x", "payto://iban/DE75512108001245126199", "x"] {
                let status = try await withdraw(bank, ["exchange_wire_details": .string(payto)]).status
                try require(status == 404, "\(payto) is \(status)")
            }
            return try await withdraw(bank, ["exchange_wire_details": .string(bank.payto("nobody"))])
        },
        InterfaceRow(endpoint, "auth", "Authentication method used.", 400) { bank in
            try await withdraw(bank, ["auth": ["type": "token"]])
        },
        InterfaceRow(endpoint, "amount", "Amount to withdraw.", 200) { bank in
            for amount in ["KUDOS:-1", "5", "KUDOS:0"] {
                try require(try await withdraw(bank, ["amount": .string(amount)]).status == 400, "\(amount) was accepted")
            }
            try require(try await withdraw(bank, ["amount": "KUDOS:1.5"]).status == 200, "the text is refused")
            let object: JSONValue = ["value": 1, "fraction": 25_000_000, "currency": "KUDOS"]
            let response = try await withdraw(bank, ["amount": object])
            try require(try await bank.balance("exchange") == "KUDOS:2.75", "the exchange has another amount")
            return response
        },
        InterfaceRow(endpoint, "reserve_pub", "Reserve public key.", 400) { bank in
            let response = try await withdraw(bank, ["reserve_pub": "not a key"])
            try response.requireBankError(code: 27)
            return response
        },
        InterfaceRow(endpoint, "exchange_wire_details", "Exchange bank details specified in the 'payto' format.", 200) { bank in
            try await bank.register("other-exchange")
            let response = try await withdraw(bank, ["exchange_wire_details": .string(bank.payto("other-exchange"))])
            try require(try await bank.balance("other-exchange") == "KUDOS:105", "the named exchange was not paid")
            return response
        },
        InterfaceRow(endpoint, "exchange_wire_detail", "As some clients called it.", 200) { bank in
            try await bank.register("other-exchange")
            let response = try await withdraw(bank, ["exchange_wire_detail": .string(bank.payto("other-exchange"))])
            try require(try await bank.balance("other-exchange") == "KUDOS:105", "the named exchange was not paid")
            return response
        },
        InterfaceRow(endpoint, "sender_wire_details", "Sender account details in 'payto' format.", 200) { bank in
            let response = try await withdraw(bank)
            try require(try response.json()["sender_wire_details"] == .string(bank.payto("alice")), "it is another account")
            return response
        },
        InterfaceRow(
            endpoint, "exchange_url", "Exchange base URL. Optional: only returned if the user used the default exchange.", 200
        ) { bank in
            let response = try await withdraw(bank)
            try require(try response.json()["exchange_url"] == "https://exchange.example/", "it is missing")
            let named = try await withdraw(bank, ["exchange_wire_details": .string(SocketBank.exchangePayto)])
            try require(try named.json().objectValue?.names == ["sender_wire_details"], "it is there for a named exchange")
            return response
        },
    ]
}
