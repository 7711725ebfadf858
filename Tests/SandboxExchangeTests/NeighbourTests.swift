// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
import SandboxBank
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// The exchange between the programs that it lives with: the sandbox bank on one side, a merchant's client on the other.
@Suite struct NeighbourTests {
    @Test func moneyGoesFromTheBankThroughACoinToAConfirmedDeposit() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let clock = FixedClock(SharedKeys.start.advanced(bySeconds: 3600))
        let credentials = BankCredentials(username: "exchange", password: "x's password")
        let settings = BankSettings(
            baseURL: "http://bank.test/", currency: SharedKeys.currency, registerBonus: amount("100"),
            accounts: [
                .init(name: "exchange", receiverName: "Exchange", password: credentials.password, debtLimit: .zero(SharedKeys.currency))
            ])
        let bank = try await BankService.make(
            settings, store: try .inMemory(currency: SharedKeys.currency), hasher: LegibleHasher(), clock: clock, logger: logger)
        let toBank = InProcessSender([("http://bank.test/", bank.handler)])

        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        try await store.add(try await SharedKeys.records)
        var configuration = Fixture.configuration()
        configuration.wireGateway = WireGatewayAccess(
            baseURL: "http://bank.test/accounts/exchange/taler-wire-gateway", credentials: credentials)
        let exchange = try await ExchangeService(
            configuration: configuration, store: store, sender: toBank, clock: clock, logger: logger)
        let feed = Task { await exchange.run() }
        let sender = InProcessSender([("http://exchange.test/", exchange.handler)])

        // A customer pays into a reserve; the exchange hears of it.
        let customer = BankCredentials(username: "alice", password: "alice's password")
        let bankClient = BankClient(baseURL: "http://bank.test/", sender: toBank)
        try await bankClient.register(customer)
        let reserve = EdDSAPrivateKey()
        let requests = ExchangeRequests(baseURL: "http://exchange.test/")
        async let filled = sender.send(requests.reserve(reserve.publicKey(), wait: .seconds(60)))
        _ = try await bankClient.withdraw(
            amount("10"), to: reserve.publicKey(), exchange: SharedKeys.account.text, credentials: customer)
        #expect(try await filled.member("balance") == amount("10"))

        // The client of merchants and wallets takes the keys for good.
        let fetcher = KeysFetcher(sender: sender, clock: clock, currency: SharedKeys.currency)
        let keys = try await fetcher.fetch("http://exchange.test/", master: SharedKeys.masterPub).keys
        let payto = try PaytoURI(TestPurchase().payto)
        #expect(keys.canWire(to: payto))

        let denomination = try #require(try await SharedKeys.records.denominations.first { $0.value == amount("5.12") })
        #expect(keys.denominations[denomination.hash]?.value == amount("5.12"))
        let planchet = try TestPlanchet(denomination)
        let batch = BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)])
        let withdrawn: BatchWithdrawResponse = try await sender.send(requests.batchWithdraw(reserve.publicKey(), batch)).json().decode()
        let coin = try planchet.coin(try BlindedSignature(json: try #require(withdrawn.envelopeSignatures.first).signature))
        let deposit = TestPurchase().request([coin])
        let confirmed: DepositSuccess = try await sender.send(requests.batchDeposit(deposit)).json().decode()
        let fees = [denomination.feeDeposit]
        #expect(throws: Never.self) {
            try DepositVerification.check(confirmed, of: deposit, depositFees: fees, keys: keys, now: clock.now())
        }

        exchange.stop()
        await feed.value
    }
}

/// Hashes that cost nothing.
private struct LegibleHasher: PasswordHasher {
    func hash(_ password: String) async throws -> String { "hash of \(password)" }
    func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
}
