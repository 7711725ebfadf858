// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct KYCTests {
    let purchase = TestPurchase()
    var account: NormalizedPaytoHash { NormalizedPaytoHash(of: must { try PaytoURI(purchase.payto) }) }
    var merchantPub: MerchantPublicKey { purchase.merchant.publicKey() }

    @Test func nobodyIsAskedAnythingUnlessTheOperatorSaysSo() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.deposit(purchase.request([try await fixture.coin()])).status == 200)
        try expect(await check(fixture), like: "119-kyc-off-check")
    }

    @Test func anAccountWithoutAKeyIsRefusedAsARealExchangeDoes() async throws {
        let fixture = try await asking()
        let coin = try await fixture.coin()
        for _ in 0..<2 {
            let response = try await fixture.deposit(purchase.request([coin]))
            try expect(response, like: "103-kyc-small-451")
            #expect(try response.member("h_payto") == account)
            #expect(try response.json()["bad_kyc_auth"] == .bool(true))
            #expect(try response.json()["requirement_row"] == .integer(0))
        }
        try expect(await check(fixture), like: "106-kyc-check-unauthorized-yet")
        #expect(try await fixture.deposits().isEmpty)
    }

    @Test func anAccountOfAnotherMerchantIsRefused() async throws {
        let fixture = try await asking()
        let other: MerchantPublicKey = EdDSAPrivateKey().publicKey()
        try await fixture.nameKey(other, of: purchase.payto, row: 1)
        let response = try await fixture.deposit(purchase.request([try await fixture.coin()]))
        #expect(response.status == 451)
        #expect(response.code == 1028)
        #expect(try response.member("account_pub") == other)
        #expect(try response.json()["bad_kyc_auth"] == .bool(true))
        let checked = await check(fixture)
        try expect(checked, like: "111-kyc-check-wrong-key")
        #expect(try checked.member("expected_account_pub") == other)
    }

    @Test func smallDepositsNeedTheKeyOnly() async throws {
        let fixture = try await asking()
        try await named(fixture)
        try expect(await check(fixture), like: "110-kyc-check-after-auth")
        // Exactly the threshold.
        let coins = try await fixture.coins([amount("0.64"), amount("0.32"), amount("0.04")])
        try expect(try await fixture.deposit(purchase.request(coins)), like: "112-kyc-small-after-auth")
    }

    @Test func aLargeDepositNeedsAnOwnerWhoHasSaidWhoHeIs() async throws {
        let fixture = try await asking()
        try await named(fixture)
        let coin = try await fixture.coin("1.28")
        let refused = try await fixture.deposit(purchase.request([coin]))
        try expect(refused, like: "113-kyc-451-after-auth")
        #expect(try refused.member("account_pub") == merchantPub)
        #expect(try refused.json()["requirement_row"] == .integer(1))
        #expect(try await fixture.deposit(purchase.request([coin])).json()["requirement_row"] == .integer(1))
        let open = await check(fixture)
        try expect(open, like: "114-kyc-check-202")
        let status: KYCStatus = try open.json().decode()
        #expect(status.limits?.first?["threshold"] == amount("1").json)

        let info = await fixture.get("/kyc-info/\(status.accessToken)")
        try expect(info, like: "115-kyc-info")
        let id = try #require(try info.json()["requirements"]?.arrayValue?.first?["id"]?.stringValue)
        try expect(await fixture.post("/kyc-upload/\(id)", body: []), like: "116-kyc-upload")
        #expect(await fixture.post("/kyc-upload/\(id)", body: []).code == 1941)
        let done = await check(fixture)
        try expect(done, like: "117-kyc-check-after-upload")
        #expect(try done.json()["limits"] == .array([]))
        #expect(try await fixture.get("/kyc-info/\(status.accessToken)").json()["requirements"] == .array([]))
        try expect(try await fixture.deposit(purchase.request([coin])), like: "118-kyc-deposit-after")
    }

    @Test func aPersonGetsThroughWithOneButton() async throws {
        let fixture = try await asking()
        try await named(fixture)
        let coin = try await fixture.coin("1.28")
        #expect(try await fixture.deposit(purchase.request([coin])).status == 451)
        let status: KYCStatus = try await check(fixture).json().decode()
        let address = "/kyc-spa/\(status.accessToken)"
        let page = await fixture.get(address)
        #expect(page.status == 200)
        #expect(page.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("<code>payto://x-taler-bank/bank.test/shop</code>"))
        #expect(page.text.contains("<form method=\"post\">"))
        let pressed = await fixture.post(address, body: [])
        #expect(pressed.status == 303)
        #expect(pressed.fields["Location"] == "http://exchange.test\(address)")
        #expect(await !fixture.get(address).text.contains("<form"))
        // Twice does no harm.
        #expect(await fixture.post(address, body: []).status == 303)
        #expect(await check(fixture).status == 200)
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
    }

    @Test func theQuestionComesAfterTheSignaturesAndBeforeTheBooks() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(TestPurchase().request([coin])).status == 200)
        #expect(try await fixture.deposit(purchase.request([coin])).code == 1012)
        fixture.service.kycThreshold = amount("1")
        #expect(try await fixture.deposit(purchase.request([coin])).code == 1028)
        var unsigned = purchase.request([coin])
        unsigned.coins[0].coinSignature = .random()
        #expect(try await fixture.deposit(unsigned).code == 1205)
        var conditional = purchase
        conditional.policy = .object(["type": "none"])
        #expect(try await fixture.deposit(conditional.request([coin])).code == 1107)
    }

    @Test func whatWasAcceptedBeforeCanBeRefusedWhenItIsRepeated() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        fixture.service.kycThreshold = amount("0")
        #expect(try await fixture.deposit(purchase.request([coin])).status == 451)
        let pending: DepositPending = try await fixture.get(purchase.trackTarget(coin.pub)).json().decode()
        #expect(pending == DepositPending(executionTime: purchase.wireDeadline, isKYCOK: false))
        // The account is known by its deposit, and has no key.
        let unnamed = await check(fixture)
        #expect(unnamed.status == 409)
        #expect(unnamed.code == 1940)
        fixture.service.kycThreshold = nil
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
    }

    @Test func nothingIsPaidBeforeTheAccountIsInOrder() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("1.28")])
        #expect(try await fixture.deposit(purchase.request([coins[0]])).status == 200)
        fixture.service.kycThreshold = amount("1")
        #expect(try await fixture.aggregate(dueBy: .never) == PayoutReport())
        try await named(fixture)
        var large = purchase
        large.contract = ContractHash.random()
        #expect(try await fixture.deposit(large.request([coins[1]])).status == 451)
        #expect(try await fixture.aggregate(dueBy: .never) == PayoutReport())
        let response = await fixture.get(purchase.trackTarget(coins[0].pub, "&timeout_ms=60000&lpt=1"))
        let pending: DepositPending = try response.json().decode()
        #expect(
            pending
                == DepositPending(executionTime: purchase.wireDeadline, isKYCOK: false, requirementRow: 1, accountPub: merchantPub))
        let status: KYCStatus = try await check(fixture).json().decode()
        _ = await fixture.post("/kyc-spa/\(status.accessToken)", body: [])
        #expect(try await fixture.aggregate(dueBy: .never).paid.map(\.amount) == [amount("0.62")])
    }

    @Test func whoWaitsIsToldOfTheKeyAndOfTheIdentification() async throws {
        let fixture = try await asking()
        async let keyed = check(fixture, "?timeout_ms=60000&lpt=1")
        while fixture.service.bells.accounts.listenerCount == 0 { await Task.yield() }
        try await named(fixture)
        #expect(await keyed.status == 200)
        #expect(try await fixture.deposit(purchase.request([try await fixture.coin("1.28")])).status == 451)
        let open = await check(fixture, "?timeout_ms=60000&lpt=1")
        #expect(open.status == 202)
        let status: KYCStatus = try open.json().decode()
        async let identified = check(fixture, "?timeout_ms=60000&lpt=3")
        while fixture.service.bells.accounts.listenerCount == 0 { await Task.yield() }
        _ = await fixture.post("/kyc-spa/\(status.accessToken)", body: [])
        #expect(await identified.status == 200)
    }

    @Test func anotherKeyClosesThePagesOfTheFirst() async throws {
        let fixture = try await asking()
        try await named(fixture)
        let status: KYCStatus = try await check(fixture).json().decode()
        #expect(try await check(fixture).member("access_token") == AccessToken(base32: status.accessToken))
        try await fixture.nameKey(merchantPub, of: purchase.payto, row: 2)
        #expect(await fixture.get("/kyc-spa/\(status.accessToken)").status == 200)
        try await fixture.nameKey(EdDSAPrivateKey().publicKey(), of: purchase.payto, row: 3)
        #expect(await fixture.get("/kyc-spa/\(status.accessToken)").status == 403)
        #expect(await fixture.get("/kyc-info/\(status.accessToken)").code == 1919)
        #expect(await check(fixture).status == 403)
    }

    @Test func theSpellingOfAnAccountDoesNotMatter() async throws {
        let fixture = try await asking()
        try await fixture.nameKey(merchantPub, of: "payto://x-taler-bank/BANK.test/shop?receiver-name=The%20Shop", row: 1)
        #expect(try await fixture.deposit(purchase.request([try await fixture.coin()])).status == 200)
    }

    @Test(arguments: ["/kyc-info/XYZ", "/kyc-spa/XYZ", "/kyc-info/\(AccessToken.random())", "/kyc-spa/\(AccessToken.random())"])
    func aStrangeTokenOpensNothing(_ address: String) async throws {
        let fixture = try await asking()
        #expect([400, 403].contains(await fixture.get(address).status))
        #expect(await fixture.post(address.replacing("info", with: "upload"), body: []).status >= 400)
    }

    @Test func whatIsMissingOrMalformedIsRefused() async throws {
        let fixture = try await asking()
        let missing = await fixture.get("/kyc-check/\(account)")
        try expect(missing, like: "107-kyc-check-no-sig")
        let signature = "\(purchase.merchant.sign(AccountOwnerRequest()))"
        let malformed = await fixture.get("/kyc-check/XYZ", fields: ["Account-Owner-Signature": signature])
        #expect(malformed.status == 400)
        #expect(malformed.code == 29)
        let cut = await fixture.get("/kyc-check/\(account)", fields: ["Account-Owner-Signature": "XYZ"])
        #expect(cut.status == 400)
        #expect(cut.code == 26)
        let unknown = await check(fixture)
        try expect(unknown, like: "108-kyc-check-unknown")
    }

    private func asking() async throws -> Fixture {
        let fixture = try await Fixture()
        fixture.service.kycThreshold = amount("1")
        return fixture
    }

    private func named(_ fixture: Fixture) async throws {
        try await fixture.nameKey(merchantPub, of: purchase.payto, row: 1)
    }

    private func check(_ fixture: Fixture, _ query: String = "") async -> Response {
        let signature = purchase.merchant.sign(AccountOwnerRequest())
        return await fixture.get("/kyc-check/\(account)\(query)", fields: ["Account-Owner-Signature": "\(signature)"])
    }
}
