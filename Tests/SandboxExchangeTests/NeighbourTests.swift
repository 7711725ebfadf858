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
        let street = try await Street()
        let (exchange, sender, clock) = (street.exchange, street.sender, street.clock)
        let feed = Task { await exchange.run() }
        let customer = try await street.customer("alice")
        let reserve = EdDSAPrivateKey()
        // A customer pays into a reserve; the exchange hears of it.
        async let filled = sender.send(street.requests.reserve(reserve.publicKey(), wait: .seconds(60)))
        _ = try await street.bankClient.withdraw(
            amount("10"), to: reserve.publicKey(), exchange: SharedKeys.account.text, credentials: customer)
        #expect(try await filled.member("balance") == amount("10"))

        // The client of merchants and wallets takes the keys for good.
        let fetcher = KeysFetcher(sender: sender, clock: clock, currency: SharedKeys.currency)
        let keys = try await fetcher.fetch("http://exchange.test/", master: SharedKeys.masterPub).keys
        let payto = try PaytoURI(TestPurchase().payto)
        #expect(keys.canWire(to: payto))

        let coin = try await street.coin(from: reserve)
        #expect(keys.denominations[coin.denomination.hash]?.value == amount("5.12"))
        let deposit = TestPurchase().request([coin])
        let confirmed: DepositSuccess = try await sender.send(street.requests.batchDeposit(deposit)).json().decode()
        let fees = [coin.denomination.feeDeposit]
        #expect(throws: Never.self) {
            try DepositVerification.check(confirmed, of: deposit, depositFees: fees, keys: keys, now: clock.now())
        }

        exchange.stop()
        await feed.value
    }

    @Test func aMerchantNamesItsKeyAndIsPaidThroughTheBank() async throws {
        let street = try await Street()
        let (exchange, sender, requests) = (street.exchange, street.sender, street.requests)
        exchange.kycThreshold = amount("10")
        let customer = try await street.customer("alice")
        let reserve = EdDSAPrivateKey()
        _ = try await street.bankClient.withdraw(
            amount("10"), to: reserve.publicKey(), exchange: SharedKeys.account.text, credentials: customer)
        try await exchange.readBankOnce()
        let coin = try await street.coin(from: reserve)
        let purchase = TestPurchase()
        var deposit = purchase.request([coin])
        deposit.extraWireSubjectMetadata = "lamp-1"
        let refused = try await sender.send(requests.batchDeposit(deposit))
        #expect(refused.status == 451)
        let need: KYCRequired = try refused.json().decode()
        #expect(need.isBadKYCAuth == true)

        let shop = try await street.customer("shop")
        let merchant: MerchantPublicKey = purchase.merchant.publicKey()
        _ = try await street.gateway.addAccountKey(
            AddAccountKeyRequest(amount: amount("0.01"), accountPublicKey: merchant, debitAccount: purchase.payto))
        try await exchange.readBankOnce()
        let hash = try #require(need.paytoHash)
        let checked = try await sender.send(requests.kycCheck(hash, signature: purchase.merchant.sign(AccountOwnerRequest())))
        #expect(checked.status == 200)
        #expect(try await sender.send(requests.batchDeposit(deposit)).status == 200)

        let report = try await exchange.aggregateOnce(dueBy: .never)
        let payout = try #require(report.paid.first)
        #expect(payout.amount == amount("5.10"))
        #expect(try await exchange.audit().problems.isEmpty)
        #expect(try await exchange.aggregateOnce(dueBy: .never) == PayoutReport())

        let revenue = OutgoingRequest(
            .get, "http://bank.test/accounts/shop/taler-revenue/history?delta=-5", fields: shop.basicFields)
        let history: RevenueHistory = try await street.toBank.send(revenue).json().decode()
        let credit = try #require(history.transactions.first { $0.amount == payout.amount })
        #expect(credit.subject == "\(payout.wireTransferID) http://exchange.test/ lamp-1")
        let details: TransferDetails = try await sender.send(requests.transfer(payout.wireTransferID)).json().decode()
        #expect(details.total == credit.amount)
    }
}

/// The exchange, its bank, and how to reach both.
private struct Street {
    let clock = FixedClock(SharedKeys.start.advanced(bySeconds: 3600))
    let toBank: InProcessSender
    let gateway: WireGatewayClient
    let exchange: ExchangeService
    let sender: InProcessSender
    let requests = ExchangeRequests(baseURL: "http://exchange.test/")
    var bankClient: BankClient { BankClient(baseURL: "http://bank.test/", sender: toBank) }

    init() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let credentials = BankCredentials(username: "exchange", password: "x's password")
        let settings = BankSettings(
            baseURL: "http://bank.test/", currency: SharedKeys.currency, registerBonus: amount("100"),
            accounts: [
                .init(name: "exchange", receiverName: "Exchange", password: credentials.password, debtLimit: .zero(SharedKeys.currency))
            ])
        let bank = try await BankService.make(
            settings, store: try .inMemory(currency: SharedKeys.currency), hasher: LegibleHasher(), clock: clock, logger: logger)
        toBank = InProcessSender([("http://bank.test/", bank.handler)])
        let store = try ExchangeStore.inMemory(currency: SharedKeys.currency)
        try await store.bind(to: SharedKeys.masterPub)
        try await store.add(try await SharedKeys.records)
        var configuration = Fixture.configuration()
        configuration.wireGateway = WireGatewayAccess(
            baseURL: "http://bank.test/accounts/exchange/taler-wire-gateway", credentials: credentials)
        exchange = try await ExchangeService(configuration: configuration, store: store, sender: toBank, clock: clock, logger: logger)
        gateway = WireGatewayClient(baseURL: configuration.wireGateway.baseURL, credentials: credentials, sender: toBank)
        sender = InProcessSender([("http://exchange.test/", exchange.handler)])
    }

    func customer(_ name: String) async throws -> BankCredentials {
        let customer = BankCredentials(username: name, password: "the password of \(name)")
        try await bankClient.register(customer)
        return customer
    }

    /// Of 5.12.
    func coin(from reserve: EdDSAPrivateKey) async throws -> TestCoin {
        let denomination = try #require(try await SharedKeys.records.denominations.first { $0.value == amount("5.12") })
        let planchet = try TestPlanchet(denomination)
        let batch = BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)])
        let withdrawn: BatchWithdrawResponse = try await sender.send(requests.batchWithdraw(reserve.publicKey(), batch)).json().decode()
        return try planchet.coin(try BlindedSignature(json: try #require(withdrawn.envelopeSignatures.first).signature))
    }
}

/// Hashes that cost nothing.
private struct LegibleHasher: PasswordHasher {
    func hash(_ password: String) async throws -> String { "hash of \(password)" }
    func isValid(_ password: String, for hash: String) async -> Bool { hash == "hash of \(password)" }
}
