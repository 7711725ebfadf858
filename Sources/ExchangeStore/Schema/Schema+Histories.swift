// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Numbers for what happens to coins, in the order in which it happened. Triggers write them, so that no event goes without one.

extension Schema {
    static let coinHistory = """
        -- A use of the coin: a deposit, or with rtransaction_id a refund of it.
        CREATE TABLE coin_event (
            id INTEGER PRIMARY KEY,
            coin_pub BLOB NOT NULL REFERENCES known_coin,
            deposit INTEGER NOT NULL,
            rtransaction_id INTEGER,
            FOREIGN KEY (deposit, coin_pub) REFERENCES deposit_coin,
            FOREIGN KEY (deposit, coin_pub, rtransaction_id) REFERENCES refund
        ) STRICT;
        CREATE INDEX coin_event_of_coin ON coin_event (coin_pub, id);

        INSERT INTO coin_event (coin_pub, deposit, rtransaction_id)
            SELECT coin_pub, deposit, rtransaction_id FROM (
                SELECT coin_pub, deposit, NULL AS rtransaction_id, date, 0 AS step FROM deposit_coin
                UNION ALL SELECT coin_pub, deposit, rtransaction_id, date, 1 FROM refund
            ) ORDER BY date, step, deposit, coin_pub, rtransaction_id;

        CREATE TRIGGER coin_event_of_deposit AFTER INSERT ON deposit_coin BEGIN
            INSERT INTO coin_event (coin_pub, deposit) VALUES (new.coin_pub, new.deposit);
        END;
        CREATE TRIGGER coin_event_of_refund AFTER INSERT ON refund BEGIN
            INSERT INTO coin_event (coin_pub, deposit, rtransaction_id) VALUES (new.coin_pub, new.deposit, new.rtransaction_id);
        END;
        """
}
