// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// What exchanges signed about their transfers, what the bank says that arrived, and what of both is still to be found out.
    static func transfers(_ database: Database) throws {
        try database.execute(
            sql: """
                -- What reached the merchant's bank account, whoever sent it. A row is a fact about the bank, not about an order.
                CREATE TABLE bank_credit (
                    id INTEGER PRIMARY KEY,
                    -- The account's payto URI in its normalized form.
                    account TEXT NOT NULL,
                    -- The bank's number.
                    row_id INTEGER NOT NULL,
                    date INTEGER NOT NULL,
                    amount TEXT NOT NULL,
                    credit_fee TEXT,
                    debit_account TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    -- What the subject names; the URL is that of a configured exchange, or null.
                    wtid BLOB CHECK (length(wtid) = 32),
                    exchange_url TEXT,
                    -- new: an exchange is to be asked. unknown: of no transfer that an exchange has made for us. duplicate: another row
                    -- brought the same transfer before.
                    state TEXT NOT NULL CHECK (state IN ('new', 'matched', 'wrong_amount', 'conflict', 'duplicate', 'unknown')),
                    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                    next_attempt INTEGER NOT NULL DEFAULT 0,
                    last_error TEXT,
                    UNIQUE (account, row_id),
                    CHECK (wtid IS NOT NULL OR state = 'unknown')
                ) STRICT;
                CREATE INDEX bank_credit_new ON bank_credit (next_attempt) WHERE state = 'new';
                CREATE INDEX bank_credit_wtid ON bank_credit (wtid) WHERE wtid IS NOT NULL;
                CREATE INDEX bank_credit_state ON bank_credit (state) WHERE state NOT IN ('new', 'matched');

                -- The bank's last row that was read, for each account.
                CREATE TABLE bank_cursor (
                    account TEXT PRIMARY KEY,
                    row_id INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;

                -- A transfer whose list (1037) was verified and agrees with our books.
                CREATE TABLE transfer (
                    id INTEGER PRIMARY KEY,
                    exchange_url TEXT NOT NULL,
                    wtid BLOB NOT NULL CHECK (length(wtid) = 32),
                    account_id INTEGER NOT NULL REFERENCES account (id),
                    total TEXT NOT NULL,
                    wire_fee TEXT NOT NULL,
                    execution_time INTEGER NOT NULL,
                    -- The exchange's answer, signature included.
                    answer TEXT NOT NULL,
                    created INTEGER NOT NULL,
                    -- The credit that brought exactly its total.
                    credit_id INTEGER UNIQUE REFERENCES bank_credit (id),
                    UNIQUE (exchange_url, wtid)
                ) STRICT;
                CREATE INDEX transfer_wtid ON transfer (wtid);
                CREATE INDEX transfer_awaited ON transfer (execution_time) WHERE credit_id IS NULL;

                CREATE TABLE transfer_deposit (
                    transfer_id INTEGER NOT NULL REFERENCES transfer (id),
                    position INTEGER NOT NULL CHECK (position >= 0),
                    intent_id INTEGER NOT NULL,
                    coin_position INTEGER NOT NULL,
                    deposit_value TEXT NOT NULL,
                    deposit_fee TEXT NOT NULL,
                    refund_total TEXT,
                    PRIMARY KEY (transfer_id, position),
                    -- No coin is paid twice.
                    UNIQUE (intent_id, coin_position),
                    FOREIGN KEY (intent_id, coin_position) REFERENCES intent_coin (intent_id, position)
                ) STRICT, WITHOUT ROWID;

                -- An exchange's answer that cannot be true beside our books; gone once a later answer agrees.
                CREATE TABLE transfer_conflict (
                    id INTEGER PRIMARY KEY,
                    exchange_url TEXT NOT NULL,
                    wtid BLOB NOT NULL CHECK (length(wtid) = 32),
                    kind TEXT NOT NULL,
                    description TEXT NOT NULL,
                    conflict_offset INTEGER,
                    coin_pub BLOB CHECK (length(coin_pub) = 32),
                    h_contract BLOB CHECK (length(h_contract) = 64),
                    answer TEXT NOT NULL,
                    since INTEGER NOT NULL,
                    UNIQUE (exchange_url, wtid)
                ) STRICT;

                -- How often an exchange was asked about an intent's coins, and what it said last.
                CREATE TABLE wire_inquiry (
                    intent_id INTEGER PRIMARY KEY REFERENCES intent (id),
                    attempts INTEGER NOT NULL CHECK (attempts > 0),
                    next_attempt INTEGER NOT NULL,
                    -- The coin that was asked about last: the next inquiry begins after it.
                    position INTEGER NOT NULL,
                    -- 202's body, when that was the answer.
                    pending TEXT,
                    last_error TEXT
                ) STRICT;

                -- 0: every coin is listed in a transfer or refunded whole, or the contract has none.
                ALTER TABLE contract ADD COLUMN awaits_wire INTEGER NOT NULL DEFAULT 1 CHECK (awaits_wire IN (0, 1));
                CREATE INDEX contract_awaits_wire ON contract (wire_deadline) WHERE awaits_wire = 1 AND wire_deadline IS NOT NULL;
                CREATE TRIGGER intent_awaits_wire AFTER INSERT ON intent BEGIN
                    UPDATE contract SET awaits_wire = 1 WHERE id = NEW.contract_id AND awaits_wire = 0;
                END;
                CREATE TRIGGER intent_state_awaits_wire AFTER UPDATE OF state ON intent
                WHEN OLD.state <> NEW.state AND NEW.state IN ('unconfirmed', 'accepted') BEGIN
                    UPDATE contract SET awaits_wire = 1 WHERE id = NEW.contract_id AND awaits_wire = 0;
                END;

                -- Payments in the order in which they were committed: a reader that goes on after the last number misses none.
                CREATE TABLE payment (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    contract_id INTEGER NOT NULL UNIQUE REFERENCES contract (id),
                    paid_at INTEGER NOT NULL
                ) STRICT;
                INSERT INTO payment (contract_id, paid_at) SELECT id, paid_at FROM contract WHERE paid_at IS NOT NULL ORDER BY paid_at, id;
                CREATE TRIGGER contract_paid AFTER UPDATE OF paid_at ON contract
                WHEN OLD.paid_at IS NULL AND NEW.paid_at IS NOT NULL BEGIN
                    INSERT INTO payment (contract_id, paid_at) VALUES (NEW.id, NEW.paid_at);
                END;
                """)
    }
}
