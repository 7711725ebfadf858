// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension ExchangeStore {
    /// Adds everything up again: what each coin has spent, what refunds took, what each transfer paid, what each reserve holds.
    public func audit() async throws -> ExchangeAudit {
        try await database.read { database in
            func count(_ table: String) throws -> Int { try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0 }
            var audit = ExchangeAudit(
                coinCount: try count("known_coin"), depositCount: try count("deposit"), refundCount: try count("refund"),
                transferCount: try count("transfer"), refreshCount: try count("refresh"))
            for rule in Self.rules + Self.refreshRules {
                let found = try String.fetchAll(database, sql: rule.query)
                audit.problems += found.map { "\(rule.claim): not so for \($0)" }
            }
            for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                let table: String? = row["table"]
                audit.problems.append("every row that is pointed at is there: not so for one of \(table ?? "a table")")
            }
            return audit
        }
    }

    struct Rule {
        let claim: String
        /// Names each row that breaks the claim.
        let query: String
    }

    private static let rules = [
        Rule(
            claim: "a coin has spent its contributions and melts less what refunds gave back",
            query: """
                SELECT 'the coin ' || hex(k.coin_pub) FROM known_coin k
                WHERE k.spent <> coalesce((SELECT sum(c.contribution) FROM deposit_coin c WHERE c.coin_pub = k.coin_pub), 0)
                    - coalesce((SELECT sum(r.amount - r.fee) FROM refund r WHERE r.coin_pub = k.coin_pub), 0)
                    + coalesce((SELECT sum(m.amount_with_fee) FROM refresh m WHERE m.coin_pub = k.coin_pub), 0)
                    OR k.spent NOT BETWEEN 0 AND k.value
                """),
        Rule(
            claim: "a coin is worth what its denomination is",
            query: """
                SELECT 'the coin ' || hex(k.coin_pub) FROM known_coin k JOIN denomination d ON d.h_denom_pub = k.h_denom_pub
                WHERE k.value <> d.value
                """),
        Rule(
            claim: "every deposit has a coin",
            query: "SELECT 'deposit ' || d.id FROM deposit d WHERE NOT EXISTS (SELECT 1 FROM deposit_coin c WHERE c.deposit = d.id)"),
        Rule(
            claim: "refunds don't exceed the contribution",
            query: """
                SELECT 'the coin ' || hex(c.coin_pub) || ' in deposit ' || c.deposit FROM deposit_coin c
                WHERE (SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub) > c.contribution
                """),
        Rule(
            claim: "a transfer pays what was deposited and not refunded, less the deposit fee",
            query: """
                SELECT 'the coin ' || hex(t.coin_pub) || ' in deposit ' || t.deposit FROM transfer_coin t
                JOIN deposit_coin c ON c.deposit = t.deposit AND c.coin_pub = t.coin_pub
                WHERE t.contribution <> c.contribution
                    OR t.refunded <> coalesce(
                        (SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub), 0)
                    OR t.deposit_fee <> min(c.deposit_fee, t.contribution - t.refunded)
                """),
        Rule(
            claim: "a transfer's total is the sum of its deposits less the wire fee",
            query: """
                SELECT 'transfer ' || t.id FROM transfer t
                WHERE t.total + t.wire_fee
                    <> coalesce((SELECT sum(c.contribution - c.refunded - c.deposit_fee) FROM transfer_coin c WHERE c.transfer = t.id), 0)
                """),
        Rule(
            claim: "a transfer pays deposits of its own merchant and account",
            query: """
                SELECT DISTINCT 'transfer ' || t.id FROM transfer t JOIN transfer_coin c ON c.transfer = t.id
                JOIN deposit d ON d.id = c.deposit WHERE d.merchant_pub <> t.merchant_pub OR d.payto_uri <> t.payto_uri
                """),
        Rule(
            claim: "a reserve holds what was paid in less what was withdrawn",
            query: """
                SELECT 'the reserve ' || hex(r.reserve_pub) FROM reserve r
                WHERE r.balance <> coalesce((SELECT sum(c.amount) FROM reserve_credit c WHERE c.reserve_pub = r.reserve_pub), 0)
                    - coalesce((SELECT sum(w.amount_with_fee) FROM withdrawal w WHERE w.reserve_pub = r.reserve_pub), 0)
                """),
    ]
}
