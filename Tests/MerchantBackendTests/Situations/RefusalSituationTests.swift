// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import MerchantStore
import SandboxExchange
import TalerCrypto
import TalerWire
import Testing
import TestSupport

/// What the exchange says when it is told to refuse: the buyer hears it, nothing is taken, and it pays when it is over.
struct RefusalSituationTests {
    static let otherPayto = "payto://x-taler-bank/bank.test/other?receiver-name=Other"
    let shop: TriedShop

    init() async throws { shop = try await TriedShop() }

    /// - Parameter withOtherCoins: a coin that the exchange has named as spent is never sent to it again.
    private func expectPaidOnce(withOtherCoins: Bool = false) async throws {
        shop.situations.clear()
        let permission =
            withOtherCoins ? try await shop.merchant.permission(shop.contract, [(shop.exchange.coin(row: 9), "0.5")]) : shop.permission
        let answer = try await shop.merchant.pay(permission)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try await shop.state().state == .paid)
        #expect(try await shop.deposited() == 1)
        #expect(try await shop.exchange.audit().problems.isEmpty)
    }

    @Test(arguments: [
        (SituationName.denominationsExpired, 410, 1009), (.denominationsFuture, 410, 1008), (.denominationsRevoked, 410, 1010),
        (.denominationsUnknown, 404, 1005),
    ])
    func denominationsThatDoNotHoldAreRefusedWithAProof(name: SituationName, status: Int, code: Int) async throws {
        try shop.set(name)
        let answer = try await shop.pay()
        #expect(answer.status == status)
        #expect(answer.code == code)
        let refusal: DenominationRefusal = try answer.json().decode()
        try DenominationRefusalVerification.check(
            refusal, asked: [shop.coin.denomination.hash], keys: try await shop.keys(), now: shop.exchange.clock.now())
        #expect(try await shop.state().state == .refused)
        // The keys were fetched anew, and the batch was sent once more.
        #expect(shop.merchant.wire.count() == 2)
        #expect(try await shop.deposited() == 0)
        try await expectPaidOnce()
    }

    @Test func denominationsThatAreRevokedOnceAreTriedAgainAtOnce() async throws {
        try shop.set(.denominationsRevoked, count: 1)
        #expect(try await shop.pay().status == 200)
        #expect(shop.merchant.wire.count() == 2)
    }

    @Test(arguments: [SituationName.denominationsExpired, .denominationsRevoked, .denominationsUnknown])
    func whatTheKeysDoNotListAnyMoreIsNotSentAgain(name: SituationName) async throws {
        try shop.set(name) { $0.endpoints = [.keys, .deposit] }
        #expect(try await shop.keys().denominations[shop.coin.denomination.hash] == nil)
        #expect([404, 410].contains(try await shop.pay().status))
        let sent = shop.merchant.wire.count()
        let second = try await shop.pay()
        #expect(second.status == 400)
        #expect(second.code == 2151)
        #expect(shop.merchant.wire.count() == sent)
        // The backend does not ask for keys at each payment; one that is started anew does.
        shop.situations.clear()
        let heir = try await Merchant(exchange: shop.exchange, store: shop.merchant.store, key: shop.merchant.key)
        #expect(try await heir.pay(shop.permission).status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test func aCoinThatWasSpentElsewhereIsNamed() async throws {
        try shop.set(.spent)
        let answer = try await shop.pay()
        #expect(answer.status == 409)
        #expect(answer.code == 1012)
        #expect(try answer.member("coin_pub") == shop.coin.pub)
        #expect(try answer.member("h_denom_pub") == shop.coin.denomination.hash)
        #expect(try await shop.state().state == .refused)
        try await expectPaidOnce(withOtherCoins: true)
    }

    @Test func anotherAgeCommitmentIsToldWithAllItsMembers() async throws {
        try shop.set(.ageHash)
        let answer = try await shop.pay()
        #expect(answer.status == 409)
        #expect(answer.code == 1015)
        #expect(try answer.member("coin_pub") == shop.coin.pub)
        #expect(try answer.member("h_denom_pub") == shop.coin.denomination.hash)
        _ = try answer.member("expected_age_commitment_hash", as: AgeCommitmentHash.self)
        #expect(try await shop.state().state == .refused)
        try await expectPaidOnce(withOtherCoins: true)
    }

    @Test func anotherDepositOfTheContractIsTold() async throws {
        try shop.set(.contractConflict)
        let answer = try await shop.pay()
        #expect(answer.status == 409)
        #expect(answer.code == 1206)
        #expect(try answer.member("h_wire") != shop.permission.wireHash)
        try await expectPaidOnce(withOtherCoins: true)
    }

    @Test func whatIsWrongByItselfIsRefusedForThatBefore() async throws {
        try shop.set(.spent)
        var wrong = TestPurchase().request([shop.coin])
        wrong.coins[0].coinSignature = .zero
        #expect(try await shop.exchange.deposit(wrong).code == 1205)
    }

    // MARK: Who is paid

    @Test func aSellerWhoMustIdentifyHimselfIsToldHowAndTheBuyerLosesNothing() async throws {
        try shop.set(.kyc)
        let answer = try await shop.pay()
        #expect(answer.status == 451)
        #expect(answer.code == 2186)
        #expect(try answer.json()["exchange_reply"]?["bad_kyc_auth"] == .bool(true))
        #expect(try await shop.merchant.store.kycNeeds().map(\.isBadKYCAuth) == [true])
        #expect(try await shop.deposited() == 0)
        try await expectPaidOnce()
    }

    @Test func theSellerCanIdentifyHimselfWhileItLasts() async throws {
        try shop.set(.kyc)
        #expect(try await shop.pay().status == 451)
        try await shop.exchange.nameKey(shop.merchantPub, of: TriedShop.payto, row: 1)
        let second = try await shop.pay()
        #expect(second.status == 451)
        #expect(try second.json()["exchange_reply"]?["bad_kyc_auth"] == nil)
        let question: HTTPFields = ["Account-Owner-Signature": "\(shop.merchant.key.sign(AccountOwnerRequest()))"]
        let check = await shop.exchange.get("/kyc-check/\(TriedShop.account)", fields: question)
        #expect(check.status == 202)
        let page = "/kyc-spa/\(try #require(try check.json()["access_token"]?.stringValue))"
        #expect(await shop.exchange.get(page).text.contains("Situations are switched on"))
        #expect(await shop.exchange.post(page, body: []).status == 303)
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
    }

    @Test func anAccountThatIsAskedIsPaidNothingUntilItIsOver() async throws {
        #expect(try await shop.pay().status == 200)
        try shop.set(.kyc)
        shop.exchange.clock.advance(bySeconds: 40 * 86_400)
        #expect(try await shop.exchange.aggregate().paid.isEmpty)
        let track = await shop.merchant.send(.get, "/track/transaction?id=1")
        #expect(track.status == 202)
        #expect((try track.json().decode() as TransactionPending).isKYCOK == false)
        shop.situations.clear()
        #expect(try await shop.exchange.aggregate().paid.count == 1)
    }

    // MARK: Limits

    @Test func othersAreNotMeant() async throws {
        try shop.set(.kyc) { $0.account = NormalizedPaytoHash(of: must { try PaytoURI(Self.otherPayto) }) }
        try shop.set(.spent) { $0.merchant = EdDSAPrivateKey().publicKey() }
        try shop.set(.failing) { $0.endpoints = [.refund] }
        #expect(try await shop.pay().status == 200)
    }

    @Test func thisAccountIsMeant() async throws {
        try shop.set(.kyc) { $0.account = TriedShop.account }
        #expect(try await shop.pay().status == 451)
        // Another shop of the same exchange sells.
        var other = TestPurchase()
        other.payto = Self.otherPayto
        #expect(try await shop.exchange.deposit(other.request([shop.exchange.coin(row: 7)])).status == 200)
        try await expectPaidOnce()
    }

    @Test func thisMerchantIsMeant() async throws {
        try shop.set(.spent) { $0.merchant = shop.merchantPub }
        #expect(try await shop.exchange.deposit(TestPurchase().request([shop.exchange.coin(row: 7)])).status == 200)
        #expect(try await shop.pay().code == 1012)
        try await expectPaidOnce(withOtherCoins: true)
    }

    @Test func aSituationOfOneRequestIsOverAfterIt() async throws {
        try shop.set(.kyc, count: 1)
        #expect(try await shop.pay().status == 451)
        #expect(shop.situations.active.isEmpty)
        #expect(try await shop.pay().status == 200)
        #expect(try await shop.deposited() == 1)
    }
}
