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

/// The rows of the table of checks that need no books, in its order.
@Suite struct BatchDepositRefusalTests {
    @Test(
        arguments: [
            ("wire_salt", nil), ("merchant_pub", nil), ("coins", nil), ("timestamp", nil), ("wire_transfer_deadline", nil),
            ("merchant_sig", nil), ("merchant_pub", 42), ("merchant_pub", "SHORT"), ("coins", "none"), ("coins", [[:]]),
            ("timestamp", ["t_s": "soon"]), ("refund_deadline", 5), ("extra_wire_subject_metadata", "not allowed"),
            ("extra_wire_subject_metadata", ""), ("h_contract_terms", "00"),
        ] as [(String, JSONValue?)])
    func row1AMemberThatIsMissingOrWrongIs400Code22(_ name: String, _ value: JSONValue?) async throws {
        let fixture = try await Fixture()
        var json = try JSONValue(encoding: TestPurchase().request([try await fixture.coin()])).objectValue ?? [:]
        json[name] = value
        let response = await fixture.post("/batch-deposit", body: JSONValue.object(json).serialized())
        #expect(response.status == 400)
        #expect(response.code == 22)
        #expect(try response.json()["field"]?.stringValue?.hasPrefix(name) == true)
    }

    @Test(arguments: ["contribution", "coin_pub", "ub_sig", "coin_sig", "denom_pub_hash"])
    func row1AWrongMemberOfACoinIs400Code22(_ name: String) async throws {
        let fixture = try await Fixture()
        var json = try JSONValue(encoding: TestPurchase().request([try await fixture.coin()])).objectValue ?? [:]
        var coin = json["coins"]?.arrayValue?.first?.objectValue ?? [:]
        coin[name] = "EUR:1"
        json["coins"] = [.object(coin)]
        let response = await fixture.post("/batch-deposit", body: JSONValue.object(json).serialized())
        #expect(response.status == 400)
        #expect(response.code == 22)
        #expect(try response.json()["field"]?.stringValue?.contains(name) == true)
    }

    @Test(arguments: ["", "{", "[]", "null", "{\"coins\": [], \"coins\": []}", "\u{0}"])
    func row1ABodyThatIsNoBatchIs400Code22(_ body: String) async throws {
        let fixture = try await Fixture()
        let response = await fixture.post("/batch-deposit", body: Array(body.utf8))
        #expect(response.status == 400)
        #expect(response.code == 22)
    }

