// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension BookRule {
    static let refreshes = [
        BookRule(
            claim: "a melt costs its coin's refresh fee", name: "the refresh",
            query: """
                SELECT r.rc FROM refresh r JOIN known_coin k ON k.coin_pub = r.coin_pub
                JOIN denomination d ON d.h_denom_pub = k.h_denom_pub
                WHERE r.melt_fee <> d.fee_refresh OR r.amount_with_fee < r.melt_fee
                """),
        BookRule(
            claim: "fresh coins, their withdraw fees and the melt fee are not worth more than what was melted", name: "the refresh",
            query: """
                SELECT r.rc FROM refresh r
                WHERE r.melt_fee
                    + coalesce(
                        (SELECT sum(d.value + d.fee_withdraw) FROM refresh_coin c JOIN denomination d ON d.h_denom_pub = c.h_denom_pub
                        WHERE c.refresh = r.id), 0) > r.amount_with_fee
                """),
        BookRule(
            claim: "a reveal has its fresh coins, numbered from 0", name: "the refresh",
            query: """
                SELECT r.rc FROM refresh_reveal v JOIN refresh r ON r.id = v.refresh
                WHERE (SELECT count(*) FROM refresh_coin c WHERE c.refresh = v.refresh) = 0
                    OR (SELECT count(*) FROM refresh_coin c WHERE c.refresh = v.refresh)
                        <> (SELECT max(c.coin_index) + 1 FROM refresh_coin c WHERE c.refresh = v.refresh)
                """),
        BookRule(
            claim: "a melt is in its coin's history once", name: "the refresh",
            query: """
                SELECT r.rc FROM refresh r
                WHERE (SELECT count(*) FROM coin_event e WHERE e.coin_pub = r.coin_pub AND e.refresh = r.id) <> 1
                """),
        BookRule(
            claim: "coins are melted while their books are kept", name: "the refresh",
            query: """
                SELECT r.rc FROM refresh r JOIN known_coin k ON k.coin_pub = r.coin_pub
                JOIN denomination d ON d.h_denom_pub = k.h_denom_pub WHERE r.date < d.start OR r.date >= d.expire_legal
                """),
    ]
}
