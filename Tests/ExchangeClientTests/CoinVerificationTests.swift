// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeClient
import TalerCrypto
import TalerWire
import TestVectors
import Testing

/// Coins as real exchanges accepted and refused them: RSA, Clause-Schnorr and both in one batch.
struct CoinVerificationTests {
    static let accepted =
        ["batch-deposit-ok", "batch-deposit-ok-2", "batch-deposit-repeat", "batch-deposit-conflict-deadline"].map {
            (14, "protocol14/\($0)")
        }
        + DepositVerificationTests.accepted.map { (23, "protocol23/\($0)") }

    private func check(
        _ version: Int, _ path: String, _ change: (inout BatchDepositRequest) throws -> Void = { _ in }
    ) throws -> [Denomination] {
        let keys = try Recording(version).keys
        var request: BatchDepositRequest = try RecordedCall(path: path).request.decode()
        try change(&request)
        return try request.coins.map { try CoinVerification.check($0, of: request, keys: keys) }
    }

    @Test(arguments: accepted) func theCoinsOfAnAcceptedDepositVerify(version: Int, path: String) throws {
        #expect(!(try check(version, path)).isEmpty)
    }

    @Test func oneBatchMayHaveCoinsOfBothKinds() throws {
        let ciphers = try check(23, "protocol23/124-cs-rsa-mixed").map(\.publicKey.cipher)
        #expect(Set(ciphers) == [.rsa, .clauseSchnorr])
        #expect(try check(23, "protocol23/123-cs-deposit").map(\.publicKey.cipher) == [.clauseSchnorr])
    }

    static let refused: [(String, CoinVerification.Failure)] = [
        ("protocol23/34-bad-coin-sig", .coinSignature), ("protocol23/35-bad-ub-sig", .denominationSignature),
        ("protocol23/125-cs-bad-ub-sig", .denominationSignature), ("protocol14/batch-deposit-bad-coin-sig", .coinSignature),
        ("protocol14/batch-deposit-bad-denomination-sig", .denominationSignature),
    ]

    @Test(arguments: refused) func whatTheExchangeRefusedIsRefusedHereToo(path: String, failure: CoinVerification.Failure) throws {
        #expect(throws: failure) { try check(path.hasPrefix("protocol14") ? 14 : 23, path) }
    }

    @Test func anUnknownDenominationIsNamed() throws {
        let request: BatchDepositRequest = try RecordedCall("36-unknown-denomination").request.decode()
        let hash = try #require(request.coins.first).denominationHash
        #expect(throws: CoinVerification.Failure.unknownDenomination(hash)) { try check(23, "protocol23/36-unknown-denomination") }
    }

    @Test(arguments: [(14, "protocol14/batch-deposit-ok"), (23, "protocol23/123-cs-deposit"), (23, "protocol23/15-batch-deposit-ok")])
    func aCoinSignsEveryPartOfTheRequest(version: Int, path: String) throws {
        let changes: [(inout BatchDepositRequest) throws -> Void] = [
            { $0.contractHash = .zero }, { $0.merchantPub = .zero }, { $0.timestamp = $0.timestamp.advanced(bySeconds: 1) },
            { $0.refundDeadline = ($0.refundDeadline ?? .zero).advanced(bySeconds: 1) }, { $0.wireSalt = .zero },
            { $0.merchantPaytoURI += "&x=y" }, { $0.coins[0].contribution = try $0.coins[0].contribution.adding(Amount("KUDOS:0.01")) },
            { $0.coins[0].coinSignature = try $0.coins[0].coinSignature.flipped(50) },
        ]
        for change in changes { #expect(throws: CoinVerification.Failure.coinSignature) { try check(version, path, change) } }
        #expect(throws: CoinVerification.Failure.denominationSignature) { try check(version, path) { $0.coins[0].coinPub = .zero } }
    }

    @Test func theLayoutsOfTheProtocolsAreNotMixed() throws {
        let keys = try Recording(23).keys
        let request: BatchDepositRequest = try RecordedCall("15-batch-deposit-ok").request.decode()
        let coin = try #require(request.coins.first)
        #expect(throws: CoinVerification.Failure.coinSignature) {
            try CoinVerification.check(coin, of: request, keys: keys, protocolVersion: 16)
        }
        try CoinVerification.check(coin, of: request, keys: keys, protocolVersion: 17)
    }

    @Test func theDenominationOfTheClauseSchnorrVectorsIsInTheKeys() throws {
        let file = try VectorFile.clauseSchnorr.json
        let keys = try Recording(23).keys
        let coins = file["coins"]?.arrayValue ?? []
        #expect(coins.count == 3)
        for coin in coins {
            let hash = try DenominationHash(base32: coin["denom_pub_hash"]?.stringValue ?? "")
            let denomination = try #require(keys.denominations[hash])
            #expect(denomination.publicKey.base32 == file["cs_pub"]?.stringValue)
            let pub = try CoinPublicKey(base32: coin["coin_pub"]?.stringValue ?? "")
            let signature = try DenominationSignature(json: coin["ub_sig"] ?? .null)
            #expect(signature.isValid(for: CoinPublicKeyHash(of: pub), by: denomination.publicKey))
        }
    }
}