    @Test(arguments: [
        "payto://x-taler-bank/bank.test/shop", "payto://iban/DE75512108001245126198?receiver-name=M", "bitcoin:1abc", "", "payto://",
    ])
    func row2AMalformedAccountIs400Code22(_ payto: String) async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase()
        purchase.payto = payto
        let response = try await fixture.deposit(purchase.request([try await fixture.coin()]))
        #expect(response.status == 400)
        #expect(response.code == 22)
        #expect(try response.json()["field"] == "merchant_payto_uri")
    }

    @Test func row3AWrongMerchantSignatureIs403Code26() async throws {
        let fixture = try await Fixture()
        var request = TestPurchase().request([try await fixture.coin()])
        let right = try #require(request.merchantSignature)
        for wrong in [EdDSASignature.zero, flipped(right), EdDSAPrivateKey().sign(ContractOffer(contractHash: request.contractHash))] {
            request.merchantSignature = wrong
            let response = try await fixture.deposit(request)
            #expect(response.status == 403)
            #expect(response.code == 26)
            #expect(try response.json()["detail"] == "merchant_sig")
        }
    }

    @Test func row4ARefundDeadlineAfterTheWireDeadlineIs400Code1208() async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase()
        for deadline in [purchase.wireDeadline.advanced(bySeconds: 1), .never] {
            purchase.refundDeadline = deadline
            try await expect(fixture, purchase, 400, 1208)
        }
    }

    @Test func row5AWireDeadlineOfNeverIs400Code1209() async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase()
        purchase.wireDeadline = .never
        try await expect(fixture, purchase, 400, 1209)
    }

    @Test func row6NoCoinsOrTooManyAre400Code26() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let purchase = TestPurchase()
        var many = purchase.request([coin])
        many.coins = (0..<257).map { _ in
            var other = many.coins[0]
            other.coinPub = .random()
            return other
        }
        for request in [purchase.request([TestCoin]()), many] {
            let response = try await fixture.deposit(request)
            #expect(response.status == 400)
            #expect(response.code == 26)
            #expect(try response.json()["detail"] == "coins")
        }
    }

    @Test func row6TheSameCoinTwiceIs400Code26() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let response = try await fixture.deposit(TestPurchase().request([(coin, amount("0.1")), (coin, amount("0.2"))]))
        #expect(response.status == 400)
        #expect(response.code == 26)
    }

    @Test func row6AWireMethodWithoutAnAccountIs404Code1041() async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase()
        purchase.payto = "payto://iban/DE75512108001245126199?receiver-name=M"
        try await expect(fixture, purchase, 404, 1041)
    }

    @Test func row7AnUnknownDenominationIs404Code1005() async throws {
        let fixture = try await Fixture()
        var request = TestPurchase().request([try await fixture.coin()])
        let hash = DenominationHash.random()
        request.coins[0].denominationHash = hash
        let response = try await fixture.deposit(request)
        #expect(response.status == 404)
        #expect(response.code == 1005)
        let statement = DenominationUnknownAffirmation(timestamp: try response.member("timestamp"), denominationHash: hash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    @Test func row8AContributionAboveTheValueIs400Code1021() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let response = try await fixture.deposit(TestPurchase().request([(coin, amount("0.64000001"))]))
        #expect(response.status == 400)
        #expect(response.code == 1021)
    }

    @Test func rows9To11ADenominationOutOfItsTimeIs410() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        // Not yet valid: the check comes before the coin's signature, which cannot exist yet.
        let future = TestCoin(
            key: coin.key, denomination: try await fixture.denomination(SharedKeys.futureValue), signature: coin.signature)
        try await expectGone(fixture, future, code: 1008)
        _ = try await fixture.store.revoke(coin.denomination.hash, at: fixture.clock.now())
        try await fixture.service.reloadKeys()
        try await expectGone(fixture, coin, code: 1010)
        fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
        try await expectGone(fixture, coin, code: 1009)
    }

    @Test func afterTheLastWithdrawalCoinsCanStillBeSpent() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        fixture.clock.advance(bySeconds: 2 * 365 * 86_400)
        #expect(try await fixture.deposit(TestPurchase().request([coin])).status == 200)
    }

    @Test func row12AnotherCipherIs400Code1017() async throws {
        let fixture = try await Fixture()
        var coin = try await fixture.coin()
        coin.signature = .clauseSchnorr(r: [UInt8](repeating: 1, count: 32), s: [UInt8](repeating: 2, count: 32))
        try await expect(fixture, TestPurchase(), 400, 1017, coin: coin)
    }

    @Test func row13AWrongDenominationSignatureIs403Code1006() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        var coin = coins[0]
        for wrong in [coins[1].signature, .rsa([]), .rsa([1]), .rsa([UInt8](repeating: 255, count: 256))] {
            coin.signature = wrong
            try await expect(fixture, TestPurchase(), 403, 1006, coin: coin)
        }
        // Under another denomination than the coin's.
        let other = TestCoin(
            key: coins[0].key, denomination: try await fixture.denomination(amount("1.28")), signature: coins[0].signature)
        try await expect(fixture, TestPurchase(), 403, 1006, coin: other)
    }

    @Test func row14AContributionBelowTheFeeIs400Code1207() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let response = try await fixture.deposit(TestPurchase().request([(coin, amount("0.00999999"))]))
        #expect(response.status == 400)
        #expect(response.code == 1207)
    }

    @Test func row15AWrongCoinSignatureIs403Code1205() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let purchase = TestPurchase()
        let right = purchase.request([coin])
        var wrong: [BatchDepositRequest] = []
        func spoil(_ change: (inout BatchDepositRequest) -> Void) {
            var request = right
            change(&request)
            wrong.append(request)
        }
        spoil { $0.coins[0].coinSignature = flipped($0.coins[0].coinSignature) }
        spoil { $0.coins[0].contribution = amount("0.63") }
        spoil { $0.timestamp = $0.timestamp.advanced(bySeconds: 1) }
        spoil { $0.refundDeadline = nil }
        spoil { $0.wireSalt = .random() }
        spoil { $0.walletDataHash = .random() }
        spoil { request in
            let other = EdDSAPrivateKey()
            request.merchantPub = other.publicKey()
            request.merchantSignature = other.sign(ContractOffer(contractHash: request.contractHash))
        }
        for request in wrong {
            let response = try await fixture.deposit(request)
            #expect(response.status == 403)
            #expect(response.code == 1205)
            #expect(try response.json()["detail"] == coin.pub.json)
        }
        #expect(try await fixture.deposit(right).status == 200)
    }

    @Test func row16APolicyIs400Code1107() async throws {
        let fixture = try await Fixture()
        var purchase = TestPurchase()
        purchase.policy = ["type": "merchant_refund"]
        try await expect(fixture, purchase, 400, 1107)
    }

    private func expectGone(_ fixture: Fixture, _ coin: TestCoin, code: Int) async throws {
        let response = try await fixture.deposit(TestPurchase().request([coin]))
        #expect(response.status == 410)
        #expect(response.code == code)
        #expect(try response.json()["oper"] == "DEPOSIT")
        let statement = DenominationExpiredAffirmation(
            timestamp: try response.member("timestamp"), operation: .deposit, denominationHash: coin.denomination.hash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    private func expect(
        _ fixture: Fixture, _ purchase: TestPurchase, _ status: Int, _ code: Int, coin known: TestCoin? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let coin: TestCoin
        if let known { coin = known } else { coin = try await fixture.coin(row: Int64.random(in: 1...Int64.max)) }
        let response = try await fixture.deposit(purchase.request([coin]))
        #expect(response.status == status, sourceLocation: location)
        #expect(response.code == code, sourceLocation: location)
    }
}
