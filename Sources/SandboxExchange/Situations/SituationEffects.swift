// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

/// The situations that one request meets.
struct SituationEffects: Sendable {
    /// Of the request that is being answered; nil outside of requests, and when situations are switched off.
    @TaskLocal static var current: SituationEffects?

    let situations: [Situation]

    subscript(_ name: SituationName) -> Situation? { situations.first { $0.name == name } }

    /// In seconds.
    var clockOffset: Int64 { situations.filter { $0.name == .clock }.map(\.order.seconds).reduce(0) { $0 &+ $1 } }

    /// What stands in for the answer.
    var answer: Situation? { situations.first(where: \.name.isAnswer) }

    /// Stands where a deposit asks the books.
    /// - Throws: `DepositRefusal`.
    static func check(_ batch: DepositBatch) throws(DepositRefusal) {
        guard let effects = current else { return }
        if effects[.contractConflict] != nil { throw .otherContract(.random()) }
        guard let coin = batch.coins.first else { return }
        if effects[.ageHash] != nil { throw .otherAgeCommitment(coin.coinPub, coin.denominationHash, known: .random()) }
        if effects[.spent] != nil { throw .insufficientFunds(coin.coinPub, coin.denominationHash) }
    }
}
