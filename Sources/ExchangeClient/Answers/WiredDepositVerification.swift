// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeAPI
import TalerCrypto
public import TalerWire

/// Checks the exchange's word that a coin's deposit was wired (1036: 200 of `GET /deposits/…`) against what was deposited.
public enum WiredDepositVerification {
    /// The deposit that was asked about.
    public struct Question: Sendable, Equatable {
        public let coinPub: CoinPublicKey
        public let contractHash: ContractHash
        public let wireHash: WireHash
        /// Deposit fee included.
        public let contribution: Amount
        public let depositFee: Amount

        public init(coinPub: CoinPublicKey, contractHash: ContractHash, wireHash: WireHash, contribution: Amount, depositFee: Amount) {
            self.coinPub = coinPub
            self.contractHash = contractHash
            self.wireHash = wireHash
            self.contribution = contribution
            self.depositFee = depositFee
        }
    }

    /// - Throws: ``AnswerFailure``; ``AnswerFailure/contradiction(_:)`` when the exchange signed another amount than the contribution
    ///   less the deposit fee (refunds do not change it).
    public static func check(
        _ wired: DepositWired, of question: Question, keys: VerifiedKeys, now: Timestamp
    ) throws(AnswerFailure) {
        let confirmation = WireConfirmation(
            wireHash: question.wireHash, contractHash: question.contractHash, wireTransferID: wired.wireTransferID,
            coinPub: question.coinPub, executionTime: wired.executionTime, coinContribution: wired.coinContribution)
        try keys.check(confirmation, wired.exchangeSignature, by: wired.exchangePub, at: now)
        let expected: Amount
        do { expected = try question.contribution.subtracting(question.depositFee) } catch { throw .malformedRequest("\(error)") }
        guard wired.coinContribution == expected else {
            throw .contradiction("a contribution of \(wired.coinContribution) instead of \(expected)")
        }
    }
}
