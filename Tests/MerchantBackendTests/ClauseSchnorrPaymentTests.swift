// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import HTTPCore
import MerchantAPI
import TalerCrypto
import TalerWire
import Testing

/// Payments with coins whose denomination signs by Clause-Schnorr; the coins are a real exchange's.
struct ClauseSchnorrPaymentTests {
    let rsa: SignableCoin
    let coins: [SignableCoin]
    let exchange: TestExchange
    let merchant: Merchant
    let contract: ContractResponse

    init() async throws {
        let fixture = try await Fixture()
        rsa = try SignableCoin(await fixture.coin("0.64"))
        coins = try SignableCoin.clauseSchnorr()
        exchange = TestExchange("http://cs.test/", denominations: [rsa.denomination] + coins.prefix(1).map(\.denomination))
        merchant = try await Merchant(exchange: fixture, others: [exchange.accepted], own: exchange)
        contract = try await merchant.contract(price: "1")
    }

    /// With one bit of a member changed.
    private func flipped(_ signature: JSONValue, _ member: String) throws -> JSONValue {
        guard case .object(var object) = signature else { return .null }
        var bytes = try Base32.decode(object[member]?.stringValue ?? "")
        bytes[0] ^= 1
        object[member] = .string(Base32.encode(bytes))
        return .object(object)
    }

    @Test func oneAlonePays() async throws {
        let answer = try await merchant.pay(merchant.permission(contract, at: exchange, [(coins[0], "1")]))
        #expect(answer.status == 200)
        #expect(try await merchant.order(contract).state == .paid)
        #expect(exchange.deposits.first?.coins.first?.denominationSignature == coins[0].signature)
    }

    @Test func theHashOfTheDenominationIsEnough() async throws {
        var permission = try merchant.permission(contract, at: exchange, [(coins[0], "1")])
        permission.coins[0].denominationPub = nil
        permission.coins[0].denominationPubHash = coins[0].denomination.hash
        #expect(try await merchant.pay(permission).status == 200)
    }

    @Test func bothCiphersPayTogether() async throws {
        let permission = try merchant.permission(contract, at: exchange, [(coins[1], "0.4"), (rsa, "0.3"), (coins[2], "0.3")])
        #expect(try await merchant.pay(permission).status == 200)
        #expect(exchange.deposits.map { $0.coins.map(\.coinPub) } == [permission.coins.map(\.coinPub)])
        #expect(try await merchant.order(contract).state == .paid)
    }

    @Test(arguments: ["cs_signature_r", "cs_signature_s"]) func aChangedSignatureIsRefusedHere(member: String) async throws {
        let good = try merchant.permission(contract, at: exchange, [(rsa, "0.5"), (coins[0], "0.5")])
        var bad = good
        bad.coins[1].denominationSignature = try flipped(coins[0].signature, member)
        #expect(bad != good)
        let refusal = try await merchant.pay(bad)
        #expect(refusal.status == 403)
        #expect(refusal.code == 2157)
        #expect(try refusal.json()["coin_pub"] == good.coins[1].coinPub.json)
        #expect(merchant.wire.count() == 0)
        #expect(try await merchant.pay(good).status == 200)
    }

    @Test func aSignatureOfTheOtherCipherIsRefusedHere() async throws {
        var crossed = try merchant.permission(contract, at: exchange, [(rsa, "0.5"), (coins[0], "0.5")])
        crossed.coins[0].denominationSignature = coins[0].signature
        crossed.coins[1].denominationSignature = rsa.signature
        let refusal = try await merchant.pay(crossed)
        #expect(refusal.status == 403)
        #expect(refusal.code == 2157)
        #expect(merchant.wire.count() == 0)
    }
}
