// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// Which network an open order that holds goods came from. It is forgotten when the order is over.
    static func addNetworks(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE orders ADD COLUMN network TEXT CHECK (network <> '');
                CREATE INDEX orders_by_network ON orders (network) WHERE network IS NOT NULL;
                CREATE TRIGGER order_forgets_network AFTER UPDATE OF state ON orders WHEN NEW.state <> 'open' AND NEW.network IS NOT NULL BEGIN
                    UPDATE orders SET network = NULL WHERE id = NEW.id;
                END;
                """)
    }
}
