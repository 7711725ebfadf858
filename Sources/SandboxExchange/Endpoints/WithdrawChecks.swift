// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// A planchet of a request, read.
struct ReadPlanchet: Sendable {
    let denominationHash: DenominationHash
    /// Nil for another cipher than RSA.
    let blinded: BlindedPlanchet?
    let envelopeHash: CoinEnvelopeHash
    let reserveSignature: EdDSASignature
}

/// A planchet that may be signed once it is paid.
struct PricedPlanchet: Sendable {
    let planchet: ReadPlanchet
    let blinded: BlindedPlanchet
    let denomination: Denomination
    let cost: Amount

    /// Takes about a millisecond.
    func signed() throws -> WithdrawnCoin {
        let signature: BlindedSignature
        do { signature = try denomination.privateKey.signBlinded(blinded) } catch CryptoError.malformedInput(let reason) {
            throw APIError(.genericJsonInvalid, JSONError(path: "planchets", reason: reason))
        }
        return WithdrawnCoin(
            envelopeHash: planchet.envelopeHash, denominationHash: planchet.denominationHash, amountWithFee: cost,
            reserveSignature: planchet.reserveSignature, blindSignature: signature.bytes)
    }
}

/// What is checked of a withdrawal, in this order, planchet by planchet.
struct WithdrawChecks: Sendable {
    static let maximumCount = 256

    let table: KeyTable
    let signer: OnlineSigner
    let now: Timestamp

    /// - Throws: 400 / 22 for what cannot be read, 400 / 26 for no planchets, more than 256, or one twice.
    static func planchets(_ message: BatchWithdrawRequest) throws(APIError) -> [ReadPlanchet] {
        guard (1...maximumCount).contains(message.planchets.count) else {
            throw APIError(.genericParameterMalformed, hint: "1 to \(maximumCount) planchets are needed.", detail: "planchets")
        }
        var planchets: [ReadPlanchet] = []
        for (index, planchet) in message.planchets.enumerated() {
            do { planchets.append(try ReadPlanchet(planchet)) } catch {
                throw APIError(.genericJsonInvalid, error.within("coin_ev").within("[\(index)]").within("planchets"))
            }
        }
        guard Set(planchets.map(\.envelopeHash)).count == planchets.count else {
            throw APIError(.genericParameterMalformed, hint: "A planchet is in the batch twice.", detail: "planchets")
        }
        return planchets
    }

    /// The batch as it was withdrawn before, whatever became of the denominations since.
    /// - Throws: 403 / 1154.
    static func repeated(
        _ planchets: [ReadPlanchet], _ known: [CoinEnvelopeHash: WithdrawnCoin], _ reserve: ReservePublicKey
    ) throws(APIError) -> [WithdrawnCoin] {
        var coins: [WithdrawnCoin] = []
        for planchet in planchets {
            guard let coin = known[planchet.envelopeHash] else { continue }
            try check(planchet, coin.amountWithFee, reserve)
            coins.append(coin)
        }
        return coins
    }

    /// - Throws: 404 / 1005, 410 / 1009, 1008 or 1010, 400 / 1017, 403 / 1154.
    func priced(_ planchets: [ReadPlanchet], from reserve: ReservePublicKey) throws -> [PricedPlanchet] {
        try planchets.map { planchet in
            guard let denomination = table[planchet.denominationHash] else { throw signer.unknown(planchet.denominationHash, at: now) }
            let terms = denomination.terms
            try signer.checkUse(terms, before: terms.expireWithdraw, for: .withdraw, at: now)
            guard let blinded = planchet.blinded else {
                throw APIError(.exchangeGenericCipherMismatch, hint: "The planchet is not of the denomination's cipher.")
            }
            let cost = try denomination.withdrawCost
            try Self.check(planchet, cost, reserve)
            return PricedPlanchet(planchet: planchet, blinded: blinded, denomination: denomination, cost: cost)
        }
    }

    private static func check(_ planchet: ReadPlanchet, _ cost: Amount, _ reserve: ReservePublicKey) throws(APIError) {
        let statement = WithdrawRequest(
            amountWithFee: cost, denominationHash: planchet.denominationHash, coinEnvelopeHash: planchet.envelopeHash)
        guard statement.isValid(planchet.reserveSignature, by: reserve) else {
            throw APIError(
                .exchangeWithdrawReserveSignatureInvalid, hint: "The reserve has not signed this withdrawal.",
                detail: planchet.envelopeHash.base32)
        }
    }
}

extension ReadPlanchet {
    /// - Throws: `JSONError` with a path within `coin_ev`.
    init(_ planchet: WithdrawPlanchet) throws(JSONError) {
        denominationHash = planchet.denominationHash
        reserveSignature = planchet.reserveSignature
        if let name = planchet.coinEnvelope["cipher"]?.stringValue, Cipher(name: name) == .clauseSchnorr {
            blinded = nil
            // Never stored: the cipher is refused before.
            envelopeHash = CoinEnvelopeHash(of: BlindedPlanchet([]), denomination: planchet.denominationHash)
        } else {
            let read: BlindedPlanchet = try planchet.coinEnvelope.decode()
            blinded = read
            envelopeHash = CoinEnvelopeHash(of: read, denomination: planchet.denominationHash)
        }
    }
}
