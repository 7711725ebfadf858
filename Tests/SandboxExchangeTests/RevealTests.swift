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

@Suite struct RevealTests {
    @Test func freshCoinsAreWorthWhatTheirDenominationsAre() async throws {
        let fixture = try await Fixture()
        let old = try await fixture.coin("1.28")
        let fresh = try await fixture.refreshed(try await fixture.refresh(old, into: ["0.64", "0.32", "0.08", "0.08", "0.01"]))
        #expect(fresh.count == 5)
        // They pay, and one of them becomes others again.
        #expect(try await fixture.deposit(TestPurchase().request(Array(fresh[1...]))).status == 200)
        let again = try await fixture.refreshed(try await fixture.refresh(fresh[0], into: ["0.32", "0.16"]))
        #expect(try await fixture.deposit(TestPurchase().request(again)).status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([old])).code == 1012)
        let audit = try await fixture.audit()
        #expect(audit.problems.isEmpty)
        #expect(audit.refreshCount == 2)
    }

    @Test func theSameRevealAgainHasTheSameSignaturesWhateverBecameOfTheDenominations() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.32", "0.16"])
        let request = refresh.reveal(hiding: try await fixture.melt(refresh))
        let first = try await fixture.post(refresh.revealPath, request)
        #expect(first.status == 200)
        #expect(try await fixture.post(refresh.revealPath, request) == first)
        _ = try await fixture.store.revoke(refresh.denominations[0].hash, at: fixture.clock.now())
        try await fixture.service.reloadKeys()
        fixture.clock.advance(bySeconds: 3 * 365 * 86_400)
        #expect(try await fixture.post(refresh.revealPath, request) == first)
        // Something else is not a repeat.
        var other = request
        other.transferPrivateKeys.swapAt(0, 1)
        #expect(try await fixture.post(refresh.revealPath, other).code == 1353)
    }

    /// One candidate of the three holds coins that the wallet could give to somebody else in secret. Two times out of three it is looked
    /// into, and the money is lost.
    @Test func aWalletThatCheatsOnOneCandidateIsCaughtUnlessThatIsTheHiddenOne() async throws {
        let fixture = try await Fixture()
        for (number, coin) in try await fixture.coins(Array(repeating: amount("0.64"), count: 12)).enumerated() {
            let spoiled = number % 3
            let refresh = try await fixture.refresh(coin, into: ["0.32", "0.16"], spoiled: [spoiled])
            let hidden = try await fixture.melt(refresh)
            let response = try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden))
            if hidden == spoiled {
                #expect(response.status == 200)
            } else {
                #expect(response.status == 409)
                #expect(response.code == 1353)
                let expected: RefreshCommitment = try response.member("rc_expected")
                #expect(expected != refresh.commitment)
                #expect(await fixture.get("/coins/\(coin.pub)/link").status == 404)
            }
        }
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func aWalletThatCheatsOnTwoCandidatesIsAlwaysCaught() async throws {
        let fixture = try await Fixture()
        for spoiled in [[0, 1], [0, 2], [1, 2]] {
            let refresh = try await fixture.refresh(
                try await fixture.coin(row: Int64(spoiled[0] * 3 + spoiled[1])), into: ["0.32"], spoiled: Set(spoiled))
            let hidden = try await fixture.melt(refresh)
            let response = try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden))
            #expect(response.status == 409)
            #expect(response.code == 1353)
        }
    }

    @Test func anotherCandidateThanTheHiddenOneIsNeverSigned() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.32", "0.16"])
        let hidden = try await fixture.melt(refresh)
        for other in 0..<3 where other != hidden {
            let response = try await fixture.post(refresh.revealPath, refresh.reveal(hiding: other))
            #expect(response.status == 409)
            #expect(response.code == 1353)
        }
        // The melt is as good as before.
        #expect(try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden)).status == 200)
    }

    @Test func aMasterSecretIsPartOfTheCommitmentWhereTheWalletGivesOne() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        for (index, coin) in coins.enumerated() {
            var refresh = try await fixture.refresh(coin, into: ["0.32"])
            refresh.masterSecret = .random()
            let hidden = try await fixture.melt(refresh)
            var request = refresh.reveal(hiding: hidden)
            // It need not be said twice.
            if index == 1 { request.refreshMasterSecret = nil }
            #expect(try await fixture.post(refresh.revealPath, request).status == 200)
            request.refreshMasterSecret = .random()
            #expect(try await fixture.post(refresh.revealPath, request).code == 1353)
        }
    }

    @Test func aMeltThatIsTooSmallForItsCoinsIs400Code1360() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins([amount("0.64"), amount("0.64")])
        // 0.01 to melt, 0.01 to withdraw.
        for (coin, melted, status) in [(coins[0], "0.33999999", 400), (coins[1], "0.34", 200)] {
            let refresh = try await fixture.refresh(coin, into: ["0.32"], melting: melted)
            let hidden = try await fixture.melt(refresh)
            let response = try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden))
            #expect(response.status == status)
            #expect(response.code == (status == 400 ? 1360 : nil))
        }
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func twoHundredFiftySixCoinsAreOneRefresh() async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin("5.12"), into: Array(repeating: "0.01", count: 256))
        #expect(try await fixture.refreshed(refresh).count == 256)
    }
}
