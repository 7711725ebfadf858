// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// What the back office finds orders by.
    static func addOffice(_ database: Database) throws {
        try database.execute(
            sql: """
                DROP INDEX orders_by_time;
                CREATE INDEX orders_by_time ON orders (created, id);
                DROP INDEX orders_by_state;
                CREATE INDEX orders_by_state ON orders (state, created, id);
                CREATE INDEX orders_to_send ON orders (created, id) WHERE state = 'paid' AND sent_at IS NULL AND delivery IS NOT NULL;
                CREATE INDEX orders_given_back ON orders (created, id) WHERE refund_value + refund_fraction > 0;
                CREATE TABLE order_kind (
                    kind TEXT NOT NULL,
                    created INTEGER NOT NULL,
                    order_id TEXT NOT NULL REFERENCES orders (id),
                    PRIMARY KEY (kind, created, order_id)
                ) STRICT, WITHOUT ROWID;
                CREATE VIRTUAL TABLE order_words USING fts5 (
                    order_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
                );
                CREATE TRIGGER order_has_address AFTER INSERT ON orders WHEN NEW.delivery IS NOT NULL BEGIN
                    INSERT INTO order_words (order_id, words)
                        VALUES (NEW.id, (NEW.delivery ->> '$.name') || ' ' || (NEW.delivery ->> '$.city'));
                END;
                CREATE TRIGGER order_has_line AFTER INSERT ON order_line WHEN NEW.kind <> 'delivery' BEGIN
                    INSERT OR IGNORE INTO order_kind (kind, created, order_id)
                        SELECT NEW.kind, created, id FROM orders WHERE id = NEW.order_id;
                    INSERT INTO order_words (order_id, words) VALUES (NEW.order_id, NEW.title || ' ' || NEW.product);
                END;
                INSERT INTO order_kind (kind, created, order_id)
                    SELECT DISTINCT l.kind, o.created, o.id FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.kind <> 'delivery';
                INSERT INTO order_words (order_id, words)
                    SELECT id, words FROM (
                        SELECT o.id, o.created, (o.delivery ->> '$.name') || ' ' || (o.delivery ->> '$.city') AS words
                            FROM orders o WHERE o.delivery IS NOT NULL
                        UNION ALL
                        SELECT o.id, o.created, l.title || ' ' || l.product
                            FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.kind <> 'delivery'
                    ) ORDER BY created, id;
                """)
    }
}
