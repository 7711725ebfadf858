// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import TestSupport
import Testing

@Suite struct RegisterTests {
    private let register = "/register"

    @Test func registeringAnswers200EmptyAndGivesTheStartingBalance() async throws {
        let bank = try await TestBank()
        let response = try await bank.send(.post, register, #"{"username": "alice", "password": "secret"}"#)
        #expect(response.status == 200 && response.body.isEmpty)
        #expect(try await bank.balance("alice") == "KUDOS:100")
        #expect(try await bank.balance("bank") == "-KUDOS:100")
        #expect(try await bank.service.store.audit().isSound)
    }

    @Test func registeringByFormWorksLikewise() async throws {
        let bank = try await TestBank()
        let fields: HTTPFields = ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"]
        let response = try await bank.send(.post, register, "username=al%2Bice&password=a+b%26c", fields: fields)
        #expect(response.status == 200)
        let login = BankCredentials(username: "al+ice", password: "a b&c")
        #expect(try await bank.client.history(delta: 5, credentials: login).count == 1)
        #expect(try await bank.send(.post, register, "username=bob", fields: fields).refusal == "400 / 25")
        #expect(try await bank.send(.post, register, "username=%zz&password=x", fields: fields).refusal == "400 / 26")
    }

    @Test func jsonThatCallsItselfAFormIsTakenAsJSON() async throws {
        let bank = try await TestBank()
        let fields: HTTPFields = ["Content-Type": "application/x-www-form-urlencoded"]
        #expect(try await bank.send(.post, register, #"{"username": "alice", "password": "a&b"}"#, fields: fields).status == 200)
        let login = BankCredentials(username: "alice", password: "a&b")
        #expect(try await bank.client.history(delta: 5, credentials: login).count == 1)
        #expect(try await bank.send(.post, register, "{", fields: fields).refusal == "400 / 22")
    }

    @Test func aTakenNameIs409AndChangesNothing() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        let response = try await bank.send(.post, register, #"{"username": "alice", "password": "another"}"#)
        #expect(response.refusal == "409 / 5121")
        #expect(try await bank.client.history(delta: 5, credentials: alice).count == 1)
        #expect(try await bank.send(.post, register, #"{"username": "bank", "password": "x"}"#).status == 409)
    }

    @Test(arguments: ["", "two words", "a/b", "a?b", "ümlaut", "..", "a:b", String(repeating: "x", count: 151)])
    func aNameWithOtherCharactersIs406(name: String) async throws {
        let bank = try await TestBank()
        let body = JSONValue.object(["username": .string(name), "password": "x"]).text
        #expect(try await bank.send(.post, register, body).refusal == "406 / 26")
    }

    @Test(arguments: ["a", "A.b-c_d+e@f", String(repeating: "x", count: 150), "7"])
    func aNameOfTheRightCharactersIsTaken(name: String) async throws {
        let bank = try await TestBank()
        let body = JSONValue.object(["username": .string(name), "password": ""]).text
        #expect(try await bank.send(.post, register, body).status == 200)
    }

    @Test(arguments: [
        "", "{", "[]", "\"x\"", "{}", #"{"username": 7, "password": "x"}"#, #"{"username": "a", "username": "b", "password": "x"}"#,
    ])
    func whatIsNoRegistrationIs400(body: String) async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.post, register, body).refusal == "400 / 22")
    }

    @Test func aPasswordMayHaveAnyCharactersAndAnyLength() async throws {
        let bank = try await TestBank()
        for (number, password) in ["", "\n:\u{1F511} ", String(repeating: "x", count: 100_000)].enumerated() {
            let login = BankCredentials(username: "user\(number)", password: password)
            try await bank.client.register(login)
            #expect(try await bank.client.history(delta: 5, credentials: login).count == 1)
        }
    }

    @Test func aFormThatIsNotUTF8Is400() async throws {
        let bank = try await TestBank()
        let request = try #require(
            Request(
                .post, register, fields: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array("username=a&password=".utf8) + [0xFF]))
        #expect(await bank.service.handler.handle(request).refusal == "400 / 26")
    }

    @Test func withoutABonusAnAccountStartsEmpty() async throws {
        let bank = try await TestBank(bonus: nil)
        _ = try await bank.customer()
        #expect(try await bank.balance("alice") == "KUDOS:0")
    }
}
