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

@Suite struct MeltTests {
    @Test func aMeltIsConfirmedWithTheExchangesSignature() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.32", "0.16"])
        let response = try await fixture.post(refresh.meltPath, refresh.melt())
        #expect(response.status == 200)
        let answer: CoinMeltResponse = try response.json().decode()
        #expect(refresh.isConfirmed(answer))
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.signKeys.contains { $0.key == answer.exchangePub })
        #expect(try response.json().objectValue?.names.sorted() == ["exchange_pub", "exchange_sig", "noreveal_index"])
    }

    @Test func theSameMeltAgainHasTheSameAnswerAndCostsNothing() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let refresh = try await fixture.refresh(coin, into: ["0.32"])
        let first = try await fixture.post(refresh.meltPath, refresh.melt())
        fixture.clock.advance(bySeconds: 500)
        for _ in 0..<10 { #expect(try await fixture.post(refresh.meltPath, refresh.melt()) == first) }
        // 0.34 are gone: 0.3 are left, and can be melted otherwise.
        let rest = try await fixture.refresh(coin, into: ["0.16", "0.08"], melting: "0.3")
        #expect(try await fixture.post(rest.meltPath, rest.melt()).status == 200)
        let nothing = try await fixture.refresh(coin, into: ["0.01"])
        #expect(try await fixture.post(nothing.meltPath, nothing.melt()).code == 1012)
    }

    @Test func everyCandidateIsHiddenSometimes() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins(Array(repeating: amount("0.02"), count: 60))
        var seen: Set<Int> = []
        for coin in coins { seen.insert(try await fixture.melt(try await fixture.refresh(coin, into: ["0.01"]))) }
        #expect(seen == [0, 1, 2])
    }

    @Test func aMeltMayTakeMoreThanTheFreshCoinsCost() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.01"], melting: "0.64")
        #expect(try await fixture.refreshed(refresh).map(\.denomination.value) == [amount("0.01")])
    }

    @Test func aMeltThatIsMoreThanTheCoinHasIs409Code1012() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        #expect(try await fixture.deposit(TestPurchase().request([(coins[0], amount("0.31"))])).status == 200)
        for refresh in [
            try await fixture.refresh(coins[0], into: ["0.32"]), try await fixture.refresh(coins[1], into: ["0.64"]),
            try await fixture.refresh(coins[1], into: ["0.08"], melting: "4503599627370496"),
        ] {
            let response = try await fixture.post(refresh.meltPath, refresh.melt())
            #expect(response.status == 409)
            #expect(response.code == 1012)
            #expect(try response.member("coin_pub") == refresh.coin.pub)
            #expect(try response.member("h_denom_pub") == refresh.coin.denomination.hash)
        }
        // Just what is left can be melted.
        let rest = try await fixture.refresh(coins[0], into: ["0.16"], melting: "0.33")
        #expect(try await fixture.post(rest.meltPath, rest.melt()).status == 200)
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func whatARefundGaveBackCanBeMelted() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let purchase = TestPurchase()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        let refresh = try await fixture.refresh(coin, into: ["0.16"], melting: "0.19")
        #expect(try await fixture.post(refresh.meltPath, refresh.melt()).code == 1012)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"))).status == 200)
        #expect(try await fixture.refreshed(refresh).map(\.denomination.value) == [amount("0.16")])
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func aCoinKnownWithAnotherDenominationIs409Code1003() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.coin("0.64")
        let refresh = try await fixture.refresh(first, into: ["0.08"])
        #expect(try await fixture.post(refresh.meltPath, refresh.melt()).status == 200)
        let reserve = try await fixture.fundedReserve(amount("10"), row: 2)
        let planchet = try TestPlanchet(try await fixture.denomination(amount("1.28")), coin: first.key)
        let withdrawn: BatchWithdrawResponse = try await fixture.post(
            reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)])
        ).json().decode()
        let second = try planchet.coin(try BlindedSignature(json: try #require(withdrawn.envelopeSignatures.first).signature))
        let other = try await fixture.refresh(second, into: ["0.08"])
        let response = try await fixture.post(other.meltPath, other.melt())
        #expect(response.status == 409)
        #expect(response.code == 1003)
        #expect(try response.member("coin_pub") == first.pub)
        #expect(try response.member("prev_denom_pub", as: DenominationKeyObject.self).hash == first.denomination.hash)
        #expect(try response.member("prev_denom_sig") == first.signature)
        // A deposit of it is refused for the same reason.
        #expect(try await fixture.deposit(TestPurchase().request([second])).code == 1003)
    }

    @Test func aCommitmentIsForOneCoinAndOneAmount() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        let refresh = try await fixture.refresh(coins[0], into: ["0.08"])
        _ = try await fixture.melt(refresh)
        for (coin, value) in [(coins[1], refresh.amountWithFee), (coins[0], amount("0.3"))] {
            let statement = MeltRequest(
                commitment: refresh.commitment, denominationHash: coin.denomination.hash, ageCommitmentHash: .zero, amountWithFee: value,
                meltFee: coin.denomination.feeRefresh)
            let request = CoinMeltRequest(
                commitment: refresh.commitment, denominationHash: coin.denomination.hash, denominationSignature: coin.signature.json,
                valueWithFee: value, coinSignature: coin.key.sign(statement))
            let response = try await fixture.post("/coins/\(coin.pub)/melt", request)
            #expect(response.status == 400)
            #expect(response.code == 26)
        }
        // Neither has cost anything.
        #expect(try await fixture.deposit(TestPurchase().request([coins[1]])).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coins[0], amount("0.55"))])).status == 200)
    }

    @Test func aMeltIsInTheCoinsHistory() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.1"))])).status == 200)
        let refresh = try await fixture.refresh(coin, into: ["0.16"])
        let confirmed = try await fixture.post(refresh.meltPath, refresh.melt())
        #expect(try await fixture.post(refresh.meltPath, refresh.melt()) == confirmed)
        let request = ExchangeRequests(baseURL: "/").coinHistory(coin.pub, signature: coin.key.sign(CoinHistoryRequest(startOffset: 0)))
        let response = await fixture.get(request.url, fields: request.fields)
        let message: CoinHistoryResponse = try response.json().decode()
        #expect(message.balance == amount("0.36"))
        #expect(message.history.count == 2)
        guard case .deposit? = message.history.first, case .melt(let melt)? = message.history.last else {
            Issue.record("not a deposit and a melt: \(message.history)")
            return
        }
        #expect(melt.commitment == refresh.commitment)
        let statement = MeltRequest(
            commitment: melt.commitment, denominationHash: message.denominationHash, ageCommitmentHash: melt.ageCommitmentHash ?? .zero,
            amountWithFee: melt.amount, meltFee: melt.meltFee)
        #expect(statement.isValid(melt.coinSignature, by: coin.pub))
        #expect(
            try response.json()["history"]?.arrayValue?.last?.objectValue?.names.sorted() == [
                "amount", "coin_sig", "melt_fee", "rc", "type",
            ])
        #expect(try JSONValue(encoding: message) == response.json())
    }
}
