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

/// What a reveal is refused for, in the order of the checks.
@Suite struct RevealRefusalTests {
    @Test func aMalformedCommitmentIs400Code1362() async throws {
        let fixture = try await Fixture()
        for path in ["/refreshes/XYZ/reveal", "/refreshes/XYZ/melt"] {
            let response = await fixture.post(path, body: Array("{}".utf8))
            #expect(response.status == 400)
            #expect(response.code == 1362)
        }
    }

    @Test func anotherOperationIs400Code1363() async throws {
        let fixture = try await Fixture()
        let response = await fixture.post("/refreshes/\(RefreshCommitment.random())/melt", body: [])
        #expect(response.status == 400)
        #expect(response.code == 1363)
        let get = await fixture.get("/refreshes/\(RefreshCommitment.random())/reveal")
        #expect(get.status == 405)
        #expect(get.fields["Allow"] == "POST")
    }

    @Test(
        arguments: [
            ("transfer_pub", nil), ("transfer_privs", nil), ("link_sigs", nil), ("coin_evs", nil), ("new_denoms_h", nil),
            ("transfer_pub", "00"), ("transfer_privs", ["00", "01"]), ("transfer_privs", "none"), ("link_sigs", ["00"]),
            ("coin_evs", ["RSA"]), ("coin_evs", [["cipher": "RSA"]]), ("coin_evs", [["cipher": "ROT13"]]), ("new_denoms_h", ["00"]),
            ("rms", "00"), ("old_age_commitment", 1),
        ] as [(String, JSONValue?)])
    func aMemberThatIsMissingOrWrongIs400Code22(_ name: String, _ value: JSONValue?) async throws {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.08"])
        var json = try JSONValue(encoding: refresh.reveal(hiding: try await fixture.melt(refresh))).objectValue ?? [:]
        json[name] = value
        let response = await fixture.post(refresh.revealPath, body: JSONValue.object(json).serialized())
        #expect(response.status == 400)
        #expect(response.code == 22)
        #expect(try response.json()["field"]?.stringValue?.hasPrefix(name) == true)
    }

    @Test func twoPrivateTransferKeysAreNeeded() async throws {
        let (fixture, refresh, right) = try await melted()
        for count in [0, 1, 3, 100] {
            var request = right
            request.transferPrivateKeys = (0..<count).map { _ in .random() }
            try await expect(fixture, refresh, request, 400, 1356)
        }
    }

    @Test func noFreshCoinsOrTooManyAre400Code1018() async throws {
        let (fixture, refresh, right) = try await melted()
        for count in [0, 257] {
            var request = right
            request.denominationHashes = (0..<count).map { _ in right.denominationHashes[0] }
            request.coinEnvelopes = (0..<count).map { _ in right.coinEnvelopes[0] }
            request.linkSignatures = (0..<count).map { _ in right.linkSignatures[0] }
            try await expect(fixture, refresh, request, 400, 1018)
        }
    }

    @Test func arraysOfDifferentSizesAre400Code1358() async throws {
        let (fixture, refresh, right) = try await melted()
        var wrong = Array(repeating: right, count: 3)
        wrong[0].coinEnvelopes.removeLast()
        wrong[1].linkSignatures.append(.random())
        wrong[2].denominationHashes.removeLast()
        for request in wrong { try await expect(fixture, refresh, request, 400, 1358) }
    }

    @Test func anAgeCommitmentIs400Code1364() async throws {
        let (fixture, refresh, right) = try await melted()
        var request = right
        request.oldAgeCommitment = []
        try await expect(fixture, refresh, request, 400, 1364)
    }

