// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import SandboxBank
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport

/// A bank and an exchange on sockets of this process, with their books in files.
final class CrowdedStreet: Sendable {
    let clock = FixedClock(SharedKeys.start.advanced(bySeconds: 3600))
    let sender = CurlSender()
    let bank: BankService
    let exchange: ExchangeService
    let till: Till
    private let servers: [Server]
    private let running: Task<Void, Never>
    private let folder: ScratchFolder

    init() async throws {
        folder = try ScratchFolder()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let login = BankCredentials(username: "exchange", password: "x's password")
        let settings = BankSettings(
            baseURL: "http://bank.test/", currency: SharedKeys.currency, registerBonus: amount("1000"),
            accounts: [
                .init(name: "exchange", receiverName: "Exchange", password: login.password, debtLimit: .zero(SharedKeys.currency)),
                .init(name: "alice", receiverName: "Alice", password: nil, debtLimit: amount("1000")),
                .init(name: "bob", receiverName: "Bob", password: nil, debtLimit: .zero(SharedKeys.currency)),
            ])
        bank = try await BankService.make(
            settings, store: try .open(at: folder.path + "/bank.sqlite", currency: SharedKeys.currency), hasher: PlainHasher(),
            clock: clock, logger: logger)
        let address = ServerAddress.tcp(host: "127.0.0.1", port: 0)
        let bankServer = try Server.start(ServerConfiguration(address: address), handler: bank.handler, logger: logger)
        let bankURL = "http://127.0.0.1:\(bankServer.port)/"

        let store = try ExchangeStore.open(at: folder.path + "/exchange.sqlite", currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        try await store.add(try await SharedKeys.records)
        var configuration = Fixture.configuration(folder: folder.path)
        configuration.wireGateway = WireGatewayAccess(baseURL: bankURL + "accounts/exchange/taler-wire-gateway/", credentials: login)
        configuration.bankURL = bankURL
        exchange = try await ExchangeService(configuration: configuration, store: store, sender: sender, clock: clock, logger: logger)
        let exchangeServer = try Server.start(ServerConfiguration(address: address), handler: exchange.handler, logger: logger)
        till = Till(baseURL: "http://127.0.0.1:\(exchangeServer.port)/", sender: sender)
        servers = [exchangeServer, bankServer]
        running = Task { [exchange] in await exchange.run() }
    }

    /// A reserve that alice fills and the exchange has heard of.
    func reserve(_ digits: String) async throws -> EdDSAPrivateKey {
        let key = EdDSAPrivateKey()
        let parties = (try await bank.store.account(named: "alice"), try await bank.store.account(named: "exchange"))
        guard let payer = parties.0, let payee = parties.1 else { throw BankStoreError.unknownAccount }
        let transfer = try await bank.store.transfer(
            amount(digits), from: payer.number, to: payee.number, subject: key.publicKey(as: ReservePublicKey.self).base32, at: clock.now())
        bank.announce(transfer)
        let answer = try await sender.send(till.requests.reserve(key.publicKey(), wait: .seconds(60)))
        guard answer.status == 200 else { throw FixtureError.refused(answer.text) }
        return key
    }

    func close() async {
        exchange.stop()
        bank.stopWaiting()
        for server in servers { await server.stop() }
        sender.shutdown()
        await running.value
    }

    private struct PlainHasher: PasswordHasher {
        func hash(_ password: String) async throws -> String { "hash of \(password)" }
        func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
    }
}
