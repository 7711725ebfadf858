// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Coins that become other coins.

extension Schema {
    static let refreshes = """
        -- A melt. What it takes from the coin includes the fee. noreveal_index is committed before the wallet hears of it.
        CREATE TABLE refresh (
            id INTEGER PRIMARY KEY,
            rc BLOB NOT NULL UNIQUE CHECK (length(rc) = 64),
            coin_pub BLOB NOT NULL REFERENCES known_coin,
            amount_with_fee INTEGER NOT NULL CHECK (amount_with_fee > 0),
            melt_fee INTEGER NOT NULL CHECK (melt_fee BETWEEN 0 AND amount_with_fee),
            coin_sig BLOB NOT NULL CHECK (length(coin_sig) = 64),
            noreveal_index INTEGER NOT NULL CHECK (noreveal_index IN (0, 1, 2)),
            rms BLOB CHECK (length(rms) = 32),
            date INTEGER NOT NULL CHECK (date >= 0)
        ) STRICT;
        CREATE INDEX refresh_of_coin ON refresh (coin_pub);

        -- How a melt was revealed: the hidden candidate's public transfer key, the private ones of the other two in their order. With the
        -- envelopes they prove the commitment again.
        CREATE TABLE refresh_reveal (
            refresh INTEGER PRIMARY KEY REFERENCES refresh,
            transfer_pub BLOB NOT NULL CHECK (length(transfer_pub) = 32),
            transfer_priv_first BLOB NOT NULL CHECK (length(transfer_priv_first) = 32),
            transfer_priv_second BLOB NOT NULL CHECK (length(transfer_priv_second) = 32),
            rms BLOB CHECK (length(rms) = 32),
            date INTEGER NOT NULL CHECK (date >= 0)
        ) STRICT;

        -- A fresh coin: its blinded hash and the blind signature that was given out for it.
        CREATE TABLE refresh_coin (
            refresh INTEGER NOT NULL REFERENCES refresh_reveal,
            coin_index INTEGER NOT NULL CHECK (coin_index BETWEEN 0 AND 255),
            h_denom_pub BLOB NOT NULL REFERENCES denomination,
            coin_ev BLOB NOT NULL,
            link_sig BLOB NOT NULL CHECK (length(link_sig) = 64),
            blind_sig BLOB NOT NULL,
            PRIMARY KEY (refresh, coin_index)
        ) STRICT, WITHOUT ROWID;

        -- The uses of coins once more, with their numbers: a deposit, with rtransaction_id a refund of it, or a melt.
        DROP TRIGGER coin_event_of_deposit;
        DROP TRIGGER coin_event_of_refund;
        ALTER TABLE coin_event RENAME TO coin_event_before_refreshes;
        DROP INDEX coin_event_of_coin;
        CREATE TABLE coin_event (
            id INTEGER PRIMARY KEY,
            coin_pub BLOB NOT NULL REFERENCES known_coin,
            deposit INTEGER,
            rtransaction_id INTEGER,
            refresh INTEGER REFERENCES refresh,
            CHECK ((deposit IS NULL) <> (refresh IS NULL) AND (rtransaction_id IS NULL OR deposit IS NOT NULL)),
            FOREIGN KEY (deposit, coin_pub) REFERENCES deposit_coin,
            FOREIGN KEY (deposit, coin_pub, rtransaction_id) REFERENCES refund
        ) STRICT;
        INSERT INTO coin_event (id, coin_pub, deposit, rtransaction_id)
            SELECT id, coin_pub, deposit, rtransaction_id FROM coin_event_before_refreshes;
        DROP TABLE coin_event_before_refreshes;
        CREATE INDEX coin_event_of_coin ON coin_event (coin_pub, id);

        CREATE TRIGGER coin_event_of_deposit AFTER INSERT ON deposit_coin BEGIN
            INSERT INTO coin_event (coin_pub, deposit) VALUES (new.coin_pub, new.deposit);
        END;
        CREATE TRIGGER coin_event_of_refund AFTER INSERT ON refund BEGIN
            INSERT INTO coin_event (coin_pub, deposit, rtransaction_id) VALUES (new.coin_pub, new.deposit, new.rtransaction_id);
        END;
        CREATE TRIGGER coin_event_of_melt AFTER INSERT ON refresh BEGIN
            INSERT INTO coin_event (coin_pub, refresh) VALUES (new.coin_pub, new.id);
        END;
        """
}
