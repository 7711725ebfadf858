// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// Payments with coins of an exchange that the contract does not list.
struct UnlistedExchangePaymentTests {
    static let url = "https://other.test/"
    let fixture: Fixture
    let audited: SignableCoin
    let other: SignableCoin

    init() async throws {
        fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.32")])
        audited = try SignableCoin(coins[0])
        other = try SignableCoin(coins[1])
    }

    /// - Parameter vouches: the auditor signed the first denomination.
    private func exchange(vouches: Bool = true, account: String = SharedKeys.account.text) -> TestExchange {
        var first = audited.denomination
        first.isAudited = vouches
        return TestExchange(Self.url, denominations: [first, other.denomination], account: account)
    }

    private func refusal(
        _ exchange: TestExchange, coin: SignableCoin? = nil, hasAuditor: Bool = true, url: String? = nil, price: String = "0.3"
    ) async throws -> (Response, Merchant) {
        let merchant = try await Merchant(exchange: fixture, own: exchange, auditors: hasAuditor ? [exchange.acceptedAuditor] : [])
        let contract = try await merchant.contract(price: price)
        var permission = try merchant.permission(contract, at: exchange, [(coin ?? audited, price)])
        if let url { permission.mint = url }
        let answer = try await merchant.pay(permission)
        #expect(merchant.wire.count() == 0)
        #expect(try await merchant.order(contract).state == .offered)
        return (answer, merchant)
    }

    @Test func coinsThatTheAuditorVouchesForPay() async throws {
        let exchange = exchange()
        let merchant = try await Merchant(exchange: fixture, own: exchange, auditors: [exchange.acceptedAuditor])
        let contract = try await merchant.contract(price: "0.3")
        let permission = try merchant.permission(contract, at: exchange, [(audited, "0.3")])
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 200)
        #expect(try await merchant.pay(permission) == answer)
        let order = try await merchant.order(contract)
        #expect(order.state == .paid)
        #expect(order.deposits.map(\.exchangeURL) == [Self.url])
        #expect(order.deposits.first?.exchangePub == exchange.signer.publicKey())
        #expect(merchant.wire.count(Self.url + "keys") == 1)
        #expect(merchant.wire.count(Self.url + "batch-deposit") == 1)
    }

    @Test func whatSuchCoinsPaidCanBeGivenBack() async throws {
        let exchange = exchange()
        let merchant = try await Merchant(exchange: fixture, own: exchange, auditors: [exchange.acceptedAuditor])
        let contract = try await merchant.contract(price: "0.3")
        #expect(try await merchant.pay(merchant.permission(contract, at: exchange, [(audited, "0.3")])).status == 200)
        let list: RefundList = try await merchant.send(
            .post, "/refund", ["H_contract": contract.contractHash.json, "refund": "KUDOS:0.2", "reason": "broken"]
        ).json().decode()
        #expect(list.refunds.map(\.status) == [.accepted])
        #expect(list.refunds.first?.exchangePub == exchange.signer.publicKey())
    }

    @Test func theirTransferIsFollowed() async throws {
        let exchange = exchange()
        let merchant = try await Merchant(exchange: fixture, own: exchange, auditors: [exchange.acceptedAuditor])
        let contract = try await merchant.contract(price: "0.3")
        #expect(try await merchant.pay(merchant.permission(contract, at: exchange, [(audited, "0.3")])).status == 200)
        let answer = await merchant.send(.get, "/track/transaction?id=1")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try await merchant.intents(contract).first?.coins.first?.wire?.contribution == amount("0.29"))
    }

    @Test func aDenominationThatNobodyVouchesForIsRefused() async throws {
        let (refusal, _) = try await refusal(exchange(), coin: other)
        #expect(refusal.status == 400)
        #expect(refusal.code == 2152)
        #expect(try refusal.json()["h_denom_pub"] == other.denomination.hash.json)
    }

    @Test func anExchangeThatNobodyVouchesForIsRefused() async throws {
        let (refusal, merchant) = try await refusal(exchange(vouches: false))
        #expect(refusal.status == 400)
        #expect(refusal.code == 2152)
        #expect(try refusal.json()["exchange_url"]?.stringValue == Self.url)
        #expect(merchant.wire.count(containing: "other.test") == 1)
    }

    @Test func withoutAnAuditorNothingIsFetched() async throws {
        let (refusal, merchant) = try await refusal(exchange(), hasAuditor: false)
        #expect(refusal.status == 400)
        #expect(refusal.code == 2025)
        #expect(merchant.wire.count(containing: "other.test") == 0)
    }

    @Test(arguments: [
        "http://other.test/", "https://user@other.test/", "https://user:word@other.test/", "https://10.0.0.1/", "https://192.168.1.1:8443/",
        "https://127.0.0.1/", "https://169.254.169.254/", "https://[::1]/", "https://[fd00::1]/", "https://2130706433/",
        "ftp://other.test/",
        "other.test",
    ])
    func anAddressThatAStrangerMayNotNameIsNotFetched(url: String) async throws {
        let (refusal, merchant) = try await refusal(exchange(), url: url)
        #expect(refusal.status == 400)
        #expect(refusal.code == 2025)
        // The sandbox's exchange alone was asked, for the contract.
        #expect(merchant.wire.count(containing: "") == merchant.wire.count("http://exchange.test/keys"))
    }

    @Test func anExchangeThatCannotPayTheMerchantIsRefused() async throws {
        let (refusal, _) = try await refusal(exchange(account: "payto://iban/CH9300762011623852957?receiver-name=Exchange"))
        #expect(refusal.status == 400)
        #expect(refusal.code == 2025)
        #expect(try refusal.json()["exchange_url"]?.stringValue == Self.url)
    }
}
