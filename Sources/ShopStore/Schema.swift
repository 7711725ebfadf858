// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The tables, in numbered steps; a step that has landed is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 orders and contracts") { database in
            try database.execute(
                sql: """
                    CREATE TABLE orders (
                        id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 26),
                        session TEXT NOT NULL CHECK (session <> ''),
                        product TEXT NOT NULL CHECK (product <> ''),
                        quantity INTEGER NOT NULL CHECK (quantity >= 1),
                        amount TEXT NOT NULL CHECK (amount LIKE '%_:_%'),
                        created INTEGER NOT NULL CHECK (created >= 0),
                        current_transaction INTEGER REFERENCES contracts (transaction_id),
                        paid_transaction INTEGER REFERENCES contracts (transaction_id),
                        paid_at INTEGER CHECK (paid_at >= 0),
                        CHECK ((paid_transaction IS NULL) = (paid_at IS NULL))
                    ) STRICT;
                    CREATE INDEX orders_by_session ON orders (session, product);
                    CREATE TABLE contracts (
                        transaction_id INTEGER PRIMARY KEY NOT NULL
                            CHECK (transaction_id >= 0 AND transaction_id < 9007199254740992),
                        order_id TEXT NOT NULL REFERENCES orders (id),
                        contract TEXT NOT NULL CHECK (contract LIKE '{%}'),
                        signature BLOB NOT NULL CHECK (length(signature) = 64),
                        contract_hash BLOB NOT NULL UNIQUE CHECK (length(contract_hash) = 64),
                        expiry INTEGER NOT NULL CHECK (expiry >= 0),
                        state TEXT NOT NULL CHECK (state IN ('offered', 'paying', 'paid', 'surplus'))
                    ) STRICT;
                    CREATE INDEX contracts_by_order ON contracts (order_id);
                    CREATE INDEX contracts_under_way ON contracts (state) WHERE state = 'paying';
                    CREATE TABLE transaction_counter (
                        id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
                        next INTEGER NOT NULL CHECK (next >= 0 AND next < 9007199254740992)
                    ) STRICT;
                    """)
            // Two shops with one merchant, or one that was restored from a copy, should not meet at the same numbers.
            try database.execute(
                sql: "INSERT INTO transaction_counter (id, next) VALUES (1, ?)", arguments: [Int64.random(in: 1 << 32..<1 << 52)])
        }
        migrator.registerMigration("0002 lines, carts and stock", migrate: addLines)
        migrator.registerMigration("0003 when the backend is asked next", migrate: addQuestions)
        migrator.registerMigration("0004 stock changes", migrate: addStockChanges)
        migrator.registerMigration("0005 what the back office looks for", migrate: addOffice)
        migrator.registerMigration("0006 what falling numbers owe", migrate: addDebt)
        migrator.registerMigration("0007 refunds that exchanges refuse", migrate: addRefusedRefunds)
        migrator.registerMigration("0008 whose network holds goods", migrate: addNetworks)
        return migrator
    }
}
