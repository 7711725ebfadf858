// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// A fresh coin that may be signed.
struct RevealedPlanchet: Sendable {
    let denomination: Denomination
    let planchet: BlindedPlanchet
    let linkSignature: EdDSASignature

    /// Takes about a millisecond.
    func signed() throws -> RefreshedCoin {
        let signature: BlindedSignature
        do { signature = try denomination.privateKey.signBlinded(planchet) } catch CryptoError.malformedInput(let reason) {
            throw APIError(.genericJsonInvalid, JSONError(path: "coin_evs", reason: reason))
        }
        return RefreshedCoin(
            denominationHash: denomination.terms.hash, envelope: planchet.bytes, linkSignature: linkSignature,
            blindSignature: signature.bytes)
    }
}

/// What is checked of a reveal, in this order.
struct RevealChecks: Sendable {
    /// κ: of so many candidates all but one are looked into.
    static let candidateCount = 3
    static let maximumCount = 256

    let table: KeyTable
    let signer: OnlineSigner
    let now: Timestamp
    let commitment: RefreshCommitment
    /// Nil for a commitment that is not known.
    let session: RefreshSession?

    /// - Throws: `APIError`: 400 / 1356, 1018, 1358 or 1364, 404 / 1005, 410 / 1009, 1008 or 1010 (not for what was revealed before),
    ///   400 / 22, 404 / 1355, 400 / 1365, 403 / 1361, 400 / 1017, 409 / 1353, 500 / 1359, 400 / 1360.
    func check(_ request: RefreshRevealRequest) throws -> [RevealedPlanchet] {
        try checkCounts(request)
        let denominations = try request.denominationHashes.map(denomination)
        let planchets = try planchets(request)
        guard let session else {
            throw APIError(.exchangeRefreshesRevealSessionUnknown, hint: "The exchange knows no melt with this commitment.")
        }
        // Fresh coins would be without the old coin's restriction.
        guard session.ageCommitmentHash == nil else {
            throw APIError(
                .exchangeRefreshesRevealAgeRestrictionCommitmentInvalid, hint: "The coin is age restricted, which is not supported here.")
        }
        try checkLinks(request, planchets, session)
        let envelopes = try planchets.map { planchet in
            guard let planchet else {
                throw APIError(.exchangeGenericCipherMismatch, hint: "A planchet is not of its denomination's cipher.")
            }
            return planchet
        }
        try checkCommitment(request, denominations, envelopes, session)
        try checkCost(denominations, session)
        return zip(zip(denominations, envelopes), request.linkSignatures).map {
            RevealedPlanchet(denomination: $0.0, planchet: $0.1, linkSignature: $1)
        }
    }

    private func checkCounts(_ request: RefreshRevealRequest) throws(APIError) {
        let count = request.denominationHashes.count
        guard request.transferPrivateKeys.count == Self.candidateCount - 1 else {
            throw APIError(
                .exchangeRefreshesRevealCncTransferArraySizeInvalid, hint: "\(Self.candidateCount - 1) private transfer keys are needed.")
        }
        guard (1...Self.maximumCount).contains(count) else {
            throw APIError(
                .exchangeGenericNewDenomsArraySizeExcessive, hint: "1 to \(Self.maximumCount) fresh coins are possible.", status: 400)
        }
        guard request.coinEnvelopes.count == count else { throw Self.sizes("new_denoms/coin_evs") }
        guard request.linkSignatures.count == count else { throw Self.sizes("new_denoms/link_sigs") }
        guard request.oldAgeCommitment == nil else {
            throw APIError(
                .exchangeRefreshesRevealAgeRestrictionNotSupported, hint: "This exchange has no age restricted denominations.")
        }
    }

    private static func sizes(_ names: String) -> APIError {
        APIError(.exchangeRefreshesRevealNewDenomsArraySizeMismatch, hint: "The arrays are not of one size.", detail: names)
    }

    /// What was revealed before is answered whatever became of its denominations since.
    private func denomination(_ hash: DenominationHash) throws(APIError) -> Denomination {
        guard let denomination = table[hash] else { throw signer.unknown(hash, at: now) }
        if session?.isRevealed == true { return denomination }
        let terms = denomination.terms
        try signer.checkUse(terms, before: terms.expireWithdraw, for: .reveal, at: now)
        return denomination
    }

