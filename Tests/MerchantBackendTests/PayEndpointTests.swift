// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerCrypto
import TalerWire
import Testing
import TestSupport

struct PayEndpointTests {
    @Test func aPaymentIsTakenToTheExchangeAndRemembered() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coin = try await merchant.exchange.coin("0.64")
        let permission = try merchant.permission(contract, [(coin, "0.5")])
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 200)
        let payment: PaymentResponse = try answer.json().decode()
        #expect(payment.contractHash == contract.contractHash)
        let key: MerchantPublicKey = merchant.key.publicKey()
        #expect(PaymentConfirmation(contractHash: contract.contractHash).isValid(payment.merchantSignature, by: key))
        let order = try await merchant.order(contract)
        #expect(order.state == .paid)
        #expect(order.deposits.count == 1)
        #expect(order.deposits.first?.exchangeSignature != nil)
        #expect(order.deposits.first?.coins.first?.contribution == amount("0.5"))
        #expect(merchant.wire.count() == 1)
    }

    @Test func aPaidContractAnswersFromTheStoreAndTakesNoOtherCoins() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let permission = try merchant.permission(contract, [(coins[0], "0.5")])
        let first = try await merchant.pay(permission)
        #expect(try await merchant.pay(permission) == first)
        merchant.exchange.clock.advance(bySeconds: 1_000_000)
        #expect(try await merchant.pay(permission) == first)
        let refusal = try await merchant.pay(merchant.permission(contract, [(coins[1], "0.5")]))
        #expect(refusal.status == 409)
        #expect(refusal.code == 2160)
        #expect(merchant.wire.count() == 1)
    }

    @Test func aCoinThatWasSpentElsewhereIsNamedAndFreshCoinsAreWelcome() async throws {
        let merchant = try await Merchant()
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let first = try await merchant.contract(1)
        #expect(try await merchant.pay(merchant.permission(first, [(coins[0], "0.5")])).status == 200)
        let second = try await merchant.contract(2)
        let refusal = try await merchant.pay(merchant.permission(second, [(coins[0], "0.5")]))
        #expect(refusal.status == 409)
        #expect(refusal.code == 1012)
        #expect(try refusal.json()["coin_pub"] == coins[0].pub.json)
        #expect(try refusal.json()["exchange_url"] == "http://exchange.test/")
        #expect(try await merchant.order(second).state == .refused)
        #expect(try await merchant.pay(merchant.permission(second, [(coins[1], "0.5")])).status == 200)
        #expect(try await merchant.order(second).state == .paid)
    }

    @Test func coinsThatTheExchangeRefusedForThisContractAreNotSentAgain() async throws {
        let merchant = try await Merchant()
        let coin = try await merchant.exchange.coin("0.64")
        #expect(try await merchant.pay(merchant.permission(merchant.contract(1), [(coin, "0.5")])).status == 200)
        let contract = try await merchant.contract(2)
        let permission = try merchant.permission(contract, [(coin, "0.5")])
        let refusal = try await merchant.pay(permission)
        #expect(refusal.code == 1012)
        #expect(try await merchant.pay(permission) == refusal)
        #expect(merchant.wire.count() == 2)
        #expect(try await merchant.order(contract).deposits.count == 1)
    }

    @Test func aCoinTwiceInOnePaymentIsRefusedBeforeAnythingIsSent() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coin = try await merchant.exchange.coin("0.64")
        let refusal = try await merchant.pay(merchant.permission(contract, [(coin, "0.25"), (coin, "0.26")]))
        #expect(refusal.status == 400)
        #expect(refusal.code == 26)
        #expect(merchant.wire.count() == 0)
        #expect(try await merchant.order(contract).state == .offered)
    }

    @Test func wrongSignaturesAreRefusedHere() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let good = try merchant.permission(contract, [(coins[0], "0.5")])
        var wrongSignature = good
        wrongSignature.coins[0].coinSignature = try merchant.permission(contract, [(coins[0], "0.51")]).coins[0].coinSignature
        var otherCoin = good
        otherCoin.coins[0].denominationSignature = coins[1].signature.json["rsa_signature"] ?? .null
        var modern = good
        modern.coins[0].denominationSignature = ["cipher": "RSA", "rsa_signature": "00"]
        for permission in [wrongSignature, otherCoin, modern] {
            let refusal = try await merchant.pay(permission)
            #expect(refusal.status == 403)
            #expect(refusal.code == 2157)
            #expect(try refusal.json()["coin_pub"] == coins[0].pub.json)
        }
        #expect(merchant.wire.count() == 0)
        #expect(try await merchant.pay(good).status == 200)
    }

    @Test func theModernFormOfACoinIsReadAsWell() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coin = try await merchant.exchange.coin("0.64")
        var permission = try merchant.permission(contract, [(coin, "0.5")])
        permission.exchange = permission.mint
        permission.mint = nil
        permission.coins[0].denominationSignature = coin.signature.json
        permission.coins[0].denominationPub = nil
        permission.coins[0].denominationHash = coin.denomination.hash
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func whatContradictsTheContractIsRefused() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coin = try await merchant.exchange.coin("0.64")
        let good = try JSONValue(encoding: merchant.permission(contract, [(coin, "0.5")]))
        let never = ContractHash.zero.json
        for (member, value, status, code) in [
            ("H_wire", WireHash.zero.json, 400, 22), ("H_contract", never, 404, 2005), ("transaction_id", 2, 400, 22),
            ("timestamp", "/Date(5)/", 400, 22), ("refund_deadline", "/Date(5)/", 400, 22), ("mint", "http://other.test/", 400, 2025),
            ("mint", nil, 400, 22), ("coins", [], 400, 26), ("coins", "none", 400, 22), ("amount", "KUDOS:1", 400, 22),
            ("max_fee", "EUR:1", 400, 30), ("edate", "/Date(5)/", 400, 22), ("edate", "/never/", 400, 22), ("H_wire", "short", 400, 22),
        ] as [(String, JSONValue?, Int, Int)] {
            guard case .object(var object) = good else { continue }
            object[member] = value
            let refusal = await merchant.send(.post, "/pay", .object(object))
            #expect(refusal.status == status, "\(member)")
            #expect(refusal.code == code, "\(member)")
        }
        #expect(merchant.wire.count() == 0)
    }

    @Test func coinsMustBeWorthIt() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract(price: "1.25")
        let coins = try await merchant.exchange.coins([amount("1.28"), amount("0.64"), amount("0.64")])
        for (chosen, status, code) in [
            ([(coins[0], "1.24")], 400, 2156), ([(coins[0], "1.29")], 400, 22), ([(coins[0], "1.25"), (coins[1], "0.005")], 400, 2154),
        ] as [([(TestCoin, String)], Int, Int)] {
            let refusal = try await merchant.pay(merchant.permission(contract, chosen))
            #expect(refusal.status == status)
            #expect(refusal.code == code)
        }
        #expect(merchant.wire.count() == 0)
    }

    @Test func anUnknownDenominationIsLookedUpOnceMore() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        var permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
        permission.coins[0].denominationPub = nil
        permission.coins[0].denominationHash = .zero
        let refusal = try await merchant.pay(permission)
        #expect(refusal.status == 400)
        #expect(refusal.code == 2151)
    }

    @Test func anExpiredOfferIsGone() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
        merchant.exchange.clock.advance(bySeconds: 3601)
        let refusal = try await merchant.pay(permission)
        #expect(refusal.status == 410)
        #expect(refusal.code == 2161)
        #expect(try await merchant.order(contract).state == .expired)
    }

    @Test func aHundredTimesTheSamePermissionIsOneDeposit() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let permission = try await merchant.permission(contract, [(merchant.exchange.coin("0.64"), "0.5")])
        let answers = try await withThrowingTaskGroup(of: Response.self) { group in
            for _ in 0..<100 { group.addTask { try await merchant.pay(permission) } }
            return try await group.reduce(into: [Response]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0 == answers[0] && $0.status == 200 })
        #expect(merchant.wire.count() == 1)
    }

    @Test func ofTwoPermissionsAtOnceOnePaysAndNothingIsSentForTheOther() async throws {
        let merchant = try await Merchant()
        let contract = try await merchant.contract()
        let coins = try await merchant.exchange.coins([amount("0.64"), amount("0.64")])
        let gate = Gate()
        merchant.wire.plan(.held(gate))
        let permissions = try coins.map { try merchant.permission(contract, [($0, "0.5")]) }
        async let first = merchant.pay(permissions[0])
        async let second = merchant.pay(permissions[1])
        // The loser is refused while the winner still waits for the exchange.
        let answers = AsyncStream<Response> { continuation in
            Task { [first = permissions[0], second = permissions[1]] in
                await withTaskGroup(of: Void.self) { group in
                    for permission in [first, second] {
                        group.addTask { if let answer = try? await merchant.pay(permission) { continuation.yield(answer) } }
                    }
                }
                continuation.finish()
            }
        }
        var codes: [Int?] = []
        for await answer in answers {
            codes.append(answer.code)
            await gate.open()
        }
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses == [200, 409])
        #expect(codes.contains(2160))
        #expect(merchant.wire.count() == 1)
    }
}
