// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The tables, made by numbered migrations. One that has landed is never edited. Money is in units of 10^-8, time in seconds since 1970.
enum BankSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: ledger) }
        migrator.registerMigration("2 pages") { try $0.execute(sql: pages) }
        migrator.registerMigration("3 sessions") { try $0.execute(sql: sessions) }
        return migrator
    }

    private static let ledger = """
        CREATE TABLE bank (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            currency TEXT NOT NULL CHECK (length(currency) BETWEEN 1 AND 11)
        ) STRICT;

        CREATE TABLE account (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 150),
            receiver_name TEXT NOT NULL,
            password_hash TEXT,
            debt_limit INTEGER NOT NULL CHECK (debt_limit BETWEEN 0 AND 4000000000000000000),
            balance INTEGER NOT NULL DEFAULT 0 CHECK (balance BETWEEN -debt_limit AND 4000000000000000000),
            opened_at INTEGER NOT NULL CHECK (opened_at >= 0)
        ) STRICT;

        CREATE TABLE transfer (
            row_id INTEGER PRIMARY KEY AUTOINCREMENT,
            debit_account INTEGER NOT NULL REFERENCES account,
            credit_account INTEGER NOT NULL REFERENCES account,
            amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 4000000000000000000),
            subject TEXT NOT NULL CHECK (length(subject) <= 1024),
            made_at INTEGER NOT NULL CHECK (made_at >= 0),
            cancelled_at INTEGER CHECK (cancelled_at >= 0),
            key_kind TEXT CHECK (key_kind IN ('reserve', 'account')),
            key BLOB CHECK (length(key) = 32),
            CHECK (debit_account <> credit_account),
            CHECK ((key_kind IS NULL) = (key IS NULL))
        ) STRICT;
        CREATE INDEX transfer_by_debit ON transfer (debit_account, row_id);
        CREATE INDEX transfer_by_credit ON transfer (credit_account, row_id);
        CREATE INDEX transfer_by_key ON transfer (credit_account, key) WHERE key IS NOT NULL;

        CREATE TABLE entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transfer INTEGER NOT NULL REFERENCES transfer,
            account INTEGER NOT NULL REFERENCES account,
            amount INTEGER NOT NULL CHECK (amount <> 0),
            is_correction INTEGER NOT NULL CHECK (is_correction IN (0, 1)),
            UNIQUE (transfer, account, is_correction)
        ) STRICT;
        CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
        CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

        CREATE TABLE payout (
            transfer INTEGER PRIMARY KEY REFERENCES transfer,
            request_uid BLOB NOT NULL UNIQUE CHECK (length(request_uid) = 64),
            wtid BLOB NOT NULL CHECK (length(wtid) = 32),
            exchange_base_url TEXT NOT NULL,
            metadata TEXT NOT NULL
        ) STRICT;
        """
}
