// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

extension SeedRow {
    static let unknown = [
        SeedRow(404, 1005, "a denomination key is not recognized: DenominationUnknownMessage") { exchange in
            var request = TestPurchase().request([try await exchange.fixture.coin()])
            let hash = DenominationHash.random()
            request.coins[0].denominationHash = hash
            let response = try await exchange.deposit(request)
            let refusal: DenominationRefusal = try response.json().decode()
            #expect(refusal.denominationHash == hash && refusal.operation == nil)
            #expect(
                DenominationUnknownAffirmation(timestamp: refusal.timestamp, denominationHash: hash)
                    .isValid(refusal.exchangeSignature, by: refusal.exchangePub))
            #expect(try await exchange.isSigningKey(refusal.exchangePub))
            return response
        },
        SeedRow(404, 1041, "the wire type is not recognized") { exchange in
            var purchase = TestPurchase()
            purchase.payto = "payto://iban/DE75512108001245126199?receiver-name=M"
            return try await exchange.deposit(purchase.request([try await exchange.fixture.coin()]))
        },
    ]

    static let conflicts = [
        SeedRow(409, 1206, "CONFLICTING_CONTRACT: same coin used in different ways") { exchange in
            let coin = try await exchange.fixture.coin()
            let purchase = TestPurchase()
            #expect(try await exchange.deposit(purchase.request([coin])).status == 200)
            var other = purchase
            other.salt = .random()
            let response = try await exchange.deposit(other.request([coin]))
            #expect(try response.member("h_wire") == purchase.wireHash)
            return response
        },
        SeedRow(409, 1012, "INSUFFICIENT_FUNDS: DepositDoubleSpendError") { exchange in
            let coins = try await exchange.fixture.coins([amount("0.64"), amount("0.64")])
            #expect(try await exchange.deposit(TestPurchase().request([coins[1]])).status == 200)
            let response = try await exchange.deposit(TestPurchase().request(coins))
            #expect(try response.member("coin_pub") == coins[1].pub)
            #expect(try response.member("h_denom_pub") == coins[1].denomination.hash)
            return response
        },
        SeedRow(409, 1003, "COIN_CONFLICTING_DENOMINATION_KEY: DepositDoubleSpendError") { exchange in
            let (fixture, key) = (exchange.fixture, EdDSAPrivateKey())
            let first = try await ChosenCoin(fixture, try await fixture.denomination(amount("0.64")), key: key, row: 1)
            let second = try await ChosenCoin(fixture, try await fixture.denomination(amount("1.28")), key: key, row: 2)
            #expect(try await exchange.deposit(TestPurchase().request(first, amount("0.1"))).status == 200)
            let response = try await exchange.deposit(TestPurchase().request(second, amount("0.1")))
            #expect(try response.member("coin_pub") == first.pub)
            #expect(try response.member("h_denom_pub") == second.denomination.hash)
            // The proof: the other denomination's signature of the same coin.
            let before = try response.member("prev_denom_pub", as: DenominationKeyObject.self)
            #expect(before.hash == first.denomination.hash)
            let signature: DenominationSignature = try response.member("prev_denom_sig")
            #expect(signature.isValid(for: CoinPublicKeyHash(of: first.pub), by: before.key))
            return response
        },
        SeedRow(409, 1015, "COIN_CONFLICTING_AGE_HASH: same coin public key, different age commitment") { exchange in
            let (fixture, key, age) = (exchange.fixture, EdDSAPrivateKey(), AgeCommitmentHash.random())
            let denomination = try await fixture.denomination(amount("0.64"))
            let first = try await ChosenCoin(fixture, denomination, key: key, age: age, row: 1)
            let second = try await ChosenCoin(fixture, denomination, key: key, row: 2)
            #expect(try await exchange.deposit(TestPurchase().request(first, amount("0.1"))).status == 200)
            let response = try await exchange.deposit(TestPurchase().request(second, amount("0.1")))
            #expect(try response.member("coin_pub") == first.pub)
            #expect(try response.member("h_denom_pub") == denomination.hash)
            #expect(try response.member("expected_age_commitment_hash") == age)
            return response
        },
    ]

    static let gone = [
        SeedRow(410, 1008, "not yet valid: before the validity start: DenominationGoneMessage") { exchange in
            let coin = try await exchange.fixture.coin()
            let future = try await exchange.fixture.denomination(SharedKeys.futureValue)
            return try await exchange.expectGone(TestCoin(key: coin.key, denomination: future, signature: coin.signature))
        },
        SeedRow(410, 1009, "no longer valid: past the expiration: DenominationGoneMessage") { exchange in
            let coin = try await exchange.fixture.coin()
            exchange.fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
            return try await exchange.expectGone(coin)
        },
        SeedRow(410, 1010, "no longer valid: revoked: DenominationGoneMessage") { exchange in
            let (coin, fixture) = (try await exchange.fixture.coin(), exchange.fixture)
            _ = try await fixture.store.revoke(coin.denomination.hash, at: fixture.clock.now())
            try await fixture.service.reloadKeys()
            return try await exchange.expectGone(coin)
        },
    ]

    static let legal = [
        SeedRow(451, 1028, "not yet passed the KYC checks: the account has not named the merchant's key") { exchange in
            exchange.fixture.service.kycThreshold = amount("1")
            let purchase = TestPurchase()
            let response = try await exchange.deposit(purchase.request([try await exchange.fixture.coin()]))
            #expect(try response.member("h_payto") == NormalizedPaytoHash(of: try PaytoURI(purchase.payto)))
            #expect(try response.json()["bad_kyc_auth"] == .bool(true))
            return response
        },
        SeedRow(451, 1028, "not yet passed the KYC checks: the owner has not said who he is") { exchange in
            exchange.fixture.service.kycThreshold = amount("1")
            let purchase = TestPurchase()
            try await exchange.fixture.nameKey(purchase.merchant.publicKey(), of: purchase.payto, row: 1)
            let response = try await exchange.deposit(purchase.request([try await exchange.fixture.coin("1.28")]))
            #expect(try response.member("h_payto") == NormalizedPaytoHash(of: try PaytoURI(purchase.payto)))
            #expect(try response.member("account_pub") == purchase.merchant.publicKey(as: MerchantPublicKey.self))
            #expect(try (response.json()["requirement_row"]?.integerValue ?? 0) > 0)
            #expect(try response.json()["bad_kyc_auth"] == nil)
            return response
        },
    ]
}

extension LiveExchange {
    /// Whether /keys lists it now.
    func isSigningKey(_ key: ExchangePublicKey) async throws -> Bool {
        let keys: ExchangeKeysResponse = try await get("/keys").json().decode()
        return keys.signKeys.contains { $0.key == key }
    }

    /// Deposits the coin and expects the proof that its denomination cannot be used now.
    fileprivate func expectGone(_ coin: TestCoin) async throws -> Response {
        let response = try await deposit(TestPurchase().request([coin]))
        let refusal: DenominationRefusal = try response.json().decode()
        #expect(refusal.operation == "DEPOSIT" && refusal.denominationHash == coin.denomination.hash)
        #expect(refusal.timestamp == fixture.clock.now())
        let statement = DenominationExpiredAffirmation(
            timestamp: refusal.timestamp, operation: .deposit, denominationHash: coin.denomination.hash)
        #expect(statement.isValid(refusal.exchangeSignature, by: refusal.exchangePub))
        #expect(try await isSigningKey(refusal.exchangePub))
        return response
    }
}
