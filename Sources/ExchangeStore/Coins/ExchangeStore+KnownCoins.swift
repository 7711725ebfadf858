// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
import TalerWire

/// A coin as it comes with a deposit or a melt, its denomination's signature checked.
struct PresentedCoin {
    let coinPub: CoinPublicKey
    let denominationHash: DenominationHash
    /// The denomination's.
    let value: Amount
    /// A big-endian integer without leading zeros.
    let denominationSignature: [UInt8]
    let ageCommitmentHash: AgeCommitmentHash?
}

/// How a coin differs from what is known of it.
enum CoinConflict {
    case denomination(known: DenominationHash, knownSignature: [UInt8])
    case ageCommitment(known: AgeCommitmentHash?)
}

extension ExchangeStore {
    /// Enters the coin, or compares it with what is already known.
    /// - Returns: nil when there is nothing against it.
    func know(_ coin: PresentedCoin, _ database: Database) throws -> CoinConflict? {
        try database.execute(
            sql: """
                INSERT INTO known_coin (coin_pub, h_denom_pub, denom_sig, h_age_commitment, value) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (coin_pub) DO NOTHING
                """,
            arguments: [
                coin.coinPub.data, coin.denominationHash.data, Data(coin.denominationSignature), coin.ageCommitmentHash?.data,
                units(coin.value),
            ])
        if database.changesCount == 1 { return nil }
        let row = try Row.fetchOne(database, sql: "SELECT * FROM known_coin WHERE coin_pub = ?", arguments: [coin.coinPub.data])
        guard let row else { throw ExchangeStoreError.damaged(column: "coin_pub") }
        let denomination: DenominationHash = try row.bytes("h_denom_pub")
        guard denomination == coin.denominationHash else {
            return .denomination(known: denomination, knownSignature: try row.blob("denom_sig"))
        }
        let age: AgeCommitmentHash? = try row.optionalBytes("h_age_commitment")
        return age == coin.ageCommitmentHash ? nil : .ageCommitment(known: age)
    }

    /// Takes the amount from what the coin has left.
    /// - Returns: false, with nothing changed, when that is less.
    func spend(_ amount: Int64, of coin: CoinPublicKey, _ database: Database) throws -> Bool {
        try database.execute(
            sql: "UPDATE known_coin SET spent = spent + ?1 WHERE coin_pub = ?2 AND ?1 <= value - spent",
            arguments: [amount, coin.data])
        return database.changesCount == 1
    }
}
