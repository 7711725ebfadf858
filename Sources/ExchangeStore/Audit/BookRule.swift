// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// What must hold for every row, and the query that finds the rows for which it does not.
struct BookRule {
    let claim: String
    /// What a row is, in words: the first column of the query, its key, follows.
    let name: String
    let query: String
}

extension BookRule {
    static let all = reserves + coins + refunds + refreshes + transfers + histories + bank

    private static let reserves = [
        BookRule(
            claim: "a reserve holds what was paid in less what was withdrawn", name: "the reserve",
            query: """
                SELECT r.reserve_pub FROM reserve r
                WHERE r.balance <> coalesce((SELECT sum(c.amount) FROM reserve_credit c WHERE c.reserve_pub = r.reserve_pub), 0)
                    - coalesce((SELECT sum(w.amount_with_fee) FROM withdrawal w WHERE w.reserve_pub = r.reserve_pub), 0)
                """),
        BookRule(
            claim: "a reserve names who paid last", name: "the reserve",
            query: """
                SELECT r.reserve_pub FROM reserve r WHERE r.last_origin IS NOT (
                    SELECT c.origin FROM reserve_event e JOIN reserve_credit c ON c.account = e.account AND c.bank_row = e.bank_row
                    WHERE e.reserve_pub = r.reserve_pub AND e.bank_row IS NOT NULL ORDER BY e.id DESC LIMIT 1)
                """),
        BookRule(
            claim: "a withdrawal costs what its denomination does", name: "the withdrawal",
            query: """
                SELECT w.h_coin_envelope FROM withdrawal w JOIN denomination d ON d.h_denom_pub = w.h_denom_pub
                WHERE w.amount_with_fee <> d.value + d.fee_withdraw
                """),
        BookRule(
            claim: "coins are withdrawn while their denomination is for withdrawals", name: "the withdrawal",
            query: """
                SELECT w.h_coin_envelope FROM withdrawal w JOIN denomination d ON d.h_denom_pub = w.h_denom_pub
                WHERE w.date < d.start OR w.date >= d.expire_withdraw
                """),
    ]

    private static let coins = [
        BookRule(
            claim: "a coin has spent its contributions and melts less what refunds gave back", name: "the coin",
            query: """
                SELECT k.coin_pub FROM known_coin k
                WHERE k.spent <> coalesce((SELECT sum(c.contribution) FROM deposit_coin c WHERE c.coin_pub = k.coin_pub), 0)
                    - coalesce((SELECT sum(r.amount - r.fee) FROM refund r WHERE r.coin_pub = k.coin_pub), 0)
                    + coalesce((SELECT sum(m.amount_with_fee) FROM refresh m WHERE m.coin_pub = k.coin_pub), 0)
                    OR k.spent NOT BETWEEN 0 AND k.value
                """),
        BookRule(
            claim: "a coin is worth what its denomination is", name: "the coin",
            query: """
                SELECT k.coin_pub FROM known_coin k JOIN denomination d ON d.h_denom_pub = k.h_denom_pub WHERE k.value <> d.value
                """),
        BookRule(
            claim: "every deposit has a coin", name: "deposit",
            query: "SELECT d.id FROM deposit d WHERE NOT EXISTS (SELECT 1 FROM deposit_coin c WHERE c.deposit = d.id)"),
        BookRule(
            claim: "a deposit was accepted with its first coin", name: "deposit",
            query: """
                SELECT d.id FROM deposit d
                WHERE d.exchange_timestamp NOT IN (SELECT c.date FROM deposit_coin c WHERE c.deposit = d.id)
                """),
        BookRule(
            claim: "the deposit fee is the denomination's", name: "a deposit of the coin",
            query: """
                SELECT c.coin_pub FROM deposit_coin c JOIN known_coin k ON k.coin_pub = c.coin_pub
                JOIN denomination d ON d.h_denom_pub = k.h_denom_pub WHERE c.deposit_fee <> d.fee_deposit
                """),
        BookRule(
            claim: "coins are spent while their denomination is for deposits", name: "a deposit of the coin",
            query: """
                SELECT c.coin_pub FROM deposit_coin c JOIN known_coin k ON k.coin_pub = c.coin_pub
                JOIN denomination d ON d.h_denom_pub = k.h_denom_pub WHERE c.date < d.start OR c.date >= d.expire_deposit
                """),
    ]

    private static let refunds = [
        BookRule(
            claim: "refunds don't exceed the contribution", name: "the coin",
            query: """
                SELECT c.coin_pub FROM deposit_coin c
                WHERE (SELECT sum(r.amount) FROM refund r WHERE r.deposit = c.deposit AND r.coin_pub = c.coin_pub) > c.contribution
                """),
        BookRule(
            claim: "the refund fee is the denomination's", name: "a refund of the coin",
            query: """
                SELECT r.coin_pub FROM refund r JOIN known_coin k ON k.coin_pub = r.coin_pub
                JOIN denomination d ON d.h_denom_pub = k.h_denom_pub WHERE r.fee <> d.fee_refund
                """),
    ]
}
