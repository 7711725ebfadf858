// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import TestSupport
import TestVectors
import Testing

/// What a bank of December 2024 answered to the programs of a real exchange, and what ours answers to the same request: the members
/// are the same, and so are the values that do not depend on the time, the keys or the host.
@Suite struct RecordedGatewayTests {
    private struct Recorded {
        let method: HTTPMethod
        /// Path and query.
        let target: String
        let body: JSONValue?
        let status: Int
        let answer: JSONValue

        init(_ name: String) throws {
            let json = try Transcript.json("protocol23/\(name)")
            let url = try #require(json["request"]?["url"]?.stringValue)
            method = HTTPMethod(rawValue: try #require(json["request"]?["method"]?.stringValue))
            target = "/" + url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst(2).joined()
            body = json["request"]?["body"]
            status = Int(try #require(json["response"]?["status"]?.integerValue))
            answer = try #require(json["response"]?["body"])
        }
    }

    /// Differences between two values by their paths: members that are missing or too many, other kinds, and other values except at
    /// the paths that may differ.
    private func differences(_ ours: JSONValue, _ theirs: JSONValue, at path: String = "", except: Set<String>) -> [String] {
        if let left = ours.objectValue, let right = theirs.objectValue {
            let missing = Set(right.names).subtracting(left.names).map { "\(path).\($0) is missing" }
            let more = Set(left.names).subtracting(right.names).map { "\(path).\($0) is too much" }
            let inner = right.members.flatMap { member in
                left[member.name].map { differences($0, member.value, at: path + "." + member.name, except: except) } ?? []
            }
            return (missing + more + inner).filter { !except.contains($0) }
        }
        if let left = ours.arrayValue, let right = theirs.arrayValue {
            guard left.count == right.count else { return ["\(path) has \(left.count) elements, not \(right.count)"] }
            return zip(left, right).flatMap { differences($0, $1, at: path + "[]", except: except) }
        }
        guard ours.kind == theirs.kind else { return ["\(path) is \(ours.kind), not \(theirs.kind)"] }
        return ours == theirs || except.contains(path) ? [] : ["\(path) is \(ours.text), not \(theirs.text)"]
    }

    /// The recorded request, with our host in its payto URIs.
    private func answer(_ recorded: Recorded, from bank: SocketBank, as name: String) async throws -> Response {
        var body = recorded.body?.text.replacing("payto://x-taler-bank/127.0.0.1/", with: "payto://x-taler-bank/bank.example/") ?? ""
        if recorded.body == nil || recorded.body == .null { body = "" }
        return try await bank.send(recorded.method, recorded.target, Array(body.utf8), fields: bank.login(name).basicFields)
    }

    @Test(arguments: [
        ("10-bank-add-incoming", "customer"), ("109-bank-add-kycauth", "kycshop1795229786"),
    ])
    func anIncomingTransferIsMadeAsThere(name: String, payer: String) async throws {
        let recorded = try Recorded(name)
        try await SocketBank.run { bank in
            try await bank.register(payer)
            let response = try await answer(recorded, from: bank, as: "exchange")
            #expect(response.status == recorded.status)
            #expect(response.fields["Content-Type"] == "application/json")
            #expect(differences(try response.json(), recorded.answer, except: [".row_id", ".timestamp.t_s"]) == [])
            let row = try #require(try await bank.gateway().incoming(delta: 1)?.transactions.first)
            switch row.purpose {
            case .reserve(let key): #expect(recorded.body?["reserve_pub"] == .string(key.base32))
            case .accountKey(let key): #expect(recorded.body?["account_pub"] == .string(key.base32))
            case .other(let kind): Issue.record("it is \(kind)")
            }
            #expect(row.amount.description == recorded.body?["amount"]?.stringValue)
        }
    }

    /// Makes the recorded transfers as a real exchange orders them: a deflated body, the merchant's account without the bank's port.
    private func orderAsRecorded(at bank: SocketBank) async throws {
        let rows = try #require(try Recorded("99-bank-outgoing").answer["outgoing_transactions"]?.arrayValue)
        try await bank.register("shop24")
        // Without starting gifts the merchant's account has the payouts alone.
        let (own, exchange) = (try await bank.number("bank"), try await bank.number("exchange"))
        _ = try await bank.service.store.transfer(Amount("KUDOS:100"), from: own, to: exchange, subject: "money", at: bank.clock.now())
        for row in rows.reversed() {
            let order: JSONValue = [
                "request_uid": .string(Base32.encode([UInt8](repeating: UInt8(row["row_id"]?.integerValue ?? 0), count: 64))),
                "amount": row["amount"] ?? .null, "exchange_base_url": row["exchange_base_url"] ?? .null, "wtid": row["wtid"] ?? .null,
                "credit_account": "payto://x-taler-bank/bank.example/shop24?receiver-name=shop24",
            ]
            var fields = bank.login("exchange").basicFields
            fields["Content-Type"] = "application/json"
            fields["Content-Encoding"] = "deflate"
            let response = try await bank.send(.post, bank.gatewayPath + "transfer", order.serialized().deflated, fields: fields)
            try #require(response.status == 200)
            #expect(differences(try response.json(), ["row_id": 1, "timestamp": ["t_s": 1]], except: [".row_id", ".timestamp.t_s"]) == [])
        }
    }

    @Test func whatAnExchangePaidIsListedAsThere() async throws {
        let recorded = try Recorded("99-bank-outgoing")
        try await SocketBank.run(bonus: nil) { bank in
            try await orderAsRecorded(at: bank)
            let response = try await answer(recorded, from: bank, as: "exchange")
            #expect(response.status == recorded.status)
            let ours = try response.json()
            let mayDiffer: Set = [
                ".debit_account", ".outgoing_transactions[].row_id", ".outgoing_transactions[].date.t_s",
                ".outgoing_transactions[].credit_account",
            ]
            #expect(differences(ours, recorded.answer, except: mayDiffer) == [])
            #expect(ours["debit_account"] == .string(SocketBank.exchangePayto))
            #expect(ours["outgoing_transactions"]?.arrayValue?.first?["credit_account"] == .string(bank.payto("shop24")))
        }
    }

    @Test func whatAMerchantGotIsListedAsThere() async throws {
        let recorded = try Recorded("100-bank-revenue")
        try await SocketBank.run(bonus: nil) { bank in
            try await orderAsRecorded(at: bank)
            let response = try await answer(recorded, from: bank, as: "shop24")
            #expect(response.status == recorded.status)
            let ours = try response.json()
            let mayDiffer: Set = [
                ".credit_account", ".incoming_transactions[].row_id", ".incoming_transactions[].date.t_s",
                ".incoming_transactions[].debit_account",
            ]
            #expect(differences(ours, recorded.answer, except: mayDiffer) == [])
            #expect(ours["incoming_transactions"]?.arrayValue?.first?["debit_account"] == .string(SocketBank.exchangePayto))
        }
    }

    @Test func theRevenueInterfaceSaysWhatItIsAsThere() async throws {
        let recorded = try Recorded("101-bank-revenue-config")
        try await SocketBank.run { bank in
            try await bank.register("shop24")
            let response = try await answer(recorded, from: bank, as: "shop24")
            #expect(response.status == recorded.status)
            #expect(differences(try response.json(), recorded.answer, except: [".version", ".implementation"]) == [])
            let gateway = try await bank.send(.get, bank.gatewayPath + "config", fields: bank.login("exchange").basicFields).json()
            #expect(gateway.objectValue?.names.sorted() == recorded.answer.objectValue?.names.sorted())
        }
    }
}
