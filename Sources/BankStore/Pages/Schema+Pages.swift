// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension BankSchema {
    /// What the web pages keep: who is logged in, which withdrawals were confirmed, which forms were carried out.
    static let pages = """
        ALTER TABLE account ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1));

        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 64),
            account INTEGER NOT NULL REFERENCES account,
            begun_at INTEGER NOT NULL CHECK (begun_at >= 0),
            used_at INTEGER NOT NULL CHECK (used_at >= begun_at)
        ) STRICT;
        CREATE INDEX session_by_use ON session (used_at);

        CREATE TABLE withdrawal (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 16 AND 64),
            session INTEGER NOT NULL,
            account INTEGER NOT NULL REFERENCES account,
            amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 4000000000000000000),
            confirmed_at INTEGER NOT NULL CHECK (confirmed_at >= 0),
            ends_at INTEGER NOT NULL CHECK (ends_at >= confirmed_at),
            first_summand INTEGER NOT NULL CHECK (first_summand >= 0),
            second_summand INTEGER NOT NULL CHECK (second_summand >= 0),
            wrong_answers INTEGER NOT NULL DEFAULT 0 CHECK (wrong_answers >= 0),
            transfer INTEGER UNIQUE REFERENCES transfer,
            reserve_pub BLOB CHECK (length(reserve_pub) = 32),
            exchange_base_url TEXT,
            CHECK ((transfer IS NULL) = (reserve_pub IS NULL) AND (transfer IS NULL) = (exchange_base_url IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX open_withdrawal ON withdrawal (session, confirmed_at) WHERE transfer IS NULL;

        CREATE TABLE slip (
            account INTEGER NOT NULL REFERENCES account,
            id TEXT NOT NULL CHECK (length(id) BETWEEN 16 AND 64),
            transfer INTEGER NOT NULL REFERENCES transfer,
            PRIMARY KEY (account, id)
        ) STRICT, WITHOUT ROWID;
        """
}
