// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import HTTPCore
import TalerWire

/// An endpoint of the bank, a good request to it, and how it may refuse.
struct RequestShape: Sendable {
    let method: HTTPMethod
    let path: String
    /// Who may call it; nil for everybody.
    let account: String?
    /// Of the good request; the first ones that are needed.
    var query: [(name: String, value: String)] = []
    var body: JSONObject?
    /// Members and parameters without which, or with nonsense in which, the request is refused.
    var needed: Set<String> = []
    /// `status / code` of its own refusals.
    var refusals: Set<String> = []

    /// Refusals of every endpoint: of the path, the method, the login, the encoding and the size.
    static let common: Set = [
        "400 / 26", "400 / 28", "400 / 29", "401 / 40", "404 / 21", "405 / 20", "413 / 32", "431 / 23",
    ]

    static let key = Base32.encode([UInt8](1...32))
    private static let gateway = "/accounts/exchange/taler-wire-gateway/"
    private static let paging = [(name: "delta", value: "-3"), (name: "start", value: "100"), (name: "long_poll_ms", value: "3")]
    private static let transferRefusals: Set = [
        "400 / 22", "400 / 24", "400 / 27", "400 / 5101", "400 / 5104", "400 / 5108", "404 / 5106", "409 / 30", "409 / 5102", "409 / 5112",
        "409 / 5114",
    ]
    private static let classicRefusals: Set = [
        "400 / 22", "400 / 27", "400 / 5101", "400 / 5104", "400 / 5108", "404 / 5106", "406 / 30", "406 / 5102",
    ]

    /// Every endpoint of the two interfaces.
    /// - Parameters:
    ///   - receiver: number of an account that may be paid.
    ///   - row: a transfer that reached the account `receiver`, and is rejected already.
    static func all(receiver: Int64, row: Int64) -> [RequestShape] {
        let payer: JSONValue = .string("payto://x-taler-bank/\(SocketBank.host)/rich?receiver-name=rich")
        return [
            RequestShape(method: .get, path: "/config", account: nil),
            RequestShape(
                method: .post, path: "/register", account: nil, body: ["username": "rich", "password": "x"],
                needed: ["username", "password"], refusals: ["400 / 22", "400 / 25", "406 / 26", "409 / 5121"]),
            RequestShape(
                method: .post, path: "/taler/withdraw", account: "rich",
                body: ["auth": ["type": "basic"], "amount": "KUDOS:0.01", "reserve_pub": .string(key)], needed: ["amount", "reserve_pub"],
                refusals: classicRefusals),
            RequestShape(
                method: .post, path: "/admin/add/incoming", account: "rich",
                body: [
                    "auth": ["type": "basic"], "amount": "KUDOS:0.01", "exchange_url": "u", "subject": "s", "debit_account": 1,
                    "credit_account": .integer(receiver),
                ], needed: ["amount", "exchange_url", "subject", "credit_account"], refusals: classicRefusals),
            RequestShape(
                method: .put, path: "/reject", account: "receiver", body: ["auth": ["type": "basic"], "row_id": .integer(row)],
                needed: ["row_id"], refusals: ["400 / 22", "400 / 25", "400 / 5102", "404 / 5107"]),
            RequestShape(
                method: .post, path: "/reject", account: "receiver", query: [("row_id", "\(row)"), ("auth", "basic")], needed: ["row_id"],
                refusals: ["400 / 22", "400 / 25", "400 / 5102", "404 / 5107"]),
            RequestShape(
                method: .get, path: "/history", account: "rich",
                query: paging + [("direction", "both"), ("cancelled", "show"), ("auth", "basic"), ("account_number", "7")],
                needed: ["delta"], refusals: ["400 / 25"]),
            RequestShape(
                method: .get, path: "/history-range", account: "rich",
                query: [("start", "0"), ("end", "9"), ("direction", "debit"), ("cancelled", "omit"), ("ordering", "ascending")],
                needed: ["start", "end"], refusals: ["400 / 25"]),

            RequestShape(method: .get, path: gateway + "config", account: "exchange", refusals: ["404 / 5106"]),
            RequestShape(
                method: .get, path: gateway + "history/incoming", account: "exchange", query: paging, needed: ["delta"],
                refusals: ["400 / 25", "404 / 5106"]),
            RequestShape(
                method: .get, path: gateway + "history/outgoing", account: "exchange", query: paging, needed: ["delta"],
                refusals: ["400 / 25", "404 / 5106"]),
            RequestShape(
                method: .get, path: gateway + "transfers", account: "exchange",
                query: [("limit", "5"), ("offset", "1"), ("status", "success")], refusals: ["404 / 5106"]),
            RequestShape(
                method: .get, path: gateway + "transfers/\(row)", account: "exchange", refusals: ["404 / 5106", "404 / 5107"]),
            RequestShape(
                method: .post, path: gateway + "transfer", account: "exchange",
                body: [
                    "request_uid": .string(Base32.encode([UInt8](repeating: 7, count: 64))), "amount": "KUDOS:0.01",
                    "exchange_base_url": "https://exchange.example/", "wtid": .string(key), "credit_account": payer,
                ], needed: ["request_uid", "amount", "exchange_base_url", "wtid", "credit_account"], refusals: transferRefusals),
            RequestShape(
                method: .post, path: gateway + "admin/add-incoming", account: "exchange",
                body: ["amount": "KUDOS:0.01", "reserve_pub": .string(key), "debit_account": payer],
                needed: ["amount", "reserve_pub", "debit_account"], refusals: transferRefusals),
            RequestShape(
                method: .post, path: gateway + "admin/add-kycauth", account: "exchange",
                body: ["amount": "KUDOS:0.01", "account_pub": .string(key), "debit_account": payer],
                needed: ["amount", "account_pub", "debit_account"], refusals: transferRefusals),

            RequestShape(
                method: .get, path: "/accounts/receiver/taler-revenue/config", account: "receiver", refusals: ["404 / 5106"]),
            RequestShape(
                method: .get, path: "/accounts/receiver/taler-revenue/history", account: "receiver", query: paging, needed: ["delta"],
                refusals: ["400 / 25", "404 / 5106"]),
        ]
    }
}
