// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire

/// What a browser and a wallet without scripts are told: the part of the document about wallets.
extension InterfaceTableTests {
    private static let confirmation = "Withdrawing coins"
    private static let callback = "GET <callback>"
    private static let visibility = "Make elements visible"

    /// Alice's browser, logged in.
    private static func alice(_ bank: SocketBank) async throws -> PageBrowser {
        var browser = bank.browser()
        try await browser.get("/open-account")
        try await browser.submit("/open-account", ["username": "alice", "password": "alice's password"])
        return browser
    }

    /// The answer to her confirmation of 5.25.
    private static func confirmed(_ bank: SocketBank) async throws -> Response {
        var browser = try await alice(bank)
        _ = try await browser.confirm("5.25")
        return browser.response
    }

    /// Goes to the callback of a confirmed withdrawal of 5.25 twice: with a wrong parameter, and as it must be.
    private static func callBack(_ bank: SocketBank, wrong: [String: String?], _ right: [String: String?] = [:]) async throws -> Response {
        var browser = try await alice(bank)
        let path = try await browser.confirm("5.25")
        try await browser.get(PageBrowser.callback(path, wrong))
        try require((400..<500).contains(browser.response.status), "\(wrong) is \(browser.response.status)")
        try await browser.get(PageBrowser.callback(path, right))
        try require(browser.text.contains(PageBrowser.reserve), "the page does not show the reserve")
        try require(try await bank.balance("alice") == "KUDOS:100", "money was moved without an answer")
        return browser.response
    }

    private static func field(_ response: Response, _ name: String, _ isRight: (String) throws -> Bool) throws {
        guard let value = response.fields[name] else { throw Mismatch(description: "there is none") }
        try require(try isRight(value), "it is \(value)")
    }

    static let pageRows: [InterfaceRow] = [
        InterfaceRow(
            confirmation, "202 Accepted", "After the user confirms the withdrawal, the bank must return a 202 Accepted response.", 202
        ) { bank in
            let response = try await confirmed(bank)
            try require(try await bank.balance("alice") == "KUDOS:100", "money was moved")
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Operation", "create-reserve", 202) { bank in
            let response = try await confirmed(bank)
            try field(response, "X-Taler-Operation") { $0 == "create-reserve" }
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Callback-Url", "This URL will be automatically visited by the wallet.", 202) { bank in
            let response = try await confirmed(bank)
            try field(response, "X-Taler-Callback-Url") { $0.hasPrefix("http://\(SocketBank.host)/") }
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Wt-Types", "Stringified JSON list of supported wire transfer types.", 202) { bank in
            let response = try await confirmed(bank)
            try field(response, "X-Taler-Wt-Types") { try JSONParser.parse($0) == ["test"] }
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Amount", "Stringified Taler-style JSON amount.", 202) { bank in
            let response = try await confirmed(bank)
            try field(response, "X-Taler-Amount") {
                try JSONParser.parse($0) == ["currency": "KUDOS", "fraction": 25_000_000, "value": 5]
            }
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Sender-Wire", "Stringified WireDetails: type, bank_uri, account_number.", 202) { bank in
            let response = try await confirmed(bank)
            let number = try await bank.number("alice")
            try field(response, "X-Taler-Sender-Wire") {
                try JSONParser.parse($0)
                    == ["type": "test", "bank_uri": .string("http://\(SocketBank.host)/"), "account_number": .integer(number)]
            }
            return response
        },
        InterfaceRow(confirmation, "X-Taler-Suggested-Exchange", "Optional: the suggested exchange URL.", 202) { bank in
            let response = try await confirmed(bank)
            try field(response, "X-Taler-Suggested-Exchange") { $0 == "https://exchange.example/" }
            return response
        },

        InterfaceRow(callback, "amount_value", "Integer part of the amount to be withdrawn.", 200) { bank in
            try await callBack(bank, wrong: ["amount_value": "6"])
        },
        InterfaceRow(callback, "amount_fraction", "Fractional part of the amount to be withdrawn.", 200) { bank in
            try await callBack(bank, wrong: ["amount_fraction": "25"])
        },
        InterfaceRow(callback, "amount_currency", "Currency of the amount to be withdrawn.", 200) { bank in
            try await callBack(bank, wrong: ["amount_currency": "EUR"])
        },
        InterfaceRow(callback, "exchange", "Base URL of the exchange where the reserve is to be created.", 200) { bank in
            try await callBack(bank, wrong: ["exchange": "https://stranger.example/"])
        },
        InterfaceRow(callback, "reserve_pub", "Public key of the reserve to create.", 200) { bank in
            try await callBack(bank, wrong: ["reserve_pub": "ABC"])
        },
        InterfaceRow(callback, "exchange_wire_details", "Stringification of the chosen exchange's WireDetails.", 200) { bank in
            let number = try await bank.number("exchange")
            let details = { (number: Int64) in
                JSONValue.object([
                    "type": "test", "bank_uri": .string("http://\(SocketBank.host)/"), "account_number": .integer(number),
                ]).text
            }
            return try await callBack(
                bank, wrong: ["exchange_wire_details": details(number + 1)], ["exchange_wire_details": details(number)])
        },
        InterfaceRow(callback, "redirects", "Redirects the browser to the user's profile page and lets them know the outcome.", 303) {
            bank in
            var browser = try await alice(bank)
            let target = PageBrowser.callback(try await browser.confirm("5.25"))
            try await browser.get(target)
            try await browser.submit(target, ["answer": "\(browser.answer)"])
            let response = browser.response
            try await browser.get(browser.location ?? "/")
            try require(browser.text.contains("5.25 KUDOS are on their way to the exchange"), "the page does not tell the outcome")
            let row = try await bank.gateway().incoming(delta: 1)?.transactions.first
            try require(row?.purpose == .reserve(try ReservePublicKey(base32: PageBrowser.reserve)), "the exchange was not paid")
            return response
        },

        InterfaceRow(visibility, "taler-installed-show", "Visible if the wallet is installed.", 200) { bank in
            var browser = try await alice(bank)
            try await browser.get("/account/withdraw")
            try require(browser.text.contains("taler-installed-show"), "the class is not in the page")
            return browser.response
        },
        InterfaceRow(visibility, "taler-installed-hide", "Hidden if the wallet is installed.", 200) { bank in
            var browser = try await alice(bank)
            try await browser.get("/account/withdraw")
            try require(browser.text.contains("taler-installed-hide"), "the class is not in the page")
            return browser.response
        },
        InterfaceRow(
            visibility, "taler-presence-stylesheet", "A fallback page must be provided, useful if the wallet is not installed.", 200
        ) { bank in
            var browser = try await alice(bank)
            try await browser.get("/account/withdraw")
            guard let link = browser.text.split(separator: "<").first(where: { $0.contains("id=\"taler-presence-stylesheet\"") }),
                let start = link.firstRange(of: "href=\""), case let path = link[start.upperBound...].prefix(while: { $0 != "\"" })
            else { throw Mismatch(description: "the page has no such element") }
            let sheet = try await bank.get(path.hasPrefix("/") ? String(path) : "/" + path)
            let text = String(decoding: sheet.body, as: UTF8.self)
            try require(text.contains(".taler-installed-show") && text.contains("none"), "it does not hide what needs a wallet")
            return sheet
        },
    ]
}
