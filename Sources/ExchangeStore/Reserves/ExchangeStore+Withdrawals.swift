// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

extension ExchangeStore {
    /// Those of the envelopes that were withdrawn from this reserve before.
    public func withdrawn(from reserve: ReservePublicKey, _ envelopes: [CoinEnvelopeHash]) async throws -> [CoinEnvelopeHash: WithdrawnCoin]
    {
        try await database.read { database in try withdrawn(from: reserve, envelopes, database) }
    }

    /// Pays for the batch and keeps its signatures, all or nothing. A batch that was withdrawn before is not paid again.
    /// - Returns: the signatures to give out, in the order of `coins`: those of the first time.
    /// - Throws: ``WithdrawRefusal``.
    public func withdraw(_ coins: [WithdrawnCoin], from reserve: ReservePublicKey, at now: Timestamp) async throws -> [WithdrawnCoin] {
        let currency = currency
        return try await database.write { database in
            let known = try withdrawn(from: reserve, coins.map(\.envelopeHash), database)
            if known.count == coins.count { return coins.compactMap { known[$0.envelopeHash] } }
            guard known.isEmpty else { throw WithdrawRefusal.partlyWithdrawn }
            let row = try Row.fetchOne(database, sql: "SELECT balance FROM reserve WHERE reserve_pub = ?", arguments: [reserve.data])
            guard let row else { throw WithdrawRefusal.unknownReserve }
            let requested = try Amount.sum(coins.map(\.amountWithFee), in: currency)
            let balance = try row.amount("balance", currency)
            guard try requested.compare(balance) <= 0 else {
                throw WithdrawRefusal.insufficientFunds(balance: balance, requested: requested)
            }
            try database.execute(
                sql: "UPDATE reserve SET balance = balance - ?1 WHERE reserve_pub = ?2 AND balance >= ?1",
                arguments: [units(requested), reserve.data])
            guard database.changesCount == 1 else {
                throw WithdrawRefusal.insufficientFunds(balance: balance, requested: requested)
            }
            for coin in coins {
                try database.execute(
                    sql: """
                        INSERT INTO withdrawal (reserve_pub, h_coin_envelope, h_denom_pub, amount_with_fee, reserve_sig, blind_sig, date)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        reserve.data, coin.envelopeHash.data, coin.denominationHash.data, units(coin.amountWithFee),
                        coin.reserveSignature.data, Data(coin.blindSignature), now.stored,
                    ])
            }
            return coins
        }
    }

    private func withdrawn(from reserve: ReservePublicKey, _ envelopes: [CoinEnvelopeHash], _ database: Database) throws
        -> [CoinEnvelopeHash: WithdrawnCoin]
    {
        var found: [CoinEnvelopeHash: WithdrawnCoin] = [:]
        let statement = try database.cachedStatement(sql: "SELECT * FROM withdrawal WHERE reserve_pub = ? AND h_coin_envelope = ?")
        for envelope in envelopes {
            guard let row = try Row.fetchOne(statement, arguments: [reserve.data, envelope.data]) else { continue }
            found[envelope] = try WithdrawnCoin(row: row, currency)
        }
        return found
    }
}

extension WithdrawnCoin {
    init(row: Row, _ currency: Currency) throws {
        self.init(
            envelopeHash: try row.bytes("h_coin_envelope"), denominationHash: try row.bytes("h_denom_pub"),
            amountWithFee: try row.amount("amount_with_fee", currency), reserveSignature: try row.bytes("reserve_sig"),
            blindSignature: try row.blob("blind_sig"))
    }
}
