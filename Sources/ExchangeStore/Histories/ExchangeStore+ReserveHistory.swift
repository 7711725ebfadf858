// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
public import TalerWire

extension ExchangeStore {
    /// Nil for a reserve that was never paid into.
    /// - Parameter number: events up to this one are left out; the balance is of them all.
    public func history(of reserve: ReservePublicKey, after number: UInt64) async throws -> ReserveHistory? {
        let currency = currency
        return try await database.read { database in
            let known = try Row.fetchOne(
                database,
                sql: """
                    SELECT balance, coalesce((SELECT max(id) FROM reserve_event e WHERE e.reserve_pub = r.reserve_pub), 0) AS last
                    FROM reserve r WHERE reserve_pub = ?
                    """, arguments: [reserve.data])
            guard let known else { return nil }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT c.bank_row, c.amount, c.origin, c.date,
                        w.h_coin_envelope, w.h_denom_pub, w.amount_with_fee, w.reserve_sig, w.blind_sig, d.fee_withdraw
                    FROM reserve_event e
                    LEFT JOIN reserve_credit c ON c.account = e.account AND c.bank_row = e.bank_row
                    LEFT JOIN withdrawal w ON w.reserve_pub = e.reserve_pub AND w.h_coin_envelope = e.h_coin_envelope
                    LEFT JOIN denomination d ON d.h_denom_pub = w.h_denom_pub
                    WHERE e.reserve_pub = ? AND e.id > ? ORDER BY e.id
                    """, arguments: [reserve.data, Int64(clamping: number)])
            return ReserveHistory(
                balance: try known.amount("balance", currency), lastNumber: UInt64(bitPattern: try known.integer("last")),
                events: try rows.map { try Self.event($0, reserve, currency) })
        }
    }

    private static func event(_ row: Row, _ reserve: ReservePublicKey, _ currency: Currency) throws -> ReserveEvent {
        if row["bank_row"] as Int64? != nil { return .credit(try ReserveCredit(row: row, of: reserve, currency)) }
        return .withdrawal(try WithdrawnCoin(row: row, currency), fee: try row.amount("fee_withdraw", currency))
    }
}

extension ReserveCredit {
    init(row: Row, of reserve: ReservePublicKey, _ currency: Currency) throws {
        self.init(
            bankRow: try row.integer("bank_row"), reserve: reserve, amount: try row.amount("amount", currency),
            origin: try row.text("origin"), date: try row.time("date"))
    }
}
