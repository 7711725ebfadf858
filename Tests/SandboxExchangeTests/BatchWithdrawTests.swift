// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct BatchWithdrawTests {
    @Test func coinsAreSignedInOrderAndPaidFromTheReserve() async throws {
        let fixture = try await Fixture()
        let reserve = try await fixture.fundedReserve(amount("2"))
        let planchets = try [
            TestPlanchet(try await fixture.denomination(amount("0.64"))), TestPlanchet(try await fixture.denomination(amount("0.01"))),
            TestPlanchet(try await fixture.denomination(amount("0.64"))),
        ]
        let response = try await fixture.post(
            reserve.withdrawPath, BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) }))
        #expect(response.status == 200)
        let answer: BatchWithdrawResponse = try response.json().decode()
        for (planchet, signature) in zip(planchets, answer.envelopeSignatures) {
            let coin = try planchet.coin(try BlindedSignature(json: signature.signature))
            #expect(coin.signature.isValid(for: CoinPublicKeyHash(of: coin.pub), by: planchet.key))
        }
        // 0.64 and 0.01 twice as fee, 0.01 without.
        #expect(try await fixture.store.reserve(reserve.publicKey())?.balance == amount("0.69"))
    }

    @Test func theSameBatchGetsTheSameSignaturesAndCostsNothing() async throws {
        let fixture = try await Fixture()
        let (reserve, request) = try await batch(fixture, ["0.64", "0.32"])
        let first = try await fixture.post(reserve.withdrawPath, request)
        let balance = try await fixture.store.reserve(reserve.publicKey())
        #expect(try await fixture.post(reserve.withdrawPath, request) == first)
        #expect(try await fixture.store.reserve(reserve.publicKey()) == balance)
        // Even when nothing could be withdrawn any more.
        fixture.clock.advance(bySeconds: 2 * 365 * 86_400)
        #expect(try await fixture.post(reserve.withdrawPath, request) == first)
    }

    @Test func twentyTimesTheSameBatchAtOnceIsPaidOnce() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let (reserve, request) = try await batch(fixture, ["0.64", "0.32"])
        let answers = try await atOnce(20) { _ in try await fixture.post(reserve.withdrawPath, request) }
        #expect(answers.map(\.status) == Array(repeating: 200, count: 20))
        #expect(Set(answers.map(\.text)).count == 1)
        #expect(try await fixture.store.reserve(reserve.publicKey())?.balance == amount("99.02"))
    }

    @Test func moreBatchesAtOnceThanTheReserveCanPay() async throws {
        let folder = try ScratchFolder()
        let fixture = try await Fixture(path: folder.path + "/exchange.sqlite")
        let reserve = try await fixture.fundedReserve(amount("1"))
        var requests: [BatchWithdrawRequest] = []
        for _ in 0..<20 {
            let planchet = try TestPlanchet(try await fixture.denomination(amount("0.16")))
            requests.append(BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)]))
        }
        let all = requests
        let answers = try await atOnce(20) { try await fixture.post(reserve.withdrawPath, all[$0]) }
        // 1 = 5 × 0.17 + 0.15
        #expect(answers.count { $0.status == 200 } == 5)
        #expect(answers.count { $0.status == 409 && $0.code == 1150 } == 15)
        #expect(try await fixture.store.reserve(reserve.publicKey())?.balance == amount("0.15"))
    }

    @Test func noPlanchetsOrTooManyAre400Code26() async throws {
        let fixture = try await Fixture()
        let (reserve, request) = try await batch(fixture, ["0.01"])
        let one = try #require(request.planchets.first)
        for planchets in [[], Array(repeating: one, count: 257)] {
            let response = try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: planchets))
            #expect(response.status == 400)
            #expect(response.code == 26)
        }
    }

    @Test func aPlanchetTwiceIs400Code26() async throws {
        let fixture = try await Fixture()
        let (reserve, request) = try await batch(fixture, ["0.01"])
        let response = try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: request.planchets + request.planchets))
        #expect(response.status == 400)
        #expect(response.code == 26)
    }

    @Test func twoHundredFiftySixPlanchetsAreSigned() async throws {
        let fixture = try await Fixture()
        let coins = try await fixture.coins(Array(repeating: amount("0.01"), count: 256))
        #expect(Set(coins.map(\.pub)).count == 256)
    }

    @Test func anotherCipherIs400Code1017() async throws {
        let fixture = try await Fixture()
        var (reserve, request) = try await batch(fixture, ["0.64"])
        request.planchets[0].coinEnvelope = ["cipher": "CS", "cs_nonce": "", "cs_blinded_c0": "", "cs_blinded_c1": ""]
        let response = try await fixture.post(reserve.withdrawPath, request)
        #expect(response.status == 400)
        #expect(response.code == 1017)
    }

    @Test(
        arguments: [
            ["cipher": "XYZ", "rsa_blinded_planchet": "00"], ["cipher": "RSA"], ["cipher": "RSA", "rsa_blinded_planchet": "*"], "RSA",
            ["rsa_blinded_planchet": "00"],
        ] as [JSONValue])
    func anUnreadablePlanchetIs400Code22(_ envelope: JSONValue) async throws {
        let fixture = try await Fixture()
        var (reserve, request) = try await batch(fixture, ["0.64"])
        request.planchets[0].coinEnvelope = envelope
        let response = try await fixture.post(reserve.withdrawPath, request)
        #expect(response.status == 400)
        #expect(response.code == 22)
    }

    @Test func aPlanchetThatIsNoNumberBelowTheModulusIs400() async throws {
        let fixture = try await Fixture()
        let reserve = try await fixture.fundedReserve(amount("100"))
        let denomination = try await fixture.denomination(amount("0.64"))
        for bytes in [[], [UInt8](repeating: 255, count: 256), [UInt8](repeating: 1, count: 5000)] {
            let blinded = BlindedPlanchet(bytes)
            let statement = WithdrawRequest(
                amountWithFee: amount("0.65"), denominationHash: denomination.hash,
                coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
            let planchet = WithdrawPlanchet(
                denominationHash: denomination.hash, coinEnvelope: blinded.json, reserveSignature: reserve.sign(statement))
            let response = try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet]))
            #expect(response.status == 400)
            #expect(response.code == 22)
        }
        #expect(try await fixture.store.reserve(reserve.publicKey())?.balance == amount("100"))
    }

    @Test func aWrongReserveSignatureIs403Code1154() async throws {
        let fixture = try await Fixture()
        var (reserve, request) = try await batch(fixture, ["0.64", "0.32"])
        let right = request.planchets[1].reserveSignature
        for wrong in [request.planchets[0].reserveSignature, .zero, flipped(right)] {
            request.planchets[1].reserveSignature = wrong
            let response = try await fixture.post(reserve.withdrawPath, request)
            #expect(response.status == 403)
            #expect(response.code == 1154)
        }
        request.planchets[1].reserveSignature = right
        #expect(try await fixture.post(reserve.withdrawPath, request).status == 200)
        // A repeat must be signed as well.
        request.planchets[1].reserveSignature = flipped(right)
        #expect(try await fixture.post(reserve.withdrawPath, request).code == 1154)
        // Another reserve's money is not taken by this signature.
        request.planchets[1].reserveSignature = right
        let other = try await fixture.fundedReserve(amount("10"), row: 2)
        #expect(try await fixture.post(other.withdrawPath, request).code == 1154)
    }

    @Test func anUnknownDenominationIs404Code1005WithTheExchangesWord() async throws {
        let fixture = try await Fixture()
        var (reserve, request) = try await batch(fixture, ["0.64"])
        let hash = DenominationHash.random()
        request.planchets[0].denominationHash = hash
        let response = try await fixture.post(reserve.withdrawPath, request)
        #expect(response.status == 404)
        #expect(response.code == 1005)
        let statement = DenominationUnknownAffirmation(timestamp: try response.member("timestamp"), denominationHash: hash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
        #expect(try response.member("h_denom_pub") == hash)
    }

    @Test func anUnknownReserveIs404Code1027() async throws {
        let fixture = try await Fixture()
        let reserve = EdDSAPrivateKey()
        let planchet = try TestPlanchet(try await fixture.denomination(amount("0.64")))
        let response = try await fixture.post(
            reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)]))
        #expect(response.status == 404)
        #expect(response.code == 1027)
    }

    @Test func tooLittleInTheReserveIs409Code1150() async throws {
        let fixture = try await Fixture()
        let reserve = try await fixture.fundedReserve(amount("0.64"))
        let planchet = try TestPlanchet(try await fixture.denomination(amount("0.64")))
        let response = try await fixture.post(
            reserve.withdrawPath, BatchWithdrawRequest(planchets: [planchet.signed(by: reserve)]))
        #expect(response.status == 409)
        #expect(response.code == 1150)
        #expect(try response.member("balance") == amount("0.64"))
        #expect(try response.member("requested_amount") == amount("0.65"))
    }

    @Test func aBatchThatWasPartlyWithdrawnIs409Code1175() async throws {
        let fixture = try await Fixture()
        let (reserve, request) = try await batch(fixture, ["0.64", "0.32"])
        #expect(try await fixture.post(reserve.withdrawPath, BatchWithdrawRequest(planchets: [request.planchets[0]])).status == 200)
        let response = try await fixture.post(reserve.withdrawPath, request)
        #expect(response.status == 409)
        #expect(response.code == 1175)
        // The books decide so too.
        let coins = request.planchets.map {
            WithdrawnCoin(
                envelopeHash: .random(), denominationHash: $0.denominationHash, amountWithFee: amount("0.01"),
                reserveSignature: $0.reserveSignature, blindSignature: [1])
        }
        _ = try await fixture.store.withdraw([coins[0]], from: reserve.publicKey(), at: .zero)
        await #expect(throws: WithdrawRefusal.partlyWithdrawn) {
            try await fixture.store.withdraw(coins, from: reserve.publicKey(), at: .zero)
        }
    }

    @Test func denominationsOutOfTheirTimeAre410() async throws {
        let fixture = try await Fixture()
        let (reserve, request) = try await batch(fixture, ["0.64"])
        let (_, future) = try await batch(fixture, [SharedKeys.futureValue.digits], reserve)
        try await expectGone(fixture, reserve, future, code: 1008)
        let hash = try await fixture.denomination(amount("0.64")).hash
        _ = try await fixture.store.revoke(hash, at: fixture.clock.now())
        try await fixture.service.reloadKeys()
        try await expectGone(fixture, reserve, request, code: 1010)
        fixture.clock.advance(bySeconds: 365 * 86_400)
        try await expectGone(fixture, reserve, request, code: 1009)
    }

    private func expectGone(_ fixture: Fixture, _ reserve: EdDSAPrivateKey, _ request: BatchWithdrawRequest, code: Int) async throws {
        let response = try await fixture.post(reserve.withdrawPath, request)
        #expect(response.status == 410)
        #expect(response.code == code)
        #expect(try response.json()["oper"] == "WITHDRAW")
        let statement = DenominationExpiredAffirmation(
            timestamp: try response.member("timestamp"), operation: .withdraw, denominationHash: try response.member("h_denom_pub"))
        #expect(statement.denominationHash == request.planchets.first?.denominationHash)
        #expect(statement.isValid(try response.member("exchange_sig"), by: try response.member("exchange_pub", as: ExchangePublicKey.self)))
    }

    private func batch(
        _ fixture: Fixture, _ values: [String], _ known: EdDSAPrivateKey? = nil
    ) async throws -> (EdDSAPrivateKey, BatchWithdrawRequest) {
        let reserve: EdDSAPrivateKey
        if let known { reserve = known } else { reserve = try await fixture.fundedReserve(amount("100")) }
        var planchets: [WithdrawPlanchet] = []
        for value in values {
            planchets.append(try TestPlanchet(try await fixture.denomination(amount(value))).signed(by: reserve))
        }
        return (reserve, BatchWithdrawRequest(planchets: planchets))
    }
}

func flipped<Value: FixedBytes>(_ value: Value) -> Value {
    var bytes = value.bytes
    bytes[5] ^= 1
    return Value(checked: bytes)
}

/// The results of `count` tasks that run beside each other.
func atOnce<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) async throws -> Result) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        for index in 0..<count { group.addTask { try await work(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
