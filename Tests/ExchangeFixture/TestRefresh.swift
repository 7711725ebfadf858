// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

package import ExchangeAPI
package import ExchangeStore
import HTTPCore
package import TalerCrypto
package import TalerWire

/// A coin on its way to become others: what a wallet makes of it, all right unless a test spoils it.
package struct TestRefresh {
    package let coin: TestCoin
    package let denominations: [DenominationRecord]
    package var amountWithFee: Amount
    package var transferKeys: [ECDHEPrivateKey]
    /// For each of the three candidates, one for each fresh coin.
    package var candidates: [[TestPlanchet]]
    package var masterSecret: RefreshMasterSecret?

    /// - Parameters:
    ///   - amount: what is melted, fee included; just what the fresh coins cost when it is left out.
    ///   - spoiled: candidates whose coins are not made from the transfer key.
    package init(
        _ coin: TestCoin, into denominations: [DenominationRecord], melting amount: Amount? = nil, spoiled: Set<Int> = []
    ) throws {
        self.coin = coin
        self.denominations = denominations
        var cost = coin.denomination.feeRefresh
        for denomination in denominations { cost = try cost.adding(denomination.value).adding(denomination.feeWithdraw) }
        amountWithFee = amount ?? cost
        transferKeys = (0..<3).map { _ in ECDHEPrivateKey() }
        candidates = try transferKeys.enumerated().map { candidate, transfer in
            let secret = try TransferSecret(coin: coin.key, transfer: transfer.publicKey)
            return try denominations.enumerated().map { index, denomination in
                if spoiled.contains(candidate) { return try TestPlanchet(denomination) }
                let planchet = secret.planchetSecret(coin: UInt32(index))
                return try TestPlanchet(denomination, coin: planchet.coinPrivateKey, blinding: planchet.blindingSecret)
            }
        }
    }

    package var commitment: RefreshCommitment {
        RefreshCommitment(
            masterSecret: masterSecret, transferKeys: transferKeys.map(\.publicKey), denominations: denominations.map(\.hash),
            oldCoin: coin.pub, amountWithFee: amountWithFee, planchets: candidates.map { $0.map(\.blinded) })
    }

    package var meltPath: String { "/coins/\(coin.pub)/melt" }
    package var revealPath: String { "/refreshes/\(commitment)/reveal" }

    package func melt() -> CoinMeltRequest {
        let statement = MeltRequest(
            commitment: commitment, denominationHash: coin.denomination.hash, ageCommitmentHash: .zero, amountWithFee: amountWithFee,
            meltFee: coin.denomination.feeRefresh)
        return CoinMeltRequest(
            commitment: commitment, denominationHash: coin.denomination.hash, denominationSignature: coin.signature.json,
            valueWithFee: amountWithFee, coinSignature: coin.key.sign(statement), refreshMasterSecret: masterSecret)
    }

    /// True when `answer` promises by its own key to look into the others.
    package func isConfirmed(_ answer: CoinMeltResponse) -> Bool {
        answer.noRevealIndex < 3
            && MeltConfirmation(commitment: commitment, noRevealIndex: answer.noRevealIndex)
                .isValid(answer.exchangeSignature, by: answer.exchangePub)
    }

    package func reveal(hiding hidden: Int) -> RefreshRevealRequest {
        let transfer = transferKeys[hidden].publicKey
        return RefreshRevealRequest(
            transferPub: transfer,
            transferPrivateKeys: transferKeys.indices.filter { $0 != hidden }.map {
                RevealedTransferKey(checked: transferKeys[$0].exported())
            },
            linkSignatures: candidates[hidden].map { coin.key.sign($0.link(transfer)) },
            coinEnvelopes: candidates[hidden].map(\.blinded.json),
            denominationHashes: denominations.map(\.hash), refreshMasterSecret: masterSecret)
    }

    /// The fresh coins.
    package func coins(hiding hidden: Int, _ answer: RefreshRevealResponse) throws -> [TestCoin] {
        guard answer.envelopeSignatures.count == denominations.count else { throw FixtureError.refused("not a signature for each coin") }
        return try zip(candidates[hidden], answer.envelopeSignatures).map { planchet, signature in
            try planchet.coin(try BlindedSignature(json: signature.signature))
        }
    }
}

extension TestPlanchet {
    /// What the old coin signs of it.
    package func link(_ transfer: TransferPublicKey) -> LinkRequest {
        LinkRequest(
            denominationHash: denomination.hash, transferPub: transfer, ageCommitmentHash: .zero,
            coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: denomination.hash))
    }
}

extension Fixture {
    /// The refresh of a coin into these values, not begun.
    package func refresh(
        _ coin: TestCoin, into values: [String], melting digits: String? = nil, spoiled: Set<Int> = []
    ) async throws -> TestRefresh {
        var denominations: [DenominationRecord] = []
        for value in values { denominations.append(try await denomination(amount(value))) }
        return try TestRefresh(coin, into: denominations, melting: digits.map(amount), spoiled: spoiled)
    }

    /// - Returns: the candidate to hide.
    package func melt(_ refresh: TestRefresh) async throws -> Int {
        let response = try await post(refresh.meltPath, refresh.melt())
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        let answer: CoinMeltResponse = try response.json().decode()
        return Int(answer.noRevealIndex)
    }

    /// Melts, reveals and unblinds.
    package func refreshed(_ refresh: TestRefresh) async throws -> [TestCoin] {
        let hidden = try await melt(refresh)
        let response = try await post(refresh.revealPath, refresh.reveal(hiding: hidden))
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        return try refresh.coins(hiding: hidden, try response.json().decode())
    }
}
