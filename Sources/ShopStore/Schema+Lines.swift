// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB
import TalerWire

extension Schema {
    /// Orders of several lines, carts, stock, and money that has to go back.
    static func addLines(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE new_orders (
                    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 26),
                    session TEXT NOT NULL CHECK (session <> ''),
                    basket TEXT NOT NULL,
                    checkout TEXT UNIQUE,
                    state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'closed', 'returned')),
                    currency TEXT NOT NULL CHECK (currency <> ''),
                    value INTEGER NOT NULL CHECK (value >= 0),
                    fraction INTEGER NOT NULL CHECK (fraction >= 0 AND fraction < 100000000),
                    language TEXT NOT NULL CHECK (length(language) = 2),
                    delivery TEXT CHECK (delivery LIKE '{%}'),
                    created INTEGER NOT NULL CHECK (created >= 0),
                    held_until INTEGER NOT NULL CHECK (held_until >= 0),
                    current_transaction INTEGER REFERENCES contracts (transaction_id),
                    paid_transaction INTEGER REFERENCES contracts (transaction_id),
                    paid_at INTEGER CHECK (paid_at >= 0),
                    closed_at INTEGER CHECK (closed_at >= 0),
                    close_reason TEXT CHECK (close_reason IN ('expired', 'cancelled')),
                    sent_at INTEGER CHECK (sent_at >= 0),
                    sent_note TEXT,
                    refund_value INTEGER NOT NULL DEFAULT 0 CHECK (refund_value >= 0),
                    refund_fraction INTEGER NOT NULL DEFAULT 0 CHECK (refund_fraction >= 0 AND refund_fraction < 100000000),
                    CHECK ((paid_transaction IS NULL) = (paid_at IS NULL)),
                    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
                    CHECK ((state IN ('closed', 'returned')) = (closed_at IS NOT NULL)),
                    CHECK ((closed_at IS NULL) = (close_reason IS NULL))
                ) STRICT;
                CREATE TABLE sold_text (
                    id INTEGER PRIMARY KEY NOT NULL,
                    product TEXT NOT NULL,
                    language TEXT NOT NULL CHECK (length(language) = 2),
                    teaser TEXT NOT NULL,
                    body TEXT NOT NULL
                ) STRICT;
                CREATE INDEX sold_text_by_product ON sold_text (product, language, id);
                CREATE TABLE order_line (
                    order_id TEXT NOT NULL REFERENCES orders (id),
                    position INTEGER NOT NULL CHECK (position >= 0),
                    product TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    title TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('article', 'download', 'donation', 'goods', 'delivery', 'unknown')),
                    quantity INTEGER NOT NULL CHECK (quantity >= 1),
                    unit_value INTEGER NOT NULL CHECK (unit_value >= 0),
                    unit_fraction INTEGER NOT NULL CHECK (unit_fraction >= 0 AND unit_fraction < 100000000),
                    value INTEGER NOT NULL CHECK (value >= 0),
                    fraction INTEGER NOT NULL CHECK (fraction >= 0 AND fraction < 100000000),
                    taxes TEXT NOT NULL CHECK (taxes LIKE '[%]'),
                    file TEXT,
                    delivery_date TEXT,
                    text_id INTEGER REFERENCES sold_text (id),
                    takes_stock INTEGER NOT NULL DEFAULT 0 CHECK (takes_stock IN (0, 1)),
                    PRIMARY KEY (order_id, position)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE cart_line (
                    session TEXT NOT NULL CHECK (session <> ''),
                    product TEXT NOT NULL CHECK (product <> ''),
                    quantity INTEGER NOT NULL CHECK (quantity >= 1),
                    amount TEXT CHECK (amount LIKE '%_:_%'),
                    added INTEGER NOT NULL CHECK (added >= 0),
                    UNIQUE (session, product)
                ) STRICT;
                CREATE TABLE stock (
                    product TEXT PRIMARY KEY NOT NULL CHECK (product <> ''),
                    supply INTEGER NOT NULL CHECK (supply >= 0),
                    catalog INTEGER NOT NULL CHECK (catalog >= 0),
                    held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
                    sold INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
                    is_limited INTEGER NOT NULL DEFAULT 1 CHECK (is_limited IN (0, 1))
                ) STRICT;
                CREATE TABLE give_back (
                    contract_hash BLOB PRIMARY KEY NOT NULL REFERENCES contracts (contract_hash),
                    order_id TEXT NOT NULL REFERENCES orders (id),
                    reason TEXT NOT NULL CHECK (reason IN ('late', 'second')),
                    created INTEGER NOT NULL CHECK (created >= 0),
                    state TEXT NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'asked', 'failed')),
                    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                    next_try INTEGER NOT NULL CHECK (next_try >= 0),
                    error TEXT
                ) STRICT;
                """)
        try moveOrders(database)
        try database.execute(
            sql: """
                INSERT INTO give_back (contract_hash, order_id, reason, created, next_try)
                    SELECT contract_hash, order_id, 'second', 0, 0 FROM contracts WHERE state = 'surplus';
                DROP TABLE orders;
                ALTER TABLE new_orders RENAME TO orders;
                CREATE INDEX orders_by_session ON orders (session, created);
                CREATE INDEX orders_by_basket ON orders (session, basket) WHERE state = 'open';
                CREATE INDEX orders_by_time ON orders (created);
                CREATE INDEX orders_by_state ON orders (state, created);
                CREATE INDEX orders_by_payment ON orders (paid_at) WHERE paid_at IS NOT NULL;
                CREATE INDEX orders_by_hold ON orders (held_until) WHERE state = 'open';
                CREATE INDEX lines_by_product ON order_line (product, order_id);
                CREATE INDEX carts_by_time ON cart_line (session, added);
                CREATE INDEX give_back_by_order ON give_back (order_id);
                CREATE INDEX give_back_by_time ON give_back (next_try) WHERE state = 'wanted';
                """)
    }

    /// Each order from before had one product; what it was called and of which kind is the catalog's to say.
    private static func moveOrders(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT * FROM orders ORDER BY rowid") {
            let id: String = row["id"]
            let product: String = row["product"]
            let quantity: Int = row["quantity"]
            guard let amount = try? Amount(row["amount"] as String), let divisor = UInt32(exactly: quantity),
                let unit = try? amount.divided(by: divisor)
            else { throw ShopStoreError.damaged("order \(id)") }
            let created: Int64 = row["created"]
            let paidAt: Int64? = row["paid_at"]
            try database.execute(
                sql: """
                    INSERT INTO new_orders (id, session, basket, state, currency, value, fraction, language, created, held_until,
                        current_transaction, paid_transaction, paid_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'en', ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, row["session"] as String, "\(product)\u{1F}\(quantity)\u{1F}\(amount)", paidAt == nil ? "open" : "paid",
                    "\(amount.currency)", amount.storedValue, amount.storedFraction, created, created,
                    row["current_transaction"] as Int64?, row["paid_transaction"] as Int64?, paidAt,
                ])
            try database.execute(
                sql: """
                    INSERT INTO order_line (order_id, position, product, number, title, kind, quantity, unit_value, unit_fraction, value,
                        fraction, taxes)
                    VALUES (?, 0, ?, 0, ?, 'unknown', ?, ?, ?, ?, ?, '[]')
                    """,
                arguments: [
                    id, product, product, quantity, unit.storedValue, unit.storedFraction, amount.storedValue, amount.storedFraction,
                ])
        }
    }
}
