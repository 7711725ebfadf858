// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// Who has changed a product's supply, when, by how much and why.
    static func addStockChanges(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE stock_change (
                    id INTEGER PRIMARY KEY NOT NULL,
                    product TEXT NOT NULL REFERENCES stock (product),
                    time INTEGER NOT NULL CHECK (time >= 0),
                    difference INTEGER NOT NULL,
                    supply INTEGER NOT NULL CHECK (supply >= 0),
                    origin TEXT NOT NULL CHECK (origin IN ('file', 'owner')),
                    reason TEXT NOT NULL,
                    form TEXT UNIQUE CHECK (form <> '')
                ) STRICT;
                CREATE INDEX stock_changes_by_product ON stock_change (product, id);
                """)
    }
}
