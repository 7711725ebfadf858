// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What reached our account and is nobody's.

extension Schema {
    static let rejections = """
        -- How far the bank's list of all credits has been looked through, for each account of ours.
        CREATE TABLE credit_cursor (
            account TEXT PRIMARY KEY,
            bank_row INTEGER NOT NULL CHECK (bank_row >= 0)
        ) STRICT, WITHOUT ROWID;

        -- Committed before the bank is asked to give the money back; done when it has said yes. refusal is its last no.
        CREATE TABLE rejection (
            account TEXT NOT NULL,
            bank_row INTEGER NOT NULL,
            refusal TEXT,
            done INTEGER CHECK (done >= 0),
            PRIMARY KEY (account, bank_row)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rejection_open ON rejection (account, bank_row) WHERE done IS NULL;
        """
}
