// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing
import TestSupport
import Wallet
import WalletStore

/// Offers that must not be paid, and payments that were not taken.
@Suite struct RefusalTests {
    /// Tries to pay, and checks that the wallet is as before and nothing was posted.
    private func expectNothingPaid(
        _ world: World, _ isExpected: (WalletError) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try await wallet.balances()
        do {
            _ = try await wallet.pay(World.shopURL, product: "essay")
            Issue.record("it was paid", sourceLocation: sourceLocation)
        } catch { #expect(isExpected(error), "\(error)", sourceLocation: sourceLocation) }
        #expect(try await wallet.balances() == before, sourceLocation: sourceLocation)
        #expect(try await store.purchases().isEmpty, sourceLocation: sourceLocation)
        #expect(world.shop.payRequests.isEmpty, sourceLocation: sourceLocation)
    }

    @Test func aContractThatWasChangedOnItsWayIsRefused() async throws {
        let world = try await World()
        world.shop.set {
            $0.tamper = { answer in
                guard case .object(var contract)? = answer["contract"] else { return }
                contract["amount"] = amount("0.5").classicJSON
                answer["contract"] = .object(contract)
            }
        }
        try await expectNothingPaid(world) { $0 == .wrongHash }
    }

    @Test func aContractThatWasChangedTogetherWithItsHashIsRefused() async throws {
        let world = try await World()
        world.shop.set {
            $0.tamper = { answer in
                guard case .object(var contract)? = answer["contract"] else { return }
                contract["H_wire"] = WireHash.random().json
                answer["contract"] = .object(contract)
                answer["H_contract"] = try? ContractHash(of: .object(contract)).json
            }
        }
        try await expectNothingPaid(world) { $0 == .wrongSignature }
    }

    @Test func aSignatureWithOneBitFlippedIsRefused() async throws {
        let world = try await World()
        world.shop.set {
            $0.tamper = { answer in
                guard let text = answer["sig"]?.stringValue, var bytes = try? Base32.decode(text) else { return }
                bytes[40] ^= 4
                answer["sig"] = .string(Base32.encode(bytes))
            }
        }
        try await expectNothingPaid(world) { $0 == .wrongSignature }
    }

    @Test func aSignatureOfAnotherMerchantIsRefused() async throws {
        let world = try await World()
        world.shop.set {
            $0.tamper = { answer in
                guard let hash = answer["H_contract"].flatMap({ try? ContractHash(json: $0) }) else { return }
                answer["sig"] = EdDSAPrivateKey().sign(ContractOffer(contractHash: hash)).json
            }
        }
        try await expectNothingPaid(world) { $0 == .wrongSignature }
    }

    @Test(arguments: [
        "http://evil.test/taler/pay?order=7", "//evil.test/taler/pay", "https://shop.test/taler/pay", "http://shop.test:8080/taler/pay",
        "http://shop.test.evil.test/taler/pay",
    ])
    func aPaymentToAnotherOriginIsRefused(_ url: String) async throws {
        let world = try await World()
        world.shop.set { $0.payURL = url }
        try await expectNothingPaid(world) { if case .payElsewhere = $0 { true } else { false } }
    }

    @Test(arguments: ["http://shop.test@evil.test/", "http://shop.test\\@evil.test/", "javascript:alert(1)", "ftp://shop.test/pay", "/a b"])
    func aPayAddressThatIsNoneIsRefused(_ url: String) async throws {
        let world = try await World()
        world.shop.set { $0.payURL = url }
        try await expectNothingPaid(world) { if case .offerMalformed = $0 { true } else { false } }
    }

    @Test func anOfferThatHasExpiredIsRefused() async throws {
        let world = try await World()
        world.shop.set { $0.expiry = 0 }
        try await expectNothingPaid(world) { $0 == .expired(world.clock.now()) }
    }

    @Test(arguments: ["amount", "max_fee", "H_wire", "merchant_pub", "timestamp", "refund_deadline", "expiry", "mints", "transaction_id"])
    func anOfferWithoutAMemberIsRefused(_ name: String) async throws {
        let world = try await World()
        world.shop.set { $0.change = { $0[name] = nil } }
        try await expectNothingPaid(world) { if case .offerMalformed(let reason) = $0 { reason.contains(name) } else { false } }
    }

    @Test func anotherExchangeIsRefused() async throws {
        let world = try await World()
        world.shop.set { $0.mints = [["url": "http://other.test/", "master_pub": WorldKeys.masterPub.json]] }
        try await expectNothingPaid(world) { $0 == .noCommonExchange(shop: ["http://other.test/"], wallet: [World.exchangeURL]) }
    }

    @Test func ourExchangeUnderAnotherKeyIsRefused() async throws {
        let world = try await World()
        world.shop.set { $0.mints = [["url": .string(World.exchangeURL), "master_pub": MasterPublicKey.random().json]] }
        try await expectNothingPaid(world) { if case .noCommonExchange = $0 { true } else { false } }
    }

    @Test func anotherCurrencyIsRefused() async throws {
        let world = try await World()
        world.shop.set {
            $0.change = { contract in
                contract["amount"] = try? Amount("EUR:1").classicJSON
                contract["max_fee"] = try? Amount("EUR:0").classicJSON
            }
        }
        try await expectNothingPaid(world) { if case .noCommonExchange = $0 { true } else { false } }
    }

    @Test func aPriceThatTheWalletDoesNotHaveIsRefusedAndTheMissingAmountTold() async throws {
        let world = try await World()
        world.shop.set {
            $0.price = amount("50")
            $0.maximumFee = amount("1")
        }
        try await expectNothingPaid(world) {
            guard case .insufficient(let price, let available, let missing, let locked) = $0 else { return false }
            return price == amount("50") && (try? available.adding(missing)) == price && locked.isZero && "\($0)".contains("\(missing)")
        }
    }

    @Test func anotherAmountThanTheBuyerChoseIsRefused() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        world.shop.set { $0.change = { $0["amount"] = amount("2.5").classicJSON } }
        await #expect(throws: WalletError.otherAmount(chosen: amount("0.5"), asked: amount("2.5"))) {
            _ = try await wallet.pay(World.shopURL, product: "gift", amount: amount("0.5"))
        }
        #expect(try await store.purchases().isEmpty)
        #expect(world.shop.payRequests.isEmpty)
    }

    @Test func aShopWithoutAnOfferIsToldOf() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "1")
        world.network.stub("taler/contract", Response(status: 404, json: ["code": 2005, "hint": "No such product."]))
        await #expect(throws: WalletError.noOffer(status: 404, code: 2005, hint: "No such product", fulfillmentURL: nil)) {
            _ = try await wallet.pay(World.shopURL, product: "none")
        }
    }

    // MARK: After the payment was posted

    @Test func aDefinitiveRefusalFreesTheCoins() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try await wallet.balances()
        world.shop.set { $0.payAnswer = Response(status: 410, json: ["code": 2161, "hint": "Too late."]) }
        await #expect(throws: WalletError.refused(status: 410, code: 2161, hint: "Too late", coin: nil)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        #expect(try await wallet.balances() == before)
        #expect(try await store.purchases().map(\.state) == [.refused("Too late")])
        world.shop.set { $0.payAnswer = nil }
        #expect(try await !wallet.pay(World.shopURL, product: "essay").isReplay)
    }

    @Test(arguments: [
        Response(status: 502, json: ["code": 2170, "hint": "The exchange does not answer."]), Response(status: 500),
        Response(status: 404, type: "text/html", text: "<h1>Not found</h1>"), Response(status: 200, type: "text/html", text: "hello"),
        Response(status: 307, fields: ["Location": "http://evil.test/"]),
        Response(status: 301, fields: ["Location": "https://shop.test/taler/pay?order=7"]), Response(status: 302),
    ])
    func anAnswerThatSettlesNothingKeepsTheCoinsLockedAndTheSameIsSentAgain(_ answer: Response) async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try #require(try await wallet.balances().first)
        world.shop.set { $0.payAnswer = answer }
        do {
            _ = try await wallet.pay(World.shopURL, product: "essay")
            Issue.record("it was paid")
        } catch {
            #expect(error.isUnresolved)
            #expect("\(error)".contains("answered 502 with code 2170: ") == (answer.status == 502))
        }
        let during = try #require(try await wallet.balances().first)
        #expect(!during.locked.isZero)
        #expect(try during.available.adding(during.locked) == before.available)
        #expect(try await wallet.retry().count == 1)
        world.shop.set { $0.payAnswer = nil }
        let results = try await wallet.retry()
        #expect(try results.map { try $0.outcome.get().isReplay } == [true])
        #expect(Set(world.shop.payRequests.map(\.body)).count == 1)
        #expect(world.shop.payRequests.count == 3)
        #expect(try await wallet.balances().first?.available == before.available.subtracting(amount("1")))
        #expect(try await store.unresolvedPurchases().isEmpty)
        #expect(try await wallet.retry().isEmpty)
    }

    @Test(arguments: [(404, 21), (405, 20), (401, 40), (413, 32), (404, 2005), (429, 9999)])
    func anAnswerThatIsNotAboutThePaymentFreesNoCoinThatMayBeSpent(_ status: Int, _ code: Int) async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let before = try #require(try await wallet.balances().first)
        world.network.cut(after: 1, .answerLost)
        _ = try? await wallet.pay(World.shopURL, product: "essay")
        world.network.heal()
        // The shop is back, but at another place, behind another server, or without its memory.
        world.shop.set { $0.payAnswer = Response(status: status, json: ["code": .integer(Int64(code)), "hint": "No."]) }
        do {
            _ = try await wallet.pay(World.shopURL, product: "essay")
            Issue.record("it was paid")
        } catch { #expect(error.isUnresolved, "\(error)") }
        #expect(try await store.unresolvedPurchases().count == 1)
        world.shop.set { $0.payAnswer = nil }
        #expect(try await wallet.pay(World.shopURL, product: "essay").isReplay)
        #expect(try await wallet.balances().first?.available == before.available.subtracting(amount("1")))
    }

    @Test func lockedCoinsAreNotUsedForAnotherPurchase() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        world.shop.set { $0.payAnswer = Response(status: 504) }
        _ = try? await wallet.pay(World.shopURL, product: "essay")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let locked = Set(try await store.coins(of: exchange).filter { $0.state == .locked }.map(\.coinPub))
        world.shop.set { $0.payAnswer = nil }
        _ = try await wallet.pay(World.shopURL, product: "another essay")
        #expect(!locked.isEmpty)
        #expect(locked.isDisjoint(with: world.shop.permissions.last?.coins.map(\.coinPub) ?? []))
    }

    @Test func aCoinThatIsNamedByAnotherRefusalIsSetAside() async throws {
        let world = try await World()
        let (wallet, store) = try await world.wallet(with: "3")
        let exchange = try #require(try await store.exchange(at: World.exchangeURL))
        let coin = try #require(try await store.coins(of: exchange).first { $0.denomination.value == amount("1.28") })
        world.shop.set { $0.payAnswer = Response(status: 403, json: ["code": 2157, "hint": "Wrong.", "coin_pub": coin.coinPub.json]) }
        await #expect(throws: WalletError.refused(status: 403, code: 2157, hint: "Wrong", coin: coin.coinPub)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        #expect(try await wallet.balances().first?.setAside == coin.remaining)
        #expect(try await store.coins(of: exchange).filter { $0.state == .refused }.map(\.coinPub) == [coin.coinPub])
    }

    @Test func aRefusalThatNamesACoinOfNobodyChangesNoCoin() async throws {
        let world = try await World()
        let (wallet, _) = try await world.wallet(with: "3")
        let before = try await wallet.balances()
        world.shop.set {
            $0.payAnswer = Response(status: 409, json: ["code": 1012, "hint": "Spent.", "coin_pub": CoinPublicKey.random().json])
        }
        await #expect(throws: WalletError.refused(status: 409, code: 1012, hint: "Spent", coin: nil)) {
            _ = try await wallet.pay(World.shopURL, product: "essay")
        }
        #expect(try await wallet.balances() == before)
    }
}
