// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors

/// Asks the mirror what the recorded exchange was asked, in the same order and at the same times.
struct Replay {
    /// From the recorded one with KYC.
    private static let portWithKYC = 8283
    private static let threshold = must { try Amount("KUDOS:8") }

    let mirror: MirrorExchange
    let translator: Translator
    /// What one answer gives to the next question.
    private var tag = ""
    private var accessToken = ""
    private var requirement = ""

    init() async throws {
        mirror = try await MirrorExchange()
        translator = try Translator(mirror)
    }

    /// Requests to the recorded bank, and of coins that the mirror does not have, are not made.
    static func isAsked(_ recording: Recording) -> Bool {
        guard recording.port != 8282 else { return false }
        return !(recording.json?["coins"]?.arrayValue ?? []).contains { $0["ub_sig"]?["cipher"] == "CS" }
    }

    mutating func answer(_ recording: Recording) async throws -> Response {
        if let date = recording.date { mirror.move(to: date) }
        mirror.service.kycThreshold = recording.port == Self.portWithKYC ? Self.threshold : nil
        let body = try await body(recording)
        let (target, fields) = try await address(recording)
        try await happen(before: recording)
        let response: Response
        if recording.name == "90-deposits-lpt-2" {
            response = try await waited(target)
        } else {
            response = try await mirror.server.send(recording.method, target, fields: fields, body: body)
        }
        try remember(response)
        return response
    }

    /// What others did between the requests.
    mutating func happen(at recording: Recording) async throws {
        switch recording.name {
        case "10-bank-add-incoming":
            let reserve = try ReservePublicKey(json: recording.json?["reserve_pub"] ?? .null)
            mirror.gateway.add(
                IncomingTransaction.reserve(reserve, row: mirror.gateway.nextRow, try Amount(json: recording.json?["amount"] ?? .null)))
            try await mirror.service.readBankOnce()
        case "109-bank-add-kycauth":
            let key = try MerchantPublicKey(json: recording.json?["account_pub"] ?? .null)
            mirror.gateway.add(
                IncomingTransaction.accountKey(key, of: recording.json?["debit_account"]?.stringValue ?? "", row: mirror.gateway.nextRow))
            try await mirror.service.readBankOnce()
        default: break
        }
    }

    private func happen(before recording: Recording) async throws {
        guard let coin = recording.json?["coins"]?.arrayValue?.first, let hash = coin["denom_pub_hash"] else { return }
        switch recording.name {
        case "70-conflicting-denomination":
            let key: DenominationKeyObject =
                try Transcript.json("protocol23/\(recording.name)")["response"]?["body"]?["prev_denom_pub"]?
                .decode() ?? DenominationKeyObject(json: .null)
            try await spend(translator.key(of: coin["coin_pub"]?.stringValue ?? ""), mirror.denominations[key.hash])
        case "120-denomination-revoked":
            try await mirror.revoke(DenominationHash(json: hash))
        case "122-denomination-expired":
            if let own = try mirror.denominations[DenominationHash(json: hash)] { mirror.move(to: own.expireDeposit) }
        default: break
        }
    }

    /// A deposit that was not recorded.
    private func spend(_ key: EdDSAPrivateKey?, _ denomination: DenominationRecord?) async throws {
        guard let key, let denomination, let signature = try await mirror.withdraw([(key, denomination)]).first else {
            throw FixtureError.refused("no such coin")
        }
        let coin = TestCoin(key: key, denomination: denomination, signature: signature)
        let body = try JSONValue(encoding: TestPurchase().request([coin])).serialized()
        let response = try await mirror.server.send(.post, "/batch-deposit", body: body)
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
    }

    /// The first contracts are paid before the question, the one that is asked for while it waits.
    private func waited(_ target: String) async throws -> Response {
        let now = mirror.clock.now()
        try await mirror.service.aggregateOnce(dueBy: now.advanced(bySeconds: -4))
        let (server, bell) = (mirror.server, mirror.service.bells.deposits)
        async let answer = server.send(.get, target)
        try await eventually { bell.listenerCount > 0 }
        try await mirror.service.aggregateOnce(dueBy: now)
        return try await answer
    }

    private mutating func remember(_ response: Response) throws {
        if let tag = response.fields["ETag"] { self.tag = tag }
        guard let json = try? response.json() else { return }
        if let token = json["access_token"]?.stringValue { accessToken = token }
        if let id = json["requirements"]?.arrayValue?.first?["id"]?.stringValue { requirement = id }
    }

    // MARK: requests

    private func body(_ recording: Recording) async throws -> [UInt8] {
        switch recording.name {
        case "66-huge-body", "67-large-body-curl": return [UInt8](repeating: 0x20, count: 17 << 20)
        case "68-deflate-body":
            // The recorded one is not legible: the next is the same, as it is.
            return Deflate.stored(try await body(try Recording("69-text-plain-body")))
        case "69-text-plain-body":
            return try await translator.deposit(try JSONParser.parse(recording.raw ?? "")).serialized()
        default: break
        }
        guard let json = recording.json else { return Array((recording.raw ?? "").utf8) }
        let path = segments(recording)
        switch path.last {
        case "batch-deposit": return try await translator.deposit(json).serialized()
        case "batch-withdraw": return try translator.withdrawal(json).serialized()
        case "refund": return try translator.refund(json, of: path[1]).serialized()
        default: return json.serialized()
        }
    }

    private func segments(_ recording: Recording) -> [String] {
        recording.target.split(separator: "?")[0].split(separator: "/").map(String.init)
    }

    private func address(_ recording: Recording) async throws -> (String, HTTPFields) {
        var path = segments(recording)
        var fields = recording.fields
        // The recorded body's length and form of answer are not ours.
        fields["Accept-Encoding"] = nil
        var query = recording.target.split(separator: "?").dropFirst().first.map(String.init) ?? ""
        switch path.first {
        case "keys" where fields["If-None-Match"] != nil: fields["If-None-Match"] = tag
        case "coins":
            if path.last == "history" { fields["Taler-Coin-History-Signature"] = translator.historySignature(of: path[1])?.base32 }
            path[1] = translator.coin(path[1])
        case "deposits":
            var arguments = query.split(separator: "&").map(String.init)
            if let signature = try translator.trackSignature(
                arguments.first.map { String($0.dropFirst("merchant_sig=".count)) }, path: Array(path.dropFirst()))
            {
                arguments[0] = "merchant_sig=\(signature)"
            }
            // What will not come is not waited for as long.
            query = arguments.joined(separator: "&").replacing("timeout_ms=2000", with: "timeout_ms=2")
            path[4] = translator.coin(path[4])
        case "transfers": if let own = try await transfer(like: recording) { path[1] = own.base32 }
        case "kyc-info": path[1] = accessToken
        case "kyc-upload": path[1] = requirement
        default: break
        }
        return ("/" + path.joined(separator: "/") + (query.isEmpty ? "" : "?\(query)"), fields)
    }

    /// The transfer that paid one of the contracts that the recorded one paid.
    private func transfer(like recording: Recording) async throws -> WireTransferID? {
        let response = try Transcript.json("protocol23/\(recording.name)")["response"]
        for deposit in response?["body"]?["deposits"]?.arrayValue ?? [] {
            let contract = try ContractHash(json: deposit["h_contract_terms"] ?? .null)
            if let own = try await mirror.store.deposits(for: contract).first?.coins.first?.wireTransferID { return own }
        }
        return nil
    }
}
