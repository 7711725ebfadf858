// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The numbered migrations. One that has landed is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 reserves, coins and purchases") { try $0.execute(sql: first) }
        migrator.registerMigration("2 refreshes and refunds") { try $0.execute(sql: refreshes) }
        migrator.registerMigration("3 reserves that their owner fills") { try $0.execute(sql: ownersReserves) }
        return migrator
    }

    /// Amounts are texts `CUR:x`, times seconds since 1970.
    private static let first = """
        CREATE TABLE exchange (
            id INTEGER PRIMARY KEY,
            base_url TEXT NOT NULL UNIQUE CHECK (base_url LIKE 'http%/'),
            master_pub BLOB NOT NULL CHECK (length(master_pub) = 32),
            currency TEXT NOT NULL CHECK (length(currency) BETWEEN 1 AND 11)
        ) STRICT;

        CREATE TABLE bank_account (
            id INTEGER PRIMARY KEY,
            bank_url TEXT NOT NULL CHECK (bank_url LIKE 'http%/'),
            username TEXT NOT NULL CHECK (length(username) > 0),
            password TEXT NOT NULL CHECK (length(password) > 0),
            is_registered INTEGER NOT NULL DEFAULT 0 CHECK (is_registered IN (0, 1)),
            UNIQUE (bank_url, username)
        ) STRICT;

        -- The bank and the exchange that are used when none is named.
        CREATE TABLE usual (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            bank_url TEXT NOT NULL,
            exchange_url TEXT NOT NULL
        ) STRICT;

        CREATE TABLE reserve (
            id INTEGER PRIMARY KEY,
            reserve_pub BLOB NOT NULL UNIQUE CHECK (length(reserve_pub) = 32),
            reserve_priv BLOB NOT NULL CHECK (length(reserve_priv) = 32),
            exchange_id INTEGER NOT NULL REFERENCES exchange (id),
            bank_account_id INTEGER NOT NULL REFERENCES bank_account (id),
            amount TEXT NOT NULL CHECK (amount LIKE '%:%'),
            exchange_account TEXT NOT NULL CHECK (exchange_account LIKE 'payto://%'),
            state TEXT NOT NULL CHECK (state IN ('made', 'asked', 'transferred', 'planned', 'withdrawn', 'refused')),
            refusal TEXT,
            created INTEGER NOT NULL CHECK (created >= 0),
            CHECK ((state = 'refused') = (refusal IS NOT NULL))
        ) STRICT;

        CREATE TABLE denomination (
            id INTEGER PRIMARY KEY,
            exchange_id INTEGER NOT NULL REFERENCES exchange (id),
            h_denom BLOB NOT NULL CHECK (length(h_denom) = 64),
            rsa_pub BLOB NOT NULL CHECK (length(rsa_pub) BETWEEN 100 AND 2100),
            value TEXT NOT NULL CHECK (value LIKE '%:%'),
            fee_withdraw TEXT NOT NULL CHECK (fee_withdraw LIKE '%:%'),
            fee_deposit TEXT NOT NULL CHECK (fee_deposit LIKE '%:%'),
            expire_deposit INTEGER NOT NULL CHECK (expire_deposit >= 0),
            UNIQUE (exchange_id, h_denom)
        ) STRICT;

        -- A planchet is a coin that the exchange has not signed yet. secret: what the coin's key and its blinding are derived from.
        CREATE TABLE coin (
            id INTEGER PRIMARY KEY,
            reserve_id INTEGER NOT NULL REFERENCES reserve (id),
            batch INTEGER NOT NULL CHECK (batch >= 0),
            denomination_id INTEGER NOT NULL REFERENCES denomination (id),
            secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
            coin_pub BLOB NOT NULL UNIQUE CHECK (length(coin_pub) = 32),
            denom_sig BLOB CHECK (length(denom_sig) BETWEEN 1 AND 1024),
            remaining TEXT NOT NULL CHECK (remaining LIKE '%:%'),
            state TEXT NOT NULL CHECK (state IN ('planchet', 'fresh', 'locked', 'spent', 'refused')),
            CHECK ((state = 'planchet') = (denom_sig IS NULL))
        ) STRICT;
        CREATE INDEX coin_reserve ON coin (reserve_id, state);
        CREATE INDEX coin_state ON coin (state);

        CREATE TABLE purchase (
            id INTEGER PRIMARY KEY,
            h_contract BLOB NOT NULL CHECK (length(h_contract) = 64),
            contract TEXT NOT NULL,
            sig BLOB NOT NULL CHECK (length(sig) = 64),
            shop_url TEXT NOT NULL,
            product TEXT NOT NULL,
            chosen_amount TEXT CHECK (chosen_amount LIKE '%:%'),
            pay_url TEXT NOT NULL CHECK (pay_url LIKE 'http%'),
            exchange_id INTEGER NOT NULL REFERENCES exchange (id),
            amount TEXT NOT NULL CHECK (amount LIKE '%:%'),
            paid TEXT NOT NULL CHECK (paid LIKE '%:%'),
            fees TEXT NOT NULL CHECK (fees LIKE '%:%'),
            summary TEXT NOT NULL,
            permission TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('unresolved', 'paid', 'refused')),
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            last_error TEXT,
            fulfillment_url TEXT,
            created INTEGER NOT NULL CHECK (created >= 0),
            ended INTEGER,
            CHECK ((state = 'unresolved') = (ended IS NULL)),
            CHECK (state = 'paid' OR fulfillment_url IS NULL),
            CHECK (state <> 'refused' OR last_error IS NOT NULL)
        ) STRICT;

        -- A contract is paid once, with one set of coins.
        CREATE UNIQUE INDEX purchase_live ON purchase (h_contract) WHERE state IN ('unresolved', 'paid');

        CREATE TABLE purchase_coin (
            purchase_id INTEGER NOT NULL REFERENCES purchase (id),
            position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 255),
            coin_id INTEGER NOT NULL REFERENCES coin (id),
            contribution TEXT NOT NULL CHECK (contribution LIKE '%:%'),
            PRIMARY KEY (purchase_id, position),
            UNIQUE (purchase_id, coin_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX purchase_coin_coin ON purchase_coin (coin_id);
        """
}
