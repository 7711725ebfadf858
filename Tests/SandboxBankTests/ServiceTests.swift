// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import Configuration
import Foundation
import HTTPCore
import Logging
import SandboxBank
import Sodium
import TalerWire
import TestSupport
import Testing

@Suite struct ServiceTests {
    private let text = """
        [bank]
        BASE_URL = http://127.0.0.1:8082/
        CURRENCY = KUDOS
        DB = bank.db
        DEBT_LIMIT = KUDOS:1
        REGISTER_BONUS = KUDOS:100
        DEFAULT_EXCHANGE = http://127.0.0.1:8081/
        DEFAULT_EXCHANGE_ACCOUNT = exchange
        [bank-account-exchange]
        PASSWORD_FILE = exchange.password
        RECEIVER_NAME = The Exchange
        [bank-account-shop]
        PASSWORD = s
        DEBT_LIMIT = KUDOS:7
        """

    private func withFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("from a file\n".utf8).write(to: folder.appendingPathComponent("exchange.password"))
        try await work(folder)
    }

    @Test func aConfigurationMakesABankAndItsAccountsAndAgainChangesThem() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("bank.conf").path
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let configuration = try Configuration.parse(text, file: file)
            let service = try await BankService.make(configuration, hasher: Argon2PasswordHasher(cost: .minimal), logger: logger)
            #expect(configuration.unusedKeys() == [])
            let exchange = try #require(try await service.store.account(named: "exchange"))
            #expect(exchange.receiverName == "The Exchange")
            #expect(exchange.passwordHash?.hasPrefix("$argon2id$") == true)
            #expect(try await service.store.account(named: "shop")?.debtLimit == Amount("KUDOS:7"))
            #expect(try await service.store.account(named: "bank")?.debtLimit == Amount("KUDOS:10000000000"))

            let login = BankCredentials(username: "exchange", password: "from a file")
            let target = "/accounts/exchange/taler-wire-gateway/config"
            for (credentials, status) in [(login, 200), (login, 200), (BankCredentials(username: "exchange", password: "else"), 401)] {
                let request = try #require(Request(.get, target, fields: credentials.basicFields))
                #expect(await service.handler.handle(request).status == status)
            }

            let changed = try Configuration.parse(text.replacingOccurrences(of: "PASSWORD = s", with: "PASSWORD = t"), file: file)
            let again = try await BankService.make(changed, hasher: Argon2PasswordHasher(cost: .minimal), logger: logger)
            #expect(try await again.store.account(named: "exchange")?.passwordHash == exchange.passwordHash)
            let shop = try #require(try await again.store.account(named: "shop")?.passwordHash)
            #expect(await Argon2PasswordHasher(cost: .minimal).isValid("t", for: shop))
        }
    }

    @Test(arguments: [
        ("CURRENCY = KUDOS", "CURRENCY = kudos", ":3: [bank] CURRENCY: "), ("http://127.0.0.1:8082/", "127.0.0.1", ":2: [bank] BASE_URL: "),
        ("KUDOS:100", "EUR:100", ":6: [bank] REGISTER_BONUS: "),
        ("ACCOUNT = exchange", "ACCOUNT = other", ":8: [bank] DEFAULT_EXCHANGE_ACCOUNT: "),
        ("= exchange.password", "= none", ":10: [bank-account-exchange] PASSWORD_FILE: "),
        ("-exchange]", "-ex change]", "[bank-account-ex change]: "),
    ])
    func aConfigurationThatIsWrongIsRefusedWithItsPlace(old: String, new: String, expected: String) async throws {
        try await withFolder { folder in
            let configuration = try Configuration.parse(
                text.replacingOccurrences(of: old, with: new), file: folder.appendingPathComponent("bank.conf").path)
            do {
                _ = try BankSettings(configuration)
                Issue.record("it was accepted")
            } catch { #expect("\(error)".contains(expected), "\(error)") }
        }
    }

    @Test func theFrontPageSaysWhatThisIsAndIsNotForOtherOrigins() async throws {
        let response = try await TestBank().send(.get, "/")
        #expect(response.status == 200)
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.fields["Access-Control-Allow-Origin"] == nil)
        #expect(String(decoding: response.body, as: UTF8.self).contains("play money in KUDOS"))
    }

    @Test func walletsOfAnyOriginMayCall() async throws {
        let bank = try await TestBank()
        let preflight = try await bank.send(
            .options, "/taler/withdraw", fields: ["Access-Control-Request-Headers": "authorization,content-type"])
        #expect(preflight.status == 204)
        #expect(preflight.fields["Access-Control-Allow-Headers"] == "authorization,content-type")
        #expect(try await bank.send(.post, "/register", "{").fields["Access-Control-Allow-Origin"] == "*")
    }

    @Test func unknownPathsAndWrongMethodsAreRefused() async throws {
        let bank = try await TestBank()
        #expect(try await bank.send(.get, "/nothing").refusal == "404 / 21")
        let response = try await bank.send(.get, "/register")
        #expect(response.refusal == "405 / 20")
        #expect(response.fields["Allow"] == "POST")
        #expect(try await bank.send(.delete, "/").refusal == "405 / 20")
    }

    @Test func noAnswerAndNoDescriptionHoldsAPassword() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        #expect(!"\(alice)".contains("password") && !"\(String(reflecting: alice))".contains("password"))
        var text = ""
        dump(alice, to: &text)
        #expect(!text.contains("password"))
        let response = try await bank.send(.post, "/register", #"{"username": "a b", "password": "hidden"}"#)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("hidden"))
    }

    @Test func argon2AcceptsTheRightPasswordAlsoFromMemoryAndNoOther() async throws {
        let hasher = Argon2PasswordHasher(cost: .minimal)
        let hash = try await hasher.hash("right")
        #expect(try await hasher.hash("right") != hash)
        for _ in 0..<2 {
            #expect(await hasher.isValid("right", for: hash))
            #expect(await !hasher.isValid("wrong", for: hash))
            #expect(await !hasher.isValid("", for: hash))
        }
        #expect(await !hasher.isValid("right", for: "no hash"))
    }
}
