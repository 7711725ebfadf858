// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension Schema {
    /// Coins come from refreshes as well as from reserves, so the table of coins is made anew.
    static let refreshes = """
        -- How a coin becomes fresh ones. transfer_privs: the three candidates' keys, one after the other; with the coin's own key everything
        -- that was ever sent can be made again from them, and the fresh coins too.
        CREATE TABLE refresh (
            id INTEGER PRIMARY KEY,
            coin_id INTEGER NOT NULL REFERENCES coin (id),
            rc BLOB NOT NULL UNIQUE CHECK (length(rc) = 64),
            transfer_privs BLOB NOT NULL CHECK (length(transfer_privs) = 96),
            amount TEXT NOT NULL CHECK (amount LIKE '%:%'),
            fee TEXT NOT NULL CHECK (fee LIKE '%:%'),
            reason TEXT NOT NULL CHECK (reason IN ('rest', 'refunded', 'expiring', 'exposed')),
            state TEXT NOT NULL CHECK (state IN ('planned', 'melted', 'done', 'refused')),
            noreveal_index INTEGER CHECK (noreveal_index BETWEEN 0 AND 2),
            exchange_pub BLOB CHECK (length(exchange_pub) = 32),
            exchange_sig BLOB CHECK (length(exchange_sig) = 64),
            refusal TEXT,
            created INTEGER NOT NULL CHECK (created >= 0),
            CHECK ((state IN ('melted', 'done')) = (noreveal_index IS NOT NULL)),
            CHECK ((noreveal_index IS NULL) = (exchange_pub IS NULL)),
            CHECK ((noreveal_index IS NULL) = (exchange_sig IS NULL)),
            CHECK ((state = 'refused') = (refusal IS NOT NULL))
        ) STRICT;

        -- A coin is not melted a second time while it is not known what became of the first.
        CREATE UNIQUE INDEX refresh_live ON refresh (coin_id) WHERE state = 'planned';
        CREATE INDEX refresh_state ON refresh (state);

        -- What the fresh coins will be.
        CREATE TABLE refresh_planchet (
            refresh_id INTEGER NOT NULL REFERENCES refresh (id),
            position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 255),
            denomination_id INTEGER NOT NULL REFERENCES denomination (id),
            PRIMARY KEY (refresh_id, position)
        ) STRICT, WITHOUT ROWID;

        -- A planchet is a coin that the exchange has not signed yet. secret: what the coin's key and its blinding are derived from.
        CREATE TABLE new_coin (
            id INTEGER PRIMARY KEY,
            reserve_id INTEGER REFERENCES reserve (id),
            refresh_id INTEGER REFERENCES refresh (id),
            batch INTEGER NOT NULL CHECK (batch >= 0),
            denomination_id INTEGER NOT NULL REFERENCES denomination (id),
            secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
            coin_pub BLOB NOT NULL UNIQUE CHECK (length(coin_pub) = 32),
            denom_sig BLOB CHECK (length(denom_sig) BETWEEN 1 AND 1024),
            remaining TEXT NOT NULL CHECK (remaining LIKE '%:%'),
            state TEXT NOT NULL CHECK (state IN ('planchet', 'fresh', 'locked', 'melting', 'spent', 'refused')),
            CHECK ((state = 'planchet') = (denom_sig IS NULL)),
            CHECK ((reserve_id IS NULL) <> (refresh_id IS NULL))
        ) STRICT;
        INSERT INTO new_coin (id, reserve_id, batch, denomination_id, secret, coin_pub, denom_sig, remaining, state)
            SELECT id, reserve_id, batch, denomination_id, secret, coin_pub, denom_sig, remaining, state FROM coin;
        DROP TABLE coin;
        ALTER TABLE new_coin RENAME TO coin;
        CREATE INDEX coin_reserve ON coin (reserve_id, state);
        CREATE INDEX coin_refresh ON coin (refresh_id);
        CREATE INDEX coin_state ON coin (state);

        -- What an exchange has given back to a coin, by its own signature. amount: refund fee included; credited: without it.
        CREATE TABLE refund (
            id INTEGER PRIMARY KEY,
            purchase_id INTEGER NOT NULL REFERENCES purchase (id),
            coin_id INTEGER NOT NULL REFERENCES coin (id),
            rtransaction_id INTEGER NOT NULL,
            amount TEXT NOT NULL CHECK (amount LIKE '%:%'),
            credited TEXT NOT NULL CHECK (credited LIKE '%:%'),
            exchange_pub BLOB NOT NULL CHECK (length(exchange_pub) = 32),
            exchange_sig BLOB NOT NULL CHECK (length(exchange_sig) = 64),
            created INTEGER NOT NULL CHECK (created >= 0),
            UNIQUE (purchase_id, coin_id, rtransaction_id)
        ) STRICT;
        CREATE INDEX refund_coin ON refund (coin_id);

        -- Where the shop tells what it gave back.
        ALTER TABLE purchase ADD COLUMN refund_url TEXT CHECK (refund_url LIKE 'http%');
        -- The payment was given up although its signed permission is still with others.
        ALTER TABLE purchase ADD COLUMN is_exposed INTEGER NOT NULL DEFAULT 0 CHECK (is_exposed IN (0, 1));
        """
}
