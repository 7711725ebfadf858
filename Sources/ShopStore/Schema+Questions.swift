// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// How often the backend was asked about a contract without an outcome, and when it is asked again; the largest number for never.
    static func addQuestions(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE contracts ADD COLUMN asks INTEGER NOT NULL DEFAULT 0 CHECK (asks >= 0);
                ALTER TABLE contracts ADD COLUMN next_ask INTEGER NOT NULL DEFAULT 0 CHECK (next_ask >= 0);
                CREATE INDEX contracts_to_ask ON contracts (next_ask) WHERE state IN ('offered', 'paying');
                CREATE INDEX give_back_to_watch ON give_back (next_try) WHERE state = 'asked';
                -- What was moved from before has been offered until its contract ends.
                UPDATE orders SET held_until = MAX(held_until, (SELECT MAX(c.expiry) FROM contracts c WHERE c.order_id = orders.id))
                    WHERE state = 'open' AND current_transaction IS NOT NULL;
                """)
    }
}
