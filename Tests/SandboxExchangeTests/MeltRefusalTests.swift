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

/// What a melt is refused for before the books are asked, in the order of the checks.
@Suite struct MeltRefusalTests {
    @Test func aMalformedCoinIs400Code1004() async throws {
        let fixture = try await Fixture()
        let response = await fixture.post("/coins/XYZ/melt", body: Array("{}".utf8))
        #expect(response.status == 400)
        #expect(response.code == 1004)
    }

    @Test(
        arguments: [
            ("rc", nil), ("denom_pub_hash", nil), ("denom_sig", nil), ("value_with_fee", nil), ("confirm_sig", nil), ("rc", "00"),
            ("rc", 1), ("denom_pub_hash", "XYZ"), ("denom_sig", "RSA"), ("denom_sig", ["cipher": "ROT13"]),
            ("denom_sig", ["cipher": "RSA"]),
            ("value_with_fee", "EUR:0.1"), ("value_with_fee", "KUDOS:0"), ("value_with_fee", "KUDOS:-1"),
            ("value_with_fee", "KUDOS:4503599627370497"), ("value_with_fee", 1), ("confirm_sig", "00"), ("age_commitment_hash", "00"),
            ("rms", "00"), ("rms", 7),
        ] as [(String, JSONValue?)])
    func aMemberThatIsMissingOrWrongIs400Code22(_ name: String, _ value: JSONValue?) async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.08"])
        var json = try JSONValue(encoding: refresh.melt()).objectValue ?? [:]
        json[name] = value
        let response = await fixture.post(refresh.meltPath, body: JSONValue.object(json).serialized())
        #expect(response.status == 400)
        #expect(response.code == 22)
        #expect(try response.json()["field"]?.stringValue?.hasPrefix(name) == true)
    }

    @Test(arguments: ["", "{", "[]", "null", "\u{0}"])
    func aBodyThatIsNoMeltIs400Code22(_ body: String) async throws {
        let fixture = try await Fixture()
        let response = await fixture.post("/coins/\(CoinPublicKey.random())/melt", body: Array(body.utf8))
        #expect(response.status == 400)
        #expect(response.code == 22)
    }

    @Test func anUnknownDenominationIs404Code1005() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.08"])
        var request = refresh.melt()
        request.denominationHash = .random()
        let response = try await fixture.post(refresh.meltPath, request)
        #expect(response.status == 404)
        #expect(response.code == 1005)
        let statement = DenominationUnknownAffirmation(
            timestamp: try response.member("timestamp"), denominationHash: request.denominationHash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    @Test func aDenominationOutOfItsTimeIs410() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let future = TestCoin(
            key: coin.key, denomination: try await fixture.denomination(SharedKeys.futureValue), signature: coin.signature)
        try await expectGone(fixture, future, code: 1008)
        _ = try await fixture.store.revoke(coin.denomination.hash, at: fixture.clock.now())
        try await fixture.service.reloadKeys()
        try await expectGone(fixture, coin, code: 1010)
        fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
        try await expectGone(fixture, coin, code: 1009)
    }

    @Test func afterTheLastWithdrawalCoinsCanStillBeMelted() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.08"])
        fixture.clock.advance(bySeconds: 2 * 365 * 86_400)
        #expect(try await fixture.post(refresh.meltPath, refresh.melt()).status == 200)
    }

    @Test(arguments: [false, true])
    func ofADenominationThatIsOutOfUseOnlyARepeatIsAccepted(_ isRevoked: Bool) async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let refresh = try await fixture.refresh(coin, into: ["0.08"])
        let before: CoinMeltResponse = try await fixture.post(refresh.meltPath, refresh.melt()).json().decode()
        if isRevoked {
            _ = try await fixture.store.revoke(coin.denomination.hash, at: fixture.clock.now())
            try await fixture.service.reloadKeys()
        } else {
            fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
        }
        let again: CoinMeltResponse = try await fixture.post(refresh.meltPath, refresh.melt()).json().decode()
        #expect(again.noRevealIndex == before.noRevealIndex)
        let other = try await fixture.refresh(coin, into: ["0.08"])
        let response = try await fixture.post(other.meltPath, other.melt())
        #expect(response.status == 400)
        #expect(response.code == 1305)
        // When even proofs are not kept any longer, a repeat is too late too.
        fixture.clock.advance(bySeconds: 15 * 365 * 86_400)
        try await expectGone(fixture, coin, code: 1009)
    }

    @Test func anotherCipherIs400Code1017() async throws {
        let fixture = try await Fixture()
        var coin = try await fixture.coin()
        coin.signature = .clauseSchnorr(r: [UInt8](repeating: 1, count: 32), s: [UInt8](repeating: 2, count: 32))
        try await expect(fixture, try await fixture.refresh(coin, into: ["0.08"]), 400, 1017)
    }

    @Test func aWrongDenominationSignatureIs403Code1006() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        var coin = coins[0]
        for wrong in [coins[1].signature, .rsa([]), .rsa([1]), .rsa([UInt8](repeating: 255, count: 256))] {
            coin.signature = wrong
            try await expect(fixture, try await fixture.refresh(coin, into: ["0.08"]), 403, 1006)
        }
    }

    @Test func lessThanTheMeltFeeIs400Code1302() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        try await expect(fixture, try await fixture.refresh(coin, into: ["0.08"], melting: "0.00999999"), 400, 1302)
    }

    @Test func aWrongCoinSignatureIs403Code1303() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.08"])
        let right = refresh.melt()
        var wrong = Array(repeating: right, count: 4)
        wrong[0].coinSignature = flipped(right.coinSignature)
        wrong[1].valueWithFee = amount("0.11")
        wrong[2].commitment = .random()
        wrong[3].coinSignature = EdDSAPrivateKey().sign(
            MeltRequest(
                commitment: right.commitment, denominationHash: right.denominationHash, ageCommitmentHash: .zero,
                amountWithFee: right.valueWithFee, meltFee: refresh.coin.denomination.feeRefresh))
        for request in wrong {
            let response = try await fixture.post(refresh.meltPath, request)
            #expect(response.status == 403)
            #expect(response.code == 1303)
        }
        #expect(try await fixture.post(refresh.meltPath, right).status == 200)
    }

    private func expectGone(_ fixture: Fixture, _ coin: TestCoin, code: Int) async throws {
        let refresh = try await fixture.refresh(coin, into: ["0.08"])
        let response = try await fixture.post(refresh.meltPath, refresh.melt())
        #expect(response.status == 410)
        #expect(response.code == code)
        #expect(try response.json()["oper"] == "MELT")
        let statement = DenominationExpiredAffirmation(
            timestamp: try response.member("timestamp"), operation: .melt, denominationHash: coin.denomination.hash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    private func expect(
        _ fixture: Fixture, _ refresh: TestRefresh, _ status: Int, _ code: Int, location: SourceLocation = #_sourceLocation
    ) async throws {
        let response = try await fixture.post(refresh.meltPath, refresh.melt())
        #expect(response.status == status, sourceLocation: location)
        #expect(response.code == code, sourceLocation: location)
    }
}
