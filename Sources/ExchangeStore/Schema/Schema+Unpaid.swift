// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What is still to be paid, where a round of payouts finds it without a look at all that was paid before.

extension Schema {
    static let unpaid = """
        -- What was too little for the bank's smallest coin is kept: the bank was to pay the total without it.
        ALTER TABLE transfer ADD COLUMN rounding INTEGER NOT NULL DEFAULT 0 CHECK (rounding >= 0);
        CREATE INDEX transfer_by_bank_row ON transfer (bank_row) WHERE bank_row IS NOT NULL;

        -- A coin's deposit that is in no transfer, in the order of payment. Triggers keep it.
        CREATE TABLE unpaid_coin (
            merchant_pub BLOB NOT NULL,
            wire_deadline INTEGER NOT NULL,
            deposit INTEGER NOT NULL,
            coin_pub BLOB NOT NULL,
            PRIMARY KEY (merchant_pub, wire_deadline, deposit, coin_pub),
            FOREIGN KEY (deposit, coin_pub) REFERENCES deposit_coin
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX unpaid_coin_by_wire_deadline ON unpaid_coin (wire_deadline);
        DROP INDEX deposit_by_wire_deadline;

        INSERT INTO unpaid_coin (merchant_pub, wire_deadline, deposit, coin_pub)
            SELECT d.merchant_pub, d.wire_deadline, c.deposit, c.coin_pub FROM deposit_coin c JOIN deposit d ON d.id = c.deposit
            WHERE NOT EXISTS (SELECT 1 FROM transfer_coin t WHERE t.deposit = c.deposit AND t.coin_pub = c.coin_pub);

        CREATE TRIGGER unpaid_coin_of_deposit AFTER INSERT ON deposit_coin BEGIN
            INSERT INTO unpaid_coin (merchant_pub, wire_deadline, deposit, coin_pub)
                SELECT merchant_pub, wire_deadline, id, new.coin_pub FROM deposit WHERE id = new.deposit;
        END;
        CREATE TRIGGER paid_coin_of_transfer AFTER INSERT ON transfer_coin BEGIN
            DELETE FROM unpaid_coin WHERE (merchant_pub, wire_deadline) = (SELECT merchant_pub, wire_deadline FROM deposit WHERE id = new.deposit)
                AND deposit = new.deposit AND coin_pub = new.coin_pub;
        END;
        """
}
