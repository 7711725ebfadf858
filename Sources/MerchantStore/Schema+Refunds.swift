// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// What was asked to be given back, and for each coin the request to its exchange.
    static func refunds(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE refund_order (
                    id INTEGER PRIMARY KEY,
                    contract_id INTEGER NOT NULL REFERENCES contract (id),
                    -- shop: somebody asked for it. backend: coins that paid for nothing.
                    origin TEXT NOT NULL CHECK (origin IN ('shop', 'backend')),
                    -- Of a shop: all that it has asked for up to now, for this contract. Of the backend: the sum of the parts.
                    amount TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    created INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX refund_order_contract ON refund_order (contract_id);

                CREATE TABLE refund (
                    id INTEGER PRIMARY KEY,
                    refund_order_id INTEGER NOT NULL REFERENCES refund_order (id),
                    contract_id INTEGER NOT NULL REFERENCES contract (id),
                    intent_id INTEGER NOT NULL REFERENCES intent (id),
                    coin_pub BLOB NOT NULL CHECK (length(coin_pub) = 32),
                    -- By which the exchange knows a repeat. Drawn at random: a database that was put back to an earlier state must not
                    -- take one for the repeat of another.
                    rtransaction_id INTEGER NOT NULL CHECK (rtransaction_id BETWEEN 1 AND 9007199254740991),
                    exchange_url TEXT NOT NULL,
                    -- Refund fee included.
                    amount TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'failed')),
                    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                    may_have_reached INTEGER NOT NULL DEFAULT 0 CHECK (may_have_reached IN (0, 1)),
                    last_error TEXT,
                    -- The last answer that was of no use, how often it came in a row, and since when.
                    last_answer TEXT,
                    same_answers INTEGER NOT NULL DEFAULT 0 CHECK (same_answers >= 0),
                    same_since INTEGER,
                    created INTEGER NOT NULL,
                    ended INTEGER,
                    exchange_pub BLOB CHECK (length(exchange_pub) = 32),
                    exchange_sig BLOB CHECK (length(exchange_sig) = 64),
                    failure_status INTEGER,
                    failure TEXT,
                    UNIQUE (contract_id, coin_pub, rtransaction_id),
                    CHECK ((last_answer IS NULL) = (same_since IS NULL)),
                    CHECK ((state = 'open') = (ended IS NULL)),
                    CHECK ((state = 'accepted') = (exchange_pub IS NOT NULL AND exchange_sig IS NOT NULL)),
                    CHECK ((state = 'failed') = (failure_status IS NOT NULL AND failure IS NOT NULL))
                ) STRICT;
                CREATE INDEX refund_contract ON refund (contract_id);
                CREATE INDEX refund_open ON refund (exchange_url) WHERE state = 'open';
                CREATE INDEX refund_failed ON refund (id) WHERE state = 'failed';
                """)
    }
}
