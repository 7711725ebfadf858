// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Numbers for what happens to coins and reserves, in the order in which it happened. Triggers write them, so that no event goes without one.

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

    static let reserveHistory = """
        -- A transfer that paid into the reserve, or a coin that was withdrawn from it.
        CREATE TABLE reserve_event (
            id INTEGER PRIMARY KEY,
            reserve_pub BLOB NOT NULL REFERENCES reserve,
            account TEXT,
            bank_row INTEGER,
            h_coin_envelope BLOB,
            CHECK ((account IS NULL) = (bank_row IS NULL) AND (account IS NULL) <> (h_coin_envelope IS NULL)),
            FOREIGN KEY (account, bank_row) REFERENCES reserve_credit,
            FOREIGN KEY (reserve_pub, h_coin_envelope) REFERENCES withdrawal
        ) STRICT;
        CREATE INDEX reserve_event_of_reserve ON reserve_event (reserve_pub, id);

        INSERT INTO reserve_event (reserve_pub, account, bank_row, h_coin_envelope)
            SELECT reserve_pub, account, bank_row, h_coin_envelope FROM (
                SELECT reserve_pub, account, bank_row, NULL AS h_coin_envelope, date, 0 AS step FROM reserve_credit
                UNION ALL SELECT reserve_pub, NULL, NULL, h_coin_envelope, date, 1 FROM withdrawal
            ) ORDER BY date, step, account, bank_row, reserve_pub, h_coin_envelope;

        CREATE TRIGGER reserve_event_of_credit AFTER INSERT ON reserve_credit BEGIN
            INSERT INTO reserve_event (reserve_pub, account, bank_row) VALUES (new.reserve_pub, new.account, new.bank_row);
        END;
        CREATE TRIGGER reserve_event_of_withdrawal AFTER INSERT ON withdrawal BEGIN
            INSERT INTO reserve_event (reserve_pub, h_coin_envelope) VALUES (new.reserve_pub, new.h_coin_envelope);
        END;
        """
}
