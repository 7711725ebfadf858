// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import SandboxExchange
import TalerWire
import Testing
import TestVectors

/// Requests that a real exchange refused are refused here in the same way; where this one is stricter, as its documentation says.
@Suite struct TranscriptTests {
    @Test(arguments: [
        "36-unknown-denomination", "40-malformed-json", "41-empty-body", "42-json-array-body", "43-missing-field", "44-wrong-type",
        "45-short-key", "46-bad-currency", "47-bad-amount", "51-no-coins", "52-257-coins", "55-refund-after-wire", "56-wire-never",
        "57-payto-no-receiver", "58-payto-bad-iban", "60-bad-payto-scheme",
    ])
    func aRefusalIsThatOfARealExchange(_ name: String) async throws {
        let (ours, theirs) = try await replay(name)
        #expect(ours.status == Int(theirs["status"]?.integerValue ?? 0))
        #expect(try ours.json()["code"] == theirs["body"]?["code"])
        let missing = Set(theirs["body"]?.objectValue?.names ?? []).subtracting(try ours.json().objectValue?.names ?? [])
        // The line in the exchange's own source or parser's list.
        #expect(missing.subtracting(["line"]) == (name == "42-json-array-body" ? ["field"] : []))
    }

    @Test(arguments: [
        ("30-no-merchant-sig", 400, 22), ("37-bad-merchant-sig", 403, 26), ("38-merchant-sig-zero", 403, 26),
        ("54-same-coin-twice", 400, 26), ("59-payto-other-method", 404, 1041),
    ])
    func whatARealExchangeLetsPassIsRefused(_ name: String, _ status: Int, _ code: Int) async throws {
        let (ours, _) = try await replay(name)
        #expect(ours.status == status)
        #expect(ours.code == code)
    }

    @Test func unknownAddressesAndMethodsAreRefusedAlike() async throws {
        let fixture = try await Fixture()
        let wrong = await fixture.get("/batch-deposit")
        #expect(wrong.status == 405)
        #expect(wrong.code == 20)
        #expect(wrong.fields["Allow"] == "POST")
        let unknown = await fixture.get("/nope")
        #expect(unknown.status == 404)
        #expect(unknown.code == 21)
        #expect(await fixture.get("/").status == 200)
    }

    @Test func theFrontPageShowsTheMasterKeyOfTheKeys() async throws {
        let fixture = try await Fixture()
        let page = await fixture.get("/").text
        let line = try #require(page.split(separator: "\n").first { $0.contains("master key") })
        let shown = try #require(line.split(separator: ":").last).filter { $0 != " " }
        #expect(try await fixture.get("/keys").json()["master_public_key"]?.stringValue == shown)
    }

    @Test(arguments: ["/terms", "/privacy"])
    func textsToAgreeToHaveAVersion(_ address: String) async throws {
        let fixture = try await Fixture()
        let response = await fixture.get(address)
        #expect(response.status == 200)
        let version = try #require(response.fields["Taler-Terms-Version"])
        #expect(response.fields["ETag"] == "\"\(version)\"")
        #expect(await fixture.get(address, fields: ["If-None-Match": "\"\(version)\""]).status == 304)
    }

    @Test(arguments: [
        "73-deposits-bad-sig", "74-deposits-unknown", "75-deposits-no-sig", "81-refund-bad-sig", "82-refund-unknown-coin",
        "85-refund-bad-currency", "86-refund-missing-field",
    ])
    func aQuestionOfAMerchantIsRefusedAsARealExchangeDoes(_ name: String) async throws {
        let request = try #require(try Transcript.json("protocol23/\(name)")["request"])
        let url = try #require(request["url"]?.stringValue)
        let target =
            "/"
            + url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)[2].split(separator: "/").dropFirst()
            .joined(separator: "/")
        let fixture = try await Fixture()
        let response =
            switch request["method"]?.stringValue {
            case "POST": await fixture.post(target, body: request["body"]?.serialized() ?? [])
            default: await fixture.get(target)
            }
        try expect(response, like: name)
    }

    private func replay(_ name: String) async throws -> (Response, JSONValue) {
        let transcript = try Transcript.json("protocol23/\(name)")
        let request = try #require(transcript["request"])
        let body = request["body_raw"]?.stringValue.map { Array($0.utf8) } ?? request["body"]?.serialized() ?? []
        let fixture = try await Fixture()
        return (await fixture.post("/batch-deposit", body: body), try #require(transcript["response"]))
    }
}