    @Test func anUnknownDenominationIs404Code1005() async throws {
        let (fixture, refresh, right) = try await melted()
        var request = right
        request.denominationHashes[1] = .random()
        let response = try await fixture.post(refresh.revealPath, request)
        #expect(response.status == 404)
        #expect(response.code == 1005)
        let statement = DenominationUnknownAffirmation(
            timestamp: try response.member("timestamp"), denominationHash: request.denominationHashes[1])
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    @Test func aDenominationThatGivesOutNoCoinsIs410() async throws {
        let (fixture, refresh, right) = try await melted()
        var future = right
        future.denominationHashes[1] = try await fixture.denomination(SharedKeys.futureValue).hash
        try await expectGone(fixture, refresh, future, code: 1008)
        _ = try await fixture.store.revoke(right.denominationHashes[1], at: fixture.clock.now())
        try await fixture.service.reloadKeys()
        try await expectGone(fixture, refresh, right, code: 1010)
        fixture.clock.advance(bySeconds: 2 * 365 * 86_400)
        var first = right
        first.denominationHashes[1] = right.denominationHashes[0]
        let response = try await fixture.post(refresh.revealPath, first)
        #expect(response.status == 410)
        #expect(response.code == 1009)
    }

    @Test func aMeltThatIsNotKnownIs404Code1355() async throws {
        let (fixture, _, right) = try await melted()
        let response = try await fixture.post("/refreshes/\(RefreshCommitment.random())/reveal", right)
        #expect(response.status == 404)
        #expect(response.code == 1355)
    }

    @Test func aWrongLinkSignatureIs403Code1361() async throws {
        let (fixture, refresh, right) = try await melted()
        var wrong = Array(repeating: right, count: 4)
        wrong[0].linkSignatures[1] = flipped(right.linkSignatures[1])
        wrong[1].linkSignatures.swapAt(0, 1)
        wrong[2].transferPub = .random()
        wrong[3].coinEnvelopes.swapAt(0, 1)
        for request in wrong { try await expect(fixture, refresh, request, 403, 1361) }
        try await expect(fixture, refresh, right, 200, nil)
    }

    @Test func anotherCipherIs400Code1017() async throws {
        let (fixture, refresh, right) = try await melted()
        var request = right
        request.coinEnvelopes[1] = ["cipher": "CS", "cs_nonce": "00", "cs_blinded_c0": "00", "cs_blinded_c1": "00"]
        try await expect(fixture, refresh, request, 400, 1017)
    }

    @Test func aTransferKeyThatWasNotCommittedToIs409Code1353() async throws {
        let (fixture, refresh, right) = try await melted()
        for index in [0, 1] {
            for bytes in [[UInt8](repeating: 0, count: 32), [UInt8](repeating: 255, count: 32), EdDSAPrivateKey().exportedSeed()] {
                var request = right
                request.transferPrivateKeys[index] = try RevealedTransferKey(bytes)
                try await expect(fixture, refresh, request, 409, 1353)
            }
        }
    }

    @Test func anEnvelopeThatCannotBeSignedIs400Code22() async throws {
        let fixture = try await Fixture()
        for (number, coin) in try await fixture.coins(Array(repeating: amount("0.64"), count: 9)).enumerated() {
            var refresh = try await fixture.refresh(coin, into: ["0.08"])
            // Not below the modulus.
            refresh.candidates[number % 3][0].blinded = BlindedPlanchet([UInt8](repeating: 255, count: 256))
            let hidden = try await fixture.melt(refresh)
            let response = try await fixture.post(refresh.revealPath, refresh.reveal(hiding: hidden))
            #expect(response.status == (hidden == number % 3 ? 400 : 409))
            #expect(response.code == (hidden == number % 3 ? 22 : 1353))
        }
        #expect(try await fixture.audit().problems.isEmpty)
    }

    /// A coin of 0.64 that was melted for two others, and the honest reveal.
    private func melted() async throws -> (Fixture, TestRefresh, RefreshRevealRequest) {
        let fixture = try await Fixture()
        let refresh = try await fixture.refresh(try await fixture.coin(), into: ["0.32", "0.16"])
        let hidden = try await fixture.melt(refresh)
        return (fixture, refresh, refresh.reveal(hiding: hidden))
    }

    private func expectGone(_ fixture: Fixture, _ refresh: TestRefresh, _ request: RefreshRevealRequest, code: Int) async throws {
        let response = try await fixture.post(refresh.revealPath, request)
        #expect(response.status == 410)
        #expect(response.code == code)
        #expect(try response.json()["oper"] == "REVEAL")
        let statement = DenominationExpiredAffirmation(
            timestamp: try response.member("timestamp"), operation: .reveal, denominationHash: request.denominationHashes[1])
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    private func expect(
        _ fixture: Fixture, _ refresh: TestRefresh, _ request: RefreshRevealRequest, _ status: Int, _ code: Int?,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let response = try await fixture.post(refresh.revealPath, request)
        #expect(response.status == status, sourceLocation: location)
        #expect(response.code == code, sourceLocation: location)
    }
}
