// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// What exchanges have refused of what was asked to be given back. `refund_value` and `refund_fraction` are what is left of it.
    static func addRefusedRefunds(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE orders ADD COLUMN refused_value INTEGER NOT NULL DEFAULT 0 CHECK (refused_value >= 0);
                ALTER TABLE orders ADD COLUMN refused_fraction INTEGER NOT NULL DEFAULT 0
                    CHECK (refused_fraction >= 0 AND refused_fraction < 100000000);
                """)
    }
}
