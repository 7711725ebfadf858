// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerWire
import Testing

/// Exchanges that answer a deposit with another place to go to.
struct PaymentRedirectTests {
    let merchant: Merchant
    let contract: ContractResponse
    let permission: DepositPermission

    init() async throws {
        merchant = try await Merchant()
        contract = try await merchant.contract()
        permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
    }

    private func redirect(_ status: Int, _ location: String?) {
        merchant.wire.plan(
            .instead(Response(status: status, fields: location.map { ["Location": $0] } ?? HTTPFields())), containing: "batch-deposit")
    }

    @Test(arguments: [
        (307, "http://exchange.test/batch-deposit?shard=1"), (308, "http://exchange.test/batch-deposit?shard=1"),
        (307, "/batch-deposit?shard=1"), (308, "?shard=1"), (307, "batch-deposit?shard=1"),
    ])
    func theSameOriginIsFollowedAndTheOutcomeStored(status: Int, location: String) async throws {
        redirect(status, location)
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 200)
        #expect(merchant.wire.count(containing: "batch-deposit?shard=1") == 1)
        #expect(try await merchant.order(contract).deposits.map(\.state) == [.accepted])
        #expect(try await merchant.exchange.deposits().count == 1)
        #expect(try await merchant.pay(permission) == answer)
        #expect(merchant.wire.count(containing: "batch-deposit") == 2)
    }

    @Test(arguments: [
        "http://stranger.test/batch-deposit", "https://stranger.test/batch-deposit", "//stranger.test/batch-deposit",
        "http://exchange.test:8080/batch-deposit", "https://exchange.test/batch-deposit", "http://user@exchange.test/batch-deposit",
        "http://10.0.0.1/batch-deposit", "file:///etc/passwd", "", nil,
    ])
    func anotherPlaceIsADoubtAndNeverARefusal(location: String?) async throws {
        redirect(307, location)
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(merchant.wire.count(containing: "batch-deposit") == 1)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.intents(contract).first?.mayHaveReached == true)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await merchant.exchange.deposits().count == 1)
    }

    @Test func aRefusalAfterSuchADoubtIsAskedAbout() async throws {
        redirect(308, "http://stranger.test/batch-deposit")
        _ = try await merchant.pay(permission)
        merchant.wire.plan(.instead(Response(status: 451, json: ["code": 1028])))
        #expect(try await merchant.pay(permission).status == 502)
        #expect(merchant.wire.count(containing: "/deposits/") == 1)
        #expect(try await merchant.order(contract).state == .paying)
    }

    @Test func threeAreFollowed() async throws {
        for number in 1...3 { redirect(307, "/batch-deposit?\(number)") }
        #expect(try await merchant.pay(permission).status == 200)
        #expect(merchant.wire.count(containing: "batch-deposit") == 4)
    }

    @Test func aFourthIsADoubt() async throws {
        for number in 1...4 { redirect(307, "/batch-deposit?\(number)") }
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(merchant.wire.count(containing: "batch-deposit") == 4)
        #expect(merchant.wire.count(containing: "batch-deposit?4") == 0)
        #expect(try await merchant.order(contract).state == .paying)
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test(arguments: [
        ("http://own.test/shard/", "http://own.test/shard/", "http://own.test/shard/deposits/"),
        ("http://own.test/shard", "http://own.test/shard", "http://own.test/shard/deposits/"),
        ("http://stranger.test/", nil, "http://own.test/deposits/"), ("https://stranger.test/", nil, "http://own.test/deposits/"),
        ("nowhere", nil, "http://own.test/deposits/"), (nil, nil, "http://own.test/deposits/"),
    ])
    func whereTheExchangeWantsToBeAskedIsKeptIfItMayBeAsked(given: String?, stored: String?, asked: String) async throws {
        let coin = try SignableCoin(await merchant.exchange.coin("0.64", row: 2))
        let own = TestExchange("http://own.test/", denominations: [coin.denomination], transactionBaseURL: given)
        let merchant = try await Merchant(exchange: merchant.exchange, others: [own.accepted], own: own)
        let contract = try await merchant.contract(2)
        #expect(try await merchant.pay(merchant.permission(contract, at: own, [(coin, "0.5")])).status == 200)
        let intent = try #require(try await merchant.intents(contract).first)
        #expect(intent.transactionBaseURL == stored)
        guard case .accepted = intent.state else {
            Issue.record("not accepted")
            return
        }
        _ = await merchant.send(.get, "/track/transaction?id=2")
        #expect(merchant.wire.count(containing: asked) == 1)
        #expect(merchant.wire.count(containing: "stranger.test") == 0)
    }
}
