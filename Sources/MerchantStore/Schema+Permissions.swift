// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension Schema {
    /// A permission may name coins of several exchanges: it has one intent for each. An intent remembers what is in doubt, and each coin
    /// what the exchange signed about its transfer.
    static func permissions(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE permission (
                    id INTEGER PRIMARY KEY,
                    contract_id INTEGER NOT NULL REFERENCES contract (id),
                    -- Every coin of the permission, those that an earlier one has paid with included.
                    coin_set TEXT NOT NULL,
                    created INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX permission_contract ON permission (contract_id);
                INSERT INTO permission (id, contract_id, coin_set, created) SELECT id, contract_id, coin_set, created FROM intent;

                CREATE TABLE new_intent (
                    id INTEGER PRIMARY KEY,
                    contract_id INTEGER NOT NULL REFERENCES contract (id),
                    permission_id INTEGER NOT NULL REFERENCES permission (id),
                    -- The coins of this intent alone.
                    coin_set TEXT NOT NULL,
                    exchange_url TEXT NOT NULL,
                    -- The protocol whose layouts the request and its confirmation have.
                    protocol INTEGER NOT NULL CHECK (protocol BETWEEN 14 AND 32),
                    request TEXT NOT NULL,
                    -- unconfirmed: the exchange says, unsigned, that it has the coins; it is asked for its signature still.
                    state TEXT NOT NULL CHECK (state IN ('open', 'unconfirmed', 'accepted', 'refused')),
                    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
                    may_have_reached INTEGER NOT NULL DEFAULT 0 CHECK (may_have_reached IN (0, 1)),
                    last_error TEXT,
                    created INTEGER NOT NULL,
                    ended INTEGER,
                    transaction_base_url TEXT,
                    exchange_pub BLOB CHECK (length(exchange_pub) = 32),
                    -- One signature, or at protocols 14 to 16 one for each coin, in the request's order.
                    exchange_sig BLOB CHECK (length(exchange_sig) > 0 AND length(exchange_sig) % 64 = 0),
                    exchange_timestamp INTEGER,
                    refusal_status INTEGER,
                    refusal TEXT,
                    CHECK ((state IN ('open', 'unconfirmed')) = (ended IS NULL)),
                    -- What was accepted without a confirmation has a signed transfer of each coin instead.
                    CHECK ((exchange_pub IS NULL) = (exchange_sig IS NULL) AND (exchange_pub IS NULL) = (exchange_timestamp IS NULL)),
                    CHECK (exchange_pub IS NULL OR state = 'accepted'),
                    CHECK ((state = 'refused') = (refusal_status IS NOT NULL AND refusal IS NOT NULL))
                ) STRICT;
                INSERT INTO new_intent (id, contract_id, permission_id, coin_set, exchange_url, protocol, request, state, attempts,
                        may_have_reached, last_error, created, ended, exchange_pub, exchange_sig, exchange_timestamp, refusal_status, refusal)
                    SELECT id, contract_id, id, coin_set, exchange_url, 17, request, state, attempts,
                        state = 'open', last_error, created, ended, exchange_pub, exchange_sig, exchange_timestamp, refusal_status, refusal
                    FROM intent;

                CREATE TABLE new_intent_coin (
                    intent_id INTEGER NOT NULL REFERENCES new_intent (id),
                    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 255),
                    coin_pub BLOB NOT NULL CHECK (length(coin_pub) = 32),
                    contribution TEXT NOT NULL,
                    deposit_fee TEXT NOT NULL,
                    -- Null in rows of former versions.
                    refund_fee TEXT,
                    -- The exchange's signed word (1036) about the transfer, once it is known.
                    wtid BLOB CHECK (length(wtid) = 32),
                    wire_execution INTEGER,
                    wire_contribution TEXT,
                    wire_pub BLOB CHECK (length(wire_pub) = 32),
                    wire_sig BLOB CHECK (length(wire_sig) = 64),
                    CHECK ((wtid IS NULL) = (wire_execution IS NULL) AND (wtid IS NULL) = (wire_contribution IS NULL)
                        AND (wtid IS NULL) = (wire_pub IS NULL) AND (wtid IS NULL) = (wire_sig IS NULL)),
                    PRIMARY KEY (intent_id, position),
                    UNIQUE (intent_id, coin_pub)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO new_intent_coin (intent_id, position, coin_pub, contribution, deposit_fee)
                    SELECT intent_id, position, coin_pub, contribution, deposit_fee FROM intent_coin;

                DROP TABLE intent_coin;
                DROP TABLE intent;
                ALTER TABLE new_intent RENAME TO intent;
                ALTER TABLE new_intent_coin RENAME TO intent_coin;

                -- Of one contract, nothing is sent twice to the same exchange at a time.
                CREATE UNIQUE INDEX intent_open_at_exchange ON intent (contract_id, exchange_url) WHERE state = 'open';
                CREATE INDEX intent_unsettled ON intent (id) WHERE state IN ('open', 'unconfirmed');
                CREATE INDEX intent_contract ON intent (contract_id);
                CREATE INDEX intent_permission ON intent (permission_id);
                CREATE INDEX intent_coin_pub ON intent_coin (coin_pub);
                CREATE INDEX intent_coin_wtid ON intent_coin (wtid) WHERE wtid IS NOT NULL;

                -- What an exchange wants to know of the merchant before it takes money for an account.
                CREATE TABLE kyc_need (
                    account_id INTEGER NOT NULL REFERENCES account (id),
                    exchange_url TEXT NOT NULL,
                    h_payto BLOB CHECK (length(h_payto) = 32),
                    account_pub BLOB CHECK (length(account_pub) = 32),
                    bad_kyc_auth INTEGER NOT NULL CHECK (bad_kyc_auth IN (0, 1)),
                    requirement_row INTEGER,
                    since INTEGER NOT NULL,
                    PRIMARY KEY (account_id, exchange_url)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