    /// Nil for those of another cipher than RSA.
    private func planchets(_ request: RefreshRevealRequest) throws(APIError) -> [BlindedPlanchet?] {
        var planchets: [BlindedPlanchet?] = []
        for (index, envelope) in request.coinEnvelopes.enumerated() {
            if let name = envelope["cipher"]?.stringValue, Cipher(name: name) == .clauseSchnorr {
                planchets.append(nil)
                continue
            }
            let planchet: BlindedPlanchet
            do { planchet = try envelope.decode() } catch {
                throw APIError(.genericJsonInvalid, error.within("[\(index)]").within("coin_evs"))
            }
            planchets.append(planchet)
        }
        return planchets
    }

    /// The owner of the old coin must have meant these coins: only he can make them again from what `/link` tells.
    private func checkLinks(_ request: RefreshRevealRequest, _ planchets: [BlindedPlanchet?], _ session: RefreshSession) throws(APIError) {
        for (index, planchet) in planchets.enumerated() {
            guard let planchet else { continue }
            let hash = request.denominationHashes[index]
            let statement = LinkRequest(
                denominationHash: hash, transferPub: request.transferPub, ageCommitmentHash: .zero,
                coinEnvelopeHash: CoinEnvelopeHash(of: planchet, denomination: hash))
            guard statement.isValid(request.linkSignatures[index], by: session.coinPub) else {
                throw APIError(
                    .exchangeRefreshesRevealLinkSignatureInvalid, hint: "The old coin's owner has not signed a fresh coin.",
                    detail: "link_sigs[\(index)]")
            }
        }
    }

    /// Makes the two revealed candidates again. A wallet that has made one of the three in another way is caught here, unless that is the
    /// hidden one.
    private func checkCommitment(
        _ request: RefreshRevealRequest, _ denominations: [Denomination], _ planchets: [BlindedPlanchet], _ session: RefreshSession
    ) throws {
        let publicKeys = denominations.map(\.publicKey)
        var candidates: [RefreshCandidate] = []
        var revealed = request.transferPrivateKeys[...]
        for index in 0..<Self.candidateCount {
            if index == session.noRevealIndex {
                candidates.append(RefreshCandidate(hidden: request.transferPub, planchets))
            } else if let key = revealed.popFirst() {
                let transfer = try ECDHEPrivateKey(bytes: key.bytes)
                candidates.append(try Self.candidate(transfer, session.coinPub, publicKeys))
            }
        }
        let expected = RefreshCommitment(
            masterSecret: request.refreshMasterSecret ?? session.masterSecret, transferKeys: candidates.map(\.transferPub),
            denominations: request.denominationHashes, oldCoin: session.coinPub, amountWithFee: session.amountWithFee,
            planchets: candidates.map(\.planchets))
        guard expected == commitment else {
            throw APIError(
                .exchangeRefreshesRevealCommitmentViolation, hint: "What is revealed is not what was committed to.",
                members: ["rc_expected": expected.json])
        }
    }

    /// Ed25519 keys exist that sign and are of no use with X25519: no honest wallet has one.
    private static func candidate(
        _ transfer: ECDHEPrivateKey, _ coin: CoinPublicKey, _ denominations: [DenominationPublicKey]
    ) throws -> RefreshCandidate {
        do { return try RefreshCandidate(transfer, oldCoin: coin, denominations: denominations) } catch CryptoError.malformedInput {
            throw APIError(.exchangeRefreshesRevealCommitmentViolation, hint: "The old coin's key cannot be refreshed from.")
        }
    }

    private func checkCost(_ denominations: [Denomination], _ session: RefreshSession) throws {
        let cost: Amount
        do {
            cost = try Amount.sum(try denominations.map { try $0.withdrawCost }, in: session.fee.currency).adding(session.fee)
        } catch is AmountError {
            throw APIError(.exchangeRefreshesRevealCostCalculationOverflow, hint: "The fresh coins cost more than can be counted.")
        }
        if try session.amountWithFee.isLess(than: cost) {
            throw APIError(
                .exchangeRefreshesRevealAmountInsufficient,
                hint: "The fresh coins cost \(cost), more than the \(session.amountWithFee) melted.")
        }
    }
}
