// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension BookSnapshot {
    public func counts() async throws -> BookCounts {
        try await reader.read { database in
            func count(_ table: String) throws -> Int { try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0 }
            return BookCounts(
                reserves: try count("reserve"), withdrawals: try count("withdrawal"), coins: try count("known_coin"),
                deposits: try count("deposit"), refunds: try count("refund"), refreshes: try count("refresh"),
                transfers: try count("transfer"))
        }
    }

    /// All sums. A denomination of which more was spent than signed is a finding.
    public func money(_ findings: Findings) async throws -> ExchangeMoney {
        try await reader.read { database in
            var money = ExchangeMoney()
            money.paidIn = try Self.sum("amount", "reserve_credit", database)
            money.reserves = try Self.sum("balance", "reserve", database)
            let fresh = "refresh_coin c JOIN denomination d ON d.h_denom_pub = c.h_denom_pub"
            let freshFees = try Self.sum("d.fee_withdraw", fresh, database)
            money.withdrawFees =
                try Self.sum("w.amount_with_fee - d.value", "withdrawal w JOIN denomination d ON d.h_denom_pub = w.h_denom_pub", database)
                + freshFees
            let reveal = "SELECT 1 FROM refresh_reveal v WHERE v.refresh = r.id"
            money.melted = try Self.sum("r.amount_with_fee - r.melt_fee", "refresh r WHERE NOT EXISTS (\(reveal))", database)
            // What was melted above the price of the fresh coins is kept with the fee.
            money.refreshFees =
                try Self.sum("melt_fee", "refresh", database)
                + Self.sum("r.amount_with_fee - r.melt_fee", "refresh r WHERE EXISTS (\(reveal))", database)
                - Self.sum("d.value", fresh, database) - freshFees
            let unpaid = """
                (SELECT c.deposit_fee AS fee, c.contribution
                    - coalesce((SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub), 0) AS rest
                FROM deposit_coin c
                WHERE NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = c.deposit AND t.coin_pub = c.coin_pub))
                """
            money.deposits = try Self.sum("rest - min(fee, rest)", unpaid, database)
            money.depositFees =
                try Self.sum("min(fee, rest)", unpaid, database) + Self.sum("deposit_fee", "transfer_coin", database)
            money.refundFees = try Self.sum("fee", "refund", database)
            money.wireFees = try Self.sum("wire_fee", "transfer", database)
            money.rounding = try Self.sum("rounding", "transfer", database)
            money.openTransfers = try Self.sum("total", "transfer WHERE executed IS NULL", database)
            money.paidOut = try Self.sum("total", "transfer WHERE executed IS NOT NULL", database)
            try addCoins(&money, findings, database)
            return money
        }
    }

    private struct DenominationSum {
        var issued: Int64 = 0
        var known: Int64 = 0
        var spent: Int128 = 0
    }

    private func addCoins(_ money: inout ExchangeMoney, _ findings: Findings, _ database: Database) throws {
        var sums: [DenominationHash: DenominationSum] = [:]
        for table in ["withdrawal", "refresh_coin"] {
            for row in try Row.fetchAll(database, sql: "SELECT h_denom_pub, count(*) AS issued FROM \(table) GROUP BY h_denom_pub") {
                sums[try row.bytes("h_denom_pub"), default: DenominationSum()].issued += try row.integer("issued")
            }
        }
        let spent = try Row.fetchAll(
            database, sql: "SELECT h_denom_pub, count(*) AS known, \(Self.halves("spent")) FROM known_coin GROUP BY h_denom_pub")
        for row in spent {
            let hash: DenominationHash = try row.bytes("h_denom_pub")
            sums[hash, default: DenominationSum()].known = try row.integer("known")
            sums[hash, default: DenominationSum()].spent = try Self.whole(row)
        }
        var byValue: [Int64: ExchangeMoney.CoinSum] = [:]
        for (hash, sum) in sums {
            let value =
                try Int64.fetchOne(database, sql: "SELECT value FROM denomination WHERE h_denom_pub = ?", arguments: [hash.data]) ?? 0
            let outstanding = Int128(sum.issued) * Int128(value) - sum.spent
            if sum.known > sum.issued {
                findings.add("\(sum.issued) coins of the denomination \(hash) were signed, and \(sum.known) were spent")
            }
            if outstanding < 0 {
                findings.add(
                    "coins of the denomination \(hash) have spent \(ExchangeAudit.digits(-outstanding)) \(currency) more than was signed")
            }
            money.coins += outstanding
            byValue[value, default: .init(value: value, issued: 0, outstanding: 0)].issued += sum.issued
            byValue[value, default: .init(value: value, issued: 0, outstanding: 0)].outstanding += outstanding
        }
        money.coinsByValue = byValue.values.sorted { $0.value < $1.value }
    }

    /// A sum in two halves: SQLite's own would end with an error above 2^63.
    private static func halves(_ expression: String) -> String {
        "coalesce(sum((\(expression)) >> 32), 0) AS high, coalesce(sum((\(expression)) & 4294967295), 0) AS low"
    }

    private static func whole(_ row: Row) throws -> Int128 { Int128(try row.integer("high")) << 32 + Int128(try row.integer("low")) }

    private static func sum(_ expression: String, _ source: String, _ database: Database) throws -> Int128 {
        guard let row = try Row.fetchOne(database, sql: "SELECT \(halves(expression)) FROM \(source)") else { return 0 }
        return try whole(row)
    }
}
