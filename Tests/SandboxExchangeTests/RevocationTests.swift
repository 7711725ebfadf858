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

/// Keys that go out of use before their time.
@Suite struct RevocationTests {
    @Test func aRevokedDenominationIsRefusedEverywhereAndReplaced() async throws {
        let fixture = try await Fixture()
        let old = try await fixture.denomination(amount("0.64"))
        let coin = try await fixture.coin(old, row: 1)
        let reserve = try await fixture.fundedReserve(amount("10"), row: 2)
        let request = BatchWithdrawRequest(planchets: [try TestPlanchet(old).signed(by: reserve)])
        let signed = try await fixture.post(reserve.withdrawPath, request)
        let tag = await fixture.get("/keys").fields["ETag"]

        fixture.clock.advance(bySeconds: 10)
        let report = try await fixture.setup().revoke(.value(amount("0.64")), with: SharedKeys.master, at: fixture.clock.now())
        #expect(report.revokedDenominations == 1)
        #expect(report.newDenominations == 1)
        #expect(report.newSigningKeys == 0)
        try await fixture.service.reloadKeys()

        let response = await fixture.get("/keys")
        #expect(response.fields["ETag"] != tag)
        let keys: ExchangeKeysResponse = try response.json().decode()
        #expect(keys.recoup == [RecoupEntry(denominationHash: old.hash)])
        let new = try #require(try await fixture.generations().last)
        #expect(new.start == fixture.clock.now())
        let verified = try await fixture.verifiedKeys()
        #expect(verified.denominations[old.hash] == nil)
        #expect(verified.denominations[new.hash]?.isWithdrawable(at: fixture.clock.now()) == true)

        let deposit = TestPurchase().request([coin])
        let refused = try await fixture.deposit(deposit)
        try await fixture.expectGone(old, 1010, for: .deposit, in: refused)
        #expect(throws: Never.self) {
            try DenominationRefusalVerification.check(
                try refused.json().decode(), asked: [old.hash], keys: verified, now: fixture.clock.now())
        }
        let late = BatchWithdrawRequest(planchets: [try TestPlanchet(old).signed(by: reserve)])
        try await fixture.expectGone(old, 1010, for: .withdraw, in: try await fixture.post(reserve.withdrawPath, late))
        // What was signed before is signed again, and costs nothing.
        #expect(try await fixture.post(reserve.withdrawPath, request).body == signed.body)
        #expect(try await fixture.deposit(TestPurchase().request([try await fixture.coin(new, row: 3)])).status == 200)
        #expect(try await fixture.audit().problems.isEmpty)
    }

    @Test func oneDenominationCanBeNamed() async throws {
        let fixture = try await Fixture()
        let (old, other) = (try await fixture.denomination(amount("0.64")), try await fixture.denomination(amount("0.32")))
        let setup = try fixture.setup()
        let report = try await setup.revoke(.denomination(other.hash), with: SharedKeys.master, at: fixture.clock.now())
        // Nobody plans coins of 0.32 here, so nothing takes its place.
        #expect(report.revokedDenominations == 1)
        #expect(report.newDenominations == 0)
        let records = try await fixture.store.keys().denominations.filter { $0.revoked != nil }
        #expect(records.map(\.hash) == [other.hash])
        #expect(records.first?.revoked == fixture.clock.now())
        let signature = try #require(records.first?.revocationSignature)
        #expect(DenominationRevocation(denominationHash: other.hash).isValid(signature, by: SharedKeys.masterPub))
        for hash in [other.hash, DenominationHash.random()] {
            await #expect(throws: SandboxExchangeError.nothingToRevoke) {
                try await setup.revoke(.denomination(hash), with: SharedKeys.master, at: fixture.clock.now())
            }
        }
        fixture.clock.advance(bySeconds: 4 * 365 * day)
        await #expect(throws: SandboxExchangeError.nothingToRevoke) {
            try await setup.revoke(.denomination(old.hash), with: SharedKeys.master, at: fixture.clock.now())
        }
    }

    @Test func whatIsToComeIsRevokedToo() async throws {
        let fixture = try await Fixture()
        fixture.clock.advance(bySeconds: 310 * day)
        let setup = try fixture.setup()
        _ = try await setup.extend(with: SharedKeys.master, at: fixture.clock.now())
        let report = try await setup.revoke(.allDenominations, with: SharedKeys.master, at: fixture.clock.now())
        // Eleven of now, one of another value for later, and the next one of 0.64.
        #expect(report.revokedDenominations == 13)
        #expect(report.newDenominations == 1)
        try await fixture.service.reloadKeys()
        let keys: ExchangeKeysResponse = try await fixture.get("/keys").json().decode()
        #expect(keys.denominations.map(\.value) == [amount("0.64")])
        #expect(keys.recoup?.count == 13)
    }

    /// The present one is revoked, and the next one begins only later.
    @Test func aGapBeforeWhatIsToComeIsFilled() async throws {
        let fixture = try await Fixture()
        fixture.clock.advance(bySeconds: 310 * day)
        let setup = try fixture.setup()
        _ = try await setup.extend(with: SharedKeys.master, at: fixture.clock.now())
        let (present, next) = (try await fixture.denomination(amount("0.64")), try #require(try await fixture.generations().last))
        let report = try await setup.revoke(.denomination(present.hash), with: SharedKeys.master, at: fixture.clock.now())
        #expect(report.newDenominations == 1)
        #expect(try await fixture.generations().map(\.start) == [present.start, fixture.clock.now(), next.start])
    }

    @Test func aRevokedSigningKeyVanishesAndAnotherTakesItsPlace() async throws {
        let fixture = try await Fixture()
        let old = try #require(try await fixture.verifiedKeys().signingKeys.first).key
        let tag = await fixture.get("/keys").fields["ETag"]
        let setup = try fixture.setup()
        let report = try await setup.revoke(.signingKey(old), with: SharedKeys.master, at: fixture.clock.now())
        #expect(report.revokedSigningKeys == 1)
        #expect(report.newSigningKeys == 1)
        try await fixture.service.reloadKeys()
        let response = await fixture.get("/keys")
        #expect(response.status == 200)
        #expect(response.fields["ETag"] != tag)
        let new = try await fixture.verifiedKeys().signingKeys.map(\.key)
        #expect(new.count == 1)
        #expect(new != [old])
        let accepted: DepositSuccess = try await fixture.deposit(TestPurchase().request([try await fixture.coin()])).json().decode()
        #expect(new == [accepted.exchangePub])
        let record = try #require(try await fixture.store.keys().signingKeys.first { $0.key == old })
        #expect(record.revoked == fixture.clock.now())
        let signature = try #require(record.revocationSignature)
        #expect(SigningKeyRevocation(signingKey: old).isValid(signature, by: SharedKeys.masterPub))
        await #expect(throws: SandboxExchangeError.nothingToRevoke) {
            try await setup.revoke(.signingKey(old), with: SharedKeys.master, at: fixture.clock.now())
        }
        #expect(try await setup.revoke(.allSigningKeys, with: SharedKeys.master, at: fixture.clock.now()).revokedSigningKeys == 1)
    }

    @Test func aRevocationThatTheOfflineKeyHasNotSignedIsNotTakenIn() async throws {
        let fixture = try await Fixture()
        let body = await fixture.get("/keys").body
        let hash = try await fixture.denomination(amount("0.64")).hash
        #expect(try await fixture.store.change(KeyChange(revokedDenominations: [hash: .random()]), at: fixture.clock.now()))
        await #expect(throws: SandboxExchangeError.keysDamaged("a revocation of KUDOS:0.64")) {
            try await fixture.service.reloadKeys()
        }
        #expect(await fixture.get("/keys").body == body)
    }

    @Test func aKeyThatIsNotInTheBooksIsNotRevokedAndNothingElseIs() async throws {
        let fixture = try await Fixture()
        let keys = try await fixture.store.keys()
        let known = try #require(keys.denominations.first).hash
        for change in [
            KeyChange(revokedDenominations: [known: .random(), .random(): .random()]),
            KeyChange(revokedDenominations: [known: .random()], revokedSigningKeys: [.random(): .random()]),
        ] {
            await #expect(throws: ExchangeStoreError.unknownKey) { try await fixture.store.change(change, at: fixture.clock.now()) }
        }
        #expect(try await fixture.store.keys() == keys)
    }

    @Test func twoWhoMakeKeysAtOnceMakeEachOnce() async throws {
        let fixture = try await Fixture()
        let setup = try fixture.setup()
        let reports = try await atOnce(6) { index in
            try await index == 0
                ? setup.revoke(.value(amount("0.64")), with: SharedKeys.master, at: fixture.clock.now())
                : setup.extend(with: SharedKeys.master, at: fixture.clock.now())
        }
        #expect(reports.map(\.newDenominations).reduce(0, +) == 1)
        #expect(try await fixture.generations().count == 2)
    }
}
