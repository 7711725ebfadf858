// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// One generation of keys after the other.
@Suite struct KeyRolloverTests {
    @Test func anOldCoinIsSpentAndANewOneWithdrawnAfterTheRollover() async throws {
        let fixture = try await Fixture()
        let old = try await fixture.denomination(amount("0.64"))
        let coin = try await fixture.coin(old, row: 1)
        let reserve = try await fixture.fundedReserve(amount("10"), row: 2)
        let request = BatchWithdrawRequest(planchets: [try TestPlanchet(old).signed(by: reserve)])
        let signed = try await fixture.post(reserve.withdrawPath, request)
        #expect(signed.status == 200)

        fixture.clock.advance(bySeconds: 310 * day)
        #expect(try await fixture.setup().extend(with: SharedKeys.master, at: fixture.clock.now()).newDenominations == 1)
        try await fixture.service.reloadKeys()
        let new = try #require(try await fixture.generations().last)
        // Listed before it begins, so that clients know it in time; nobody can use it before.
        #expect(try await fixture.verifiedKeys().denominations[new.hash]?.isWithdrawable(at: fixture.clock.now()) == false)
        let early = BatchWithdrawRequest(planchets: [try TestPlanchet(new).signed(by: reserve)])
        try await fixture.expectGone(new, 1008, for: .withdraw, in: try await fixture.post(reserve.withdrawPath, early))

        fixture.clock.advance(bySeconds: 54 * day)
        // Both at once, for a day.
        for (row, denomination) in [old, new].enumerated() {
            let coin = try await fixture.coin(denomination, row: Int64(row) + 10)
            #expect(try await fixture.deposit(TestPurchase().request([coin])).status == 200)
        }

        fixture.clock.advance(bySeconds: 2 * day)
        let late = BatchWithdrawRequest(planchets: [try TestPlanchet(old).signed(by: reserve)])
        try await fixture.expectGone(old, 1009, for: .withdraw, in: try await fixture.post(reserve.withdrawPath, late))
        // What was signed is signed again.
        #expect(try await fixture.post(reserve.withdrawPath, request).body == signed.body)
        // The wallet's coin is as good as before, and so is what comes after it.
        #expect(try await fixture.deposit(TestPurchase().request([coin, try await fixture.coin(new, row: 20)])).status == 200)

        fixture.clock.advance(bySeconds: 2 * 365 * day)
        #expect(try await fixture.verifiedKeys().denominations[old.hash] == nil)
        try await fixture.expectGone(old, 1009, for: .deposit, in: try await fixture.deposit(TestPurchase().request([coin])))
        #expect(try await fixture.post(reserve.withdrawPath, request).body == signed.body)
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func theSigningKeyThatBeganLastSignsUntilItEnds() async throws {
        let fixture = try await Fixture()
        let before = await fixture.get("/keys")
        let first = try await fixture.verifiedKeys().signingKeys.map(\.key)
        let purchase = TestPurchase()
        let request = purchase.request([try await fixture.coin()])
        let accepted: DepositSuccess = try await fixture.deposit(request).json().decode()
        #expect(first == [accepted.exchangePub])

        let short = try fixture.setup { ($0.signing, $0.evidence) = (100, 1000) }
        fixture.clock.advance(bySeconds: 10)
        _ = try await short.issue(denominations: false, with: SharedKeys.master, from: fixture.clock.now())
        try await fixture.service.reloadKeys()
        let during = await fixture.get("/keys")
        #expect(during.fields["ETag"] != before.fields["ETag"])
        let keys = try await fixture.verifiedKeys()
        let second = try #require(keys.signingKeys.first { !first.contains($0.key) })
        #expect(keys.signingKeys.count == 2)
        // The same deposit again: its first time, by the present key, and the client believes both.
        fixture.clock.advance(bySeconds: 10)
        let repeated: DepositSuccess = try await fixture.deposit(request).json().decode()
        #expect(repeated.exchangePub == second.key)
        #expect(repeated.exchangeTimestamp == accepted.exchangeTimestamp)
        for success in [accepted, repeated] {
            #expect(throws: Never.self) {
                try DepositVerification.check(
                    success, of: request, depositFees: [amount("0.01")], keys: keys, now: fixture.clock.now())
            }
        }
        fixture.clock.advance(bySeconds: 90)
        #expect(try await fixture.verifiedKeys().signingKeys.map(\.key) == first)
        #expect(await fixture.get("/keys").fields["ETag"] == before.fields["ETag"])
        let last: DepositSuccess = try await fixture.deposit(request).json().decode()
        #expect(first == [last.exchangePub])
    }

    @Test func aCopyOfTheKeysIsFreshUntilAnythingInItBeginsOrEnds() async throws {
        let fixture = try await Fixture()
        func freshness() async throws -> Int64 {
            let response = await fixture.get("/keys")
            let expires = try #require(HTTPDate.parse(response.fields["Expires"] ?? ""))
            let seconds = Int64((expires.microseconds - fixture.clock.now().microseconds) / 1_000_000)
            #expect(response.fields["Cache-Control"] == "public,must-revalidate,max-age=\(seconds)")
            return seconds
        }
        #expect(try await freshness() == 3600)
        // A signing key begins in 1000 seconds and ends after 100.
        let short = try fixture.setup { $0.signing = 100 }
        _ = try await short.issue(denominations: false, with: SharedKeys.master, from: fixture.clock.now().advanced(bySeconds: 1000))
        try await fixture.service.reloadKeys()
        for expected: Int64 in [1000, 1, 100, 1, 3600] {
            #expect(try await freshness() == expected)
            fixture.clock.advance(bySeconds: expected == 1 ? 1 : expected == 1000 ? 999 : 99)
        }
        // Coins that can no longer be withdrawn.
        let first = try await fixture.denomination(amount("0.64"))
        let left = Int64((first.expireWithdraw.microseconds - fixture.clock.now().microseconds) / 1_000_000)
        fixture.clock.advance(bySeconds: left - 7)
        #expect(try await freshness() == 7)
    }

    @Test func whoKnowsTheKeysUpToAGenerationGetsTheNextAlone() async throws {
        let fixture = try await Fixture()
        let setup = try fixture.setup { ($0.withdraw, $0.overlap, $0.lookahead) = (1000, 100, 500) }
        _ = try await setup.issue(signingKey: false, with: SharedKeys.master, from: fixture.clock.now())
        try await fixture.service.reloadKeys()
        let new = try #require(try await fixture.generations().last)
        let response = await fixture.get("/keys?last_issue_date=\(try #require(new.start.seconds))")
        let keys: ExchangeKeysResponse = try response.json().decode()
        // And what begins later still.
        #expect(keys.denominations.map(\.value) == [amount("0.64"), SharedKeys.futureValue])
        #expect(keys.denominations.first?.denominations.map(\.start) == [new.start])
        #expect(keys.listIssueDate == new.start)
        #expect(throws: Never.self) {
            try KeysFetcher(sender: InProcessSender([]), clock: fixture.clock, currency: SharedKeys.currency)
                .verify(response.body, master: SharedKeys.masterPub)
        }
    }
}
