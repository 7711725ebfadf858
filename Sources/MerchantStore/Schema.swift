// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The numbered migrations. One that has landed is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 contracts and intents") { database in
            try database.execute(
                sql: """
                    CREATE TABLE account (
                        id INTEGER PRIMARY KEY,
                        payto_uri TEXT NOT NULL,
                        wire_salt BLOB NOT NULL CHECK (length(wire_salt) = 16),
                        merchant_pub BLOB NOT NULL CHECK (length(merchant_pub) = 32),
                        h_wire BLOB NOT NULL CHECK (length(h_wire) = 64),
                        UNIQUE (payto_uri, merchant_pub)
                    ) STRICT;

                    CREATE TABLE contract (
                        id INTEGER PRIMARY KEY,
                        h_contract BLOB NOT NULL UNIQUE CHECK (length(h_contract) = 64),
                        transaction_id INTEGER NOT NULL UNIQUE CHECK (transaction_id BETWEEN 0 AND 9007199254740991),
                        h_proposition BLOB NOT NULL CHECK (length(h_proposition) = 64),
                        account_id INTEGER NOT NULL REFERENCES account (id),
                        json TEXT NOT NULL,
                        sig BLOB NOT NULL CHECK (length(sig) = 64),
                        created INTEGER NOT NULL,
                        wire_deadline INTEGER,
                        paid_at INTEGER,
                        payment_sig BLOB CHECK (length(payment_sig) = 64),
                        CHECK ((paid_at IS NULL) = (payment_sig IS NULL))
                    ) STRICT;

                    CREATE TABLE intent (
                        id INTEGER PRIMARY KEY,
                        contract_id INTEGER NOT NULL REFERENCES contract (id),
                        coin_set TEXT NOT NULL,
                        exchange_url TEXT NOT NULL,
                        request TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
                        attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                        last_error TEXT,
                        created INTEGER NOT NULL,
                        ended INTEGER,
                        exchange_pub BLOB CHECK (length(exchange_pub) = 32),
                        exchange_sig BLOB CHECK (length(exchange_sig) = 64),
                        exchange_timestamp INTEGER,
                        refusal_status INTEGER,
                        refusal TEXT,
                        CHECK ((state = 'open') = (ended IS NULL)),
                        CHECK ((state = 'accepted') = (exchange_pub IS NOT NULL AND exchange_sig IS NOT NULL AND exchange_timestamp IS NOT NULL)),
                        CHECK ((state = 'refused') = (refusal_status IS NOT NULL AND refusal IS NOT NULL))
                    ) STRICT;

                    -- Only one set of coins may be under way or have paid.
                    CREATE UNIQUE INDEX intent_live ON intent (contract_id) WHERE state IN ('open', 'accepted');
                    CREATE INDEX intent_open ON intent (id) WHERE state = 'open';

                    CREATE TABLE intent_coin (
                        intent_id INTEGER NOT NULL REFERENCES intent (id),
                        position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 255),
                        coin_pub BLOB NOT NULL CHECK (length(coin_pub) = 32),
                        contribution TEXT NOT NULL,
                        deposit_fee TEXT NOT NULL,
                        PRIMARY KEY (intent_id, position),
                        UNIQUE (intent_id, coin_pub)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2 intents by contract") { database in
            try database.execute(sql: "CREATE INDEX intent_contract ON intent (contract_id)")
        }
        migrator.registerMigration("3 permissions over several exchanges", migrate: permissions)
        migrator.registerMigration("4 refunds", migrate: refunds)
        migrator.registerMigration("5 transfers", migrate: transfers)
        return migrator
    }
}
