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

/// The rows of the table of checks that the books decide.
@Suite struct BatchDepositConflictTests {
    @Test func row18ACoinKnownWithAnotherDenominationIs409Code1003() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.coin("0.64")
        #expect(try await fixture.deposit(TestPurchase().request([(first, amount("0.1"))])).status == 200)
        // The same key, signed by another denomination.
        let reserve = try await fixture.fundedReserve(amount("10"), row: 2)
        let planchet = try TestPlanchet(try await fixture.denomination(amount("1.28")), coin: first.key)
        let withdrawn: BatchWithdrawResponse = try await fixture.post(
            reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)])
        ).json().decode()
        let second = try planchet.coin(try BlindedSignature(json: try #require(withdrawn.envelopeSignatures.first).signature))
        let response = try await fixture.deposit(TestPurchase().request([(second, amount("0.1"))]))
        #expect(response.status == 409)
        #expect(response.code == 1003)
        #expect(try response.member("coin_pub") == first.pub)
        #expect(try response.member("h_denom_pub") == second.denomination.hash)
        #expect(try response.member("prev_denom_pub", as: DenominationKeyObject.self).hash == first.denomination.hash)
        #expect(try response.member("prev_denom_sig") == first.signature)
    }

    @Test func row20OtherTermsForTheSameContractAre409Code1206() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        let purchase = TestPurchase()
        #expect(try await fixture.deposit(purchase.request([coins[0]])).status == 200)
        var others = Array(repeating: purchase, count: 5)
        others[0].salt = .random()
        others[1].timestamp = purchase.timestamp.advanced(bySeconds: 1)
        others[2].refundDeadline = nil
        others[3].wireDeadline = purchase.wireDeadline.advanced(bySeconds: 1)
        others[4].walletDataHash = .random()
        for other in others {
            for coin in coins {
                let response = try await fixture.deposit(other.request([coin]))
                #expect(response.status == 409)
                #expect(response.code == 1206)
                #expect(try response.member("h_wire") == purchase.wireHash)
            }
        }
        // Another merchant's contract of the same hash is another contract.
        var stranger = purchase
        stranger.merchant = EdDSAPrivateKey()
        #expect(try await fixture.deposit(stranger.request([coins[1]])).status == 200)
    }

    @Test func row21TooLittleOnTheCoinIs409Code1012() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        let purchase = TestPurchase()
        #expect(try await fixture.deposit(purchase.request([(coin, amount("0.3"))])).status == 200)
        // Another contract, and another contribution to the same.
        for request in [TestPurchase().request([coin]), purchase.request([(coin, amount("0.2"))])] {
            let response = try await fixture.deposit(request)
            #expect(response.status == 409)
            #expect(response.code == 1012)
            #expect(try response.member("coin_pub") == coin.pub)
            #expect(try response.member("h_denom_pub") == coin.denomination.hash)
        }
    }
}
