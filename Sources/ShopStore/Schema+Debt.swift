// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// What the numbers in a product's file have taken away beyond its supply, to be paid by the next that are higher.
    static func addDebt(_ database: Database) throws {
        try database.execute(sql: "ALTER TABLE stock ADD COLUMN debt INTEGER NOT NULL DEFAULT 0 CHECK (debt >= 0)")
    }
}
