// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

/// Checks that coins became only what they have signed, and that every reveal agrees with what was committed to.
struct RefreshAudit {
    let snapshot: BookSnapshot
    let keys: AuditedKeys
    let findings: Findings

    func check() async throws {
        let (keys, findings) = (keys, findings)
        try await snapshot.each(.melts, findings) { melt in
            let statement = MeltRequest(
                commitment: melt.commitment, denominationHash: melt.denominationHash, ageCommitmentHash: melt.ageCommitmentHash ?? .zero,
                amountWithFee: melt.amountWithFee, meltFee: melt.fee)
            if !statement.isValid(melt.coinSignature, by: melt.coinPub) {
                findings.add("the coin \(melt.coinPub) has not signed its refresh \(melt.commitment)")
            }
        }
        try await snapshot.each(.reveals, findings) { reveal in
            for coin in reveal.reveal.coins { check(coin, reveal, keys, findings) }
            if Self.commitment(reveal, keys) != reveal.commitment {
                findings.add("what was revealed of the refresh \(reveal.commitment) is not what was committed to")
            }
        }
    }

    private func check(_ coin: RefreshedCoin, _ reveal: AuditedReveal, _ keys: AuditedKeys, _ findings: Findings) {
        let planchet = BlindedPlanchet(coin.envelope)
        let envelope = CoinEnvelopeHash(of: planchet, denomination: coin.denominationHash)
        let statement = LinkRequest(
            denominationHash: coin.denominationHash, transferPub: reveal.reveal.transferPub, ageCommitmentHash: .zero,
            coinEnvelopeHash: envelope)
        if !statement.isValid(coin.linkSignature, by: reveal.coinPub) {
            findings.add("the coin \(reveal.coinPub) has not signed its fresh coin \(envelope)")
        }
        guard let denomination = keys.denominations[coin.denominationHash] else { return }
        if (try? denomination.publicKey.planchet(signedBy: BlindedSignature(coin.blindSignature))) != planchet {
            findings.add("the denomination has not signed the fresh coin \(envelope)")
        }
    }

    /// Nil when it cannot be made again.
    private static func commitment(_ audited: AuditedReveal, _ keys: AuditedKeys) -> RefreshCommitment? {
        let reveal = audited.reveal
        let hashes = reveal.coins.map(\.denominationHash)
        let denominations = hashes.compactMap { keys.denominations[$0]?.publicKey }
        guard denominations.count == hashes.count else { return nil }
        var revealed = [reveal.firstTransferPrivateKey, reveal.secondTransferPrivateKey][...]
        var candidates: [RefreshCandidate] = []
        for index in 0..<Int64(RevealChecks.candidateCount) {
            if index == audited.noRevealIndex {
                candidates.append(RefreshCandidate(hidden: reveal.transferPub, reveal.coins.map { BlindedPlanchet($0.envelope) }))
            } else if let bytes = revealed.popFirst(), let key = try? ECDHEPrivateKey(bytes: bytes),
                let candidate = try? RefreshCandidate(key, oldCoin: audited.coinPub, denominations: denominations)
            {
                candidates.append(candidate)
            }
        }
        return RefreshCommitment(
            masterSecret: reveal.masterSecret, transferKeys: candidates.map(\.transferPub), denominations: hashes, oldCoin: audited.coinPub,
            amountWithFee: audited.amountWithFee, planchets: candidates.map(\.planchets))
    }
}
