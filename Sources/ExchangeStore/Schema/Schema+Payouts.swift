// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What happens to a deposit later: it is refunded, or paid out.

extension Schema {
    static let payouts = """
        -- rtransaction_id is the unsigned number's bit pattern; amount includes the fee.
        CREATE TABLE refund (
            deposit INTEGER NOT NULL,
            coin_pub BLOB NOT NULL,
            rtransaction_id INTEGER NOT NULL,
            amount INTEGER NOT NULL CHECK (amount >= 0),
            fee INTEGER NOT NULL CHECK (fee BETWEEN 0 AND amount),
            merchant_sig BLOB NOT NULL CHECK (length(merchant_sig) = 64),
            date INTEGER NOT NULL CHECK (date >= 0),
            PRIMARY KEY (deposit, coin_pub, rtransaction_id),
            FOREIGN KEY (deposit, coin_pub) REFERENCES deposit_coin
        ) STRICT, WITHOUT ROWID;

        -- Committed before the bank is asked; the request can be repeated from this row alone. executed and bank_row come with the
        -- bank's answer.
        CREATE TABLE transfer (
            id INTEGER PRIMARY KEY,
            wtid BLOB NOT NULL UNIQUE CHECK (length(wtid) = 32),
            request_uid BLOB NOT NULL UNIQUE CHECK (length(request_uid) = 64),
            exchange_base_url TEXT NOT NULL,
            merchant_pub BLOB NOT NULL CHECK (length(merchant_pub) = 32),
            payto_uri TEXT NOT NULL,
            wire_subject_metadata TEXT CHECK (length(wire_subject_metadata) BETWEEN 1 AND 40),
            total INTEGER NOT NULL CHECK (total > 0),
            wire_fee INTEGER NOT NULL CHECK (wire_fee >= 0),
            prepared INTEGER NOT NULL CHECK (prepared >= 0),
            executed INTEGER CHECK (executed >= 0),
            bank_row INTEGER,
            CHECK ((executed IS NULL) = (bank_row IS NULL))
        ) STRICT;
        CREATE INDEX transfer_open ON transfer (id) WHERE executed IS NULL;

        -- A coin's deposit is in one transfer at most. refunded is what refunds had taken by then, deposit_fee what was kept of the rest.
        CREATE TABLE transfer_coin (
            deposit INTEGER NOT NULL,
            coin_pub BLOB NOT NULL,
            transfer INTEGER NOT NULL REFERENCES transfer,
            contribution INTEGER NOT NULL CHECK (contribution >= 0),
            refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND contribution),
            deposit_fee INTEGER NOT NULL CHECK (deposit_fee BETWEEN 0 AND contribution - refunded),
            PRIMARY KEY (deposit, coin_pub),
            FOREIGN KEY (deposit, coin_pub) REFERENCES deposit_coin
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX transfer_coin_of_transfer ON transfer_coin (transfer);

        CREATE INDEX deposit_by_wire_deadline ON deposit (wire_deadline);
        """
}
