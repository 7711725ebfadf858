// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

/// The tables. A migration that has landed is never edited. Times are seconds since 1970, amounts units of 10^-8.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 keys") { database in try database.execute(sql: keys) }
        migrator.registerMigration("1 reserves") { database in try database.execute(sql: reserves) }
        migrator.registerMigration("1 coins") { database in try database.execute(sql: coins) }
        migrator.registerMigration("2 payouts") { database in try database.execute(sql: payouts) }
        migrator.registerMigration("3 kyc") { database in try database.execute(sql: kyc) }
        migrator.registerMigration("4 coin history") { database in try database.execute(sql: coinHistory) }
        migrator.registerMigration("5 reserve history") { database in try database.execute(sql: reserveHistory) }
        migrator.registerMigration("6 rejections") { database in try database.execute(sql: rejections) }
        migrator.registerMigration("7 refreshes") { database in try database.execute(sql: refreshes) }
        migrator.registerMigration("8 key changes") { database in try database.execute(sql: keyChanges) }
        return migrator
    }

    private static let keys = """
        CREATE TABLE exchange (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            currency TEXT NOT NULL CHECK (length(currency) BETWEEN 1 AND 11),
            master_pub BLOB CHECK (length(master_pub) = 32)
        ) STRICT;

        CREATE TABLE signing_key (
            exchange_pub BLOB PRIMARY KEY CHECK (length(exchange_pub) = 32),
            secret BLOB NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            expire INTEGER NOT NULL CHECK (expire > start),
            "end" INTEGER NOT NULL CHECK ("end" >= expire),
            master_sig BLOB NOT NULL CHECK (length(master_sig) = 64)
        ) STRICT;

        CREATE TABLE denomination (
            h_denom_pub BLOB PRIMARY KEY CHECK (length(h_denom_pub) = 64),
            rsa_pub BLOB NOT NULL,
            secret BLOB NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            expire_withdraw INTEGER NOT NULL CHECK (expire_withdraw > start),
            expire_deposit INTEGER NOT NULL CHECK (expire_deposit >= expire_withdraw),
            expire_legal INTEGER NOT NULL CHECK (expire_legal >= expire_deposit),
            value INTEGER NOT NULL CHECK (value > 0),
            fee_withdraw INTEGER NOT NULL CHECK (fee_withdraw >= 0),
            fee_deposit INTEGER NOT NULL CHECK (fee_deposit BETWEEN 0 AND value),
            fee_refresh INTEGER NOT NULL CHECK (fee_refresh >= 0),
            fee_refund INTEGER NOT NULL CHECK (fee_refund >= 0),
            master_sig BLOB NOT NULL CHECK (length(master_sig) = 64),
            revoked INTEGER CHECK (revoked >= 0)
        ) STRICT;

        CREATE TABLE wire_account (
            payto_uri TEXT PRIMARY KEY,
            master_sig BLOB NOT NULL CHECK (length(master_sig) = 64),
            is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
        ) STRICT;

        CREATE TABLE wire_fee (
            method TEXT NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            "end" INTEGER NOT NULL CHECK ("end" > start),
            wire_fee INTEGER NOT NULL CHECK (wire_fee >= 0),
            closing_fee INTEGER NOT NULL CHECK (closing_fee >= 0),
            master_sig BLOB NOT NULL CHECK (length(master_sig) = 64),
            PRIMARY KEY (method, start)
        ) STRICT, WITHOUT ROWID;

        -- purse_timeout and history_expiration are in microseconds
        CREATE TABLE global_fee (
            start INTEGER PRIMARY KEY CHECK (start >= 0),
            "end" INTEGER NOT NULL CHECK ("end" > start),
            history_fee INTEGER NOT NULL CHECK (history_fee >= 0),
            account_fee INTEGER NOT NULL CHECK (account_fee >= 0),
            purse_fee INTEGER NOT NULL CHECK (purse_fee >= 0),
            history_expiration INTEGER NOT NULL CHECK (history_expiration >= 0),
            purse_timeout INTEGER NOT NULL CHECK (purse_timeout >= 0),
            purse_account_limit INTEGER NOT NULL CHECK (purse_account_limit BETWEEN 0 AND 4294967295),
            master_sig BLOB NOT NULL CHECK (length(master_sig) = 64)
        ) STRICT;
        """

    private static let reserves = """
        CREATE TABLE reserve (
            reserve_pub BLOB PRIMARY KEY CHECK (length(reserve_pub) = 32),
            balance INTEGER NOT NULL CHECK (balance >= 0),
            last_origin TEXT NOT NULL
        ) STRICT;

        -- How far the bank's history has been read, for each account of ours.
        CREATE TABLE bank_cursor (
            account TEXT PRIMARY KEY,
            bank_row INTEGER NOT NULL CHECK (bank_row >= 0)
        ) STRICT;

        CREATE TABLE reserve_credit (
            account TEXT NOT NULL,
            bank_row INTEGER NOT NULL,
            reserve_pub BLOB NOT NULL REFERENCES reserve,
            amount INTEGER NOT NULL CHECK (amount > 0),
            origin TEXT NOT NULL,
            date INTEGER NOT NULL CHECK (date >= 0),
            PRIMARY KEY (account, bank_row)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reserve_credit_of_reserve ON reserve_credit (reserve_pub);

        CREATE TABLE withdrawal (
            reserve_pub BLOB NOT NULL REFERENCES reserve,
            h_coin_envelope BLOB NOT NULL CHECK (length(h_coin_envelope) = 64),
            h_denom_pub BLOB NOT NULL REFERENCES denomination,
            amount_with_fee INTEGER NOT NULL CHECK (amount_with_fee > 0),
            reserve_sig BLOB NOT NULL CHECK (length(reserve_sig) = 64),
            blind_sig BLOB NOT NULL,
            date INTEGER NOT NULL CHECK (date >= 0),
            PRIMARY KEY (reserve_pub, h_coin_envelope)
        ) STRICT, WITHOUT ROWID;
        """

    private static let coins = """
        CREATE TABLE known_coin (
            coin_pub BLOB PRIMARY KEY CHECK (length(coin_pub) = 32),
            h_denom_pub BLOB NOT NULL REFERENCES denomination,
            denom_sig BLOB NOT NULL,
            h_age_commitment BLOB CHECK (length(h_age_commitment) = 32),
            value INTEGER NOT NULL CHECK (value > 0),
            spent INTEGER NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND value)
        ) STRICT;

        CREATE TABLE deposit (
            id INTEGER PRIMARY KEY,
            merchant_pub BLOB NOT NULL CHECK (length(merchant_pub) = 32),
            h_contract_terms BLOB NOT NULL CHECK (length(h_contract_terms) = 64),
            payto_uri TEXT NOT NULL,
            wire_salt BLOB NOT NULL CHECK (length(wire_salt) = 16),
            h_wire BLOB NOT NULL CHECK (length(h_wire) = 64),
            merchant_sig BLOB NOT NULL CHECK (length(merchant_sig) = 64),
            timestamp INTEGER NOT NULL CHECK (timestamp >= 0),
            refund_deadline INTEGER NOT NULL CHECK (refund_deadline >= 0),
            wire_deadline INTEGER NOT NULL CHECK (wire_deadline >= refund_deadline),
            wallet_data_hash BLOB CHECK (length(wallet_data_hash) = 64),
            wire_subject_metadata TEXT CHECK (length(wire_subject_metadata) BETWEEN 1 AND 40),
            exchange_timestamp INTEGER NOT NULL CHECK (exchange_timestamp >= 0),
            UNIQUE (merchant_pub, h_contract_terms)
        ) STRICT;

        CREATE TABLE deposit_coin (
            deposit INTEGER NOT NULL REFERENCES deposit,
            coin_pub BLOB NOT NULL REFERENCES known_coin,
            contribution INTEGER NOT NULL CHECK (contribution >= 0),
            deposit_fee INTEGER NOT NULL CHECK (deposit_fee BETWEEN 0 AND contribution),
            coin_sig BLOB NOT NULL CHECK (length(coin_sig) = 64),
            date INTEGER NOT NULL CHECK (date >= 0),
            PRIMARY KEY (deposit, coin_pub)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deposit_coin_of_coin ON deposit_coin (coin_pub);
        """
}
