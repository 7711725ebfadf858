// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

/// Payments at an exchange of 2023: `/keys` with `/wire`, and a signature for each coin.
struct Protocol14PaymentTests {
    static let deposits = "http://old.test/batch-deposit"
    let old: TestExchange
    let merchant: Merchant
    let contract: ContractResponse
    let coins: [SignableCoin]

    init() async throws {
        let fixture = try await Fixture()
        coins = try await fixture.coins([amount("0.64"), amount("0.64")]).map(SignableCoin.init)
        old = TestExchange("http://old.test/", version: "14:0:2", denominations: coins.prefix(1).map(\.denomination))
        merchant = try await Merchant(exchange: fixture, others: [old.accepted], own: old)
        contract = try await merchant.contract(price: "1")
    }

    private func permission(layout14: Bool = true) throws -> DepositPermission {
        try merchant.permission(contract, at: old, coins.map { ($0, "0.5") }, layout14: layout14)
    }

    private func flipSignature(of coin: Int) -> FaultySender.Fault {
        .changed { response in
            guard var success: DepositSuccess = try? response.json().decode(), let signature = success.exchangeSignatures?[coin] else {
                return Response(status: 0)
            }
            var bytes = signature.exchangeSignature.bytes
            bytes[5] ^= 1
            success.exchangeSignatures?[coin].exchangeSignature = (try? EdDSASignature(bytes)) ?? .zero
            return (try? .json(success)) ?? Response(status: 0)
        }
    }

    @Test func aPaymentKeepsTheSignatureOfEachCoinAndIsAnsweredFromTheStoreAgain() async throws {
        let permission = try permission()
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 200)
        #expect(try await merchant.pay(permission) == answer)
        #expect(merchant.wire.count(Self.deposits) == 1)
        #expect(merchant.wire.count("http://old.test/wire") == 1)
        let order = try await merchant.order(contract)
        #expect(order.state == .paid)
        let deposit = try #require(order.deposits.first)
        #expect(deposit.exchangeSignature == nil)
        let intent = try #require(try await merchant.intents(contract).first)
        #expect(intent.protocolVersion == 14)
        guard case .accepted(let confirmation?) = intent.state else {
            Issue.record("no confirmation is stored")
            return
        }
        #expect(confirmation.exchangePub == old.signer.publicKey())
        #expect(confirmation.exchangeSignatures == deposit.exchangeSignatures)
        let request = try #require(old.deposits.first)
        let wireHash = try WireHash(json: contract.contract["H_wire"] ?? .null)
        #expect(confirmation.exchangeSignatures.count == 2)
        for (coin, signature) in zip(request.coins, confirmation.exchangeSignatures) {
            let word = DepositConfirmation14(
                contractHash: contract.contractHash, wireHash: wireHash, policyHash: .zero,
                exchangeTimestamp: confirmation.exchangeTimestamp, wireDeadline: request.wireTransferDeadline,
                refundDeadline: request.refundDeadline ?? .zero, amountWithoutFee: amount("0.49"), coinPub: coin.coinPub,
                merchantPub: request.merchantPub)
            #expect(word.isValid(signature, by: confirmation.exchangePub))
        }
    }

    @Test(arguments: [0, 1]) func aWrongSignatureOfOneCoinIsADoubtAboutAll(coin: Int) async throws {
        let permission = try permission()
        merchant.wire.plan(flipSignature(of: coin), for: Self.deposits)
        let answer = try await merchant.pay(permission)
        #expect(answer.status == 502)
        #expect(answer.code == 2013)
        #expect(try await merchant.order(contract).state == .paying)
        let intent = try #require(try await merchant.intents(contract).first)
        #expect(intent.state == .open)
        #expect(intent.mayHaveReached)
        #expect(try await merchant.pay(permission).status == 200)
        #expect(try await merchant.order(contract).state == .paid)
        #expect(old.deposits.count == 1)
    }

    @Test func aCoinThatSignedTheLaterLayoutIsRefusedHere() async throws {
        let refusal = try await merchant.pay(permission(layout14: false))
        #expect(refusal.status == 403)
        #expect(refusal.code == 2157)
        #expect(merchant.wire.count(Self.deposits) == 0)
        #expect(try await merchant.pay(permission()).status == 200)
    }

    @Test func aCoinThatSignedTheOldLayoutIsRefusedForAnExchangeOfToday() async throws {
        let new = TestExchange("http://new.test/", denominations: old.denominations)
        let merchant = try await Merchant(exchange: merchant.exchange, others: [new.accepted], own: new)
        let contract = try await merchant.contract(price: "1")
        let coins = coins.map { ($0, "0.5") }
        let refusal = try await merchant.pay(merchant.permission(contract, at: new, coins, layout14: true))
        #expect(refusal.status == 403)
        #expect(refusal.code == 2157)
        #expect(merchant.wire.count() == 0)
        #expect(try await merchant.pay(merchant.permission(contract, at: new, coins)).status == 200)
    }
}
