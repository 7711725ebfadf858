-- SPDX-FileCopyrightText: The Taler merchant authors
-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A database as schema 2 had it: a paid contract, an open intent, a refused one.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    payto_uri TEXT NOT NULL,
    wire_salt BLOB NOT NULL CHECK (length(wire_salt) = 16),
    merchant_pub BLOB NOT NULL CHECK (length(merchant_pub) = 32),
    h_wire BLOB NOT NULL CHECK (length(h_wire) = 64),
    UNIQUE (payto_uri, merchant_pub)
) STRICT;

CREATE TABLE contract (
    id INTEGER PRIMARY KEY,
    h_contract BLOB NOT NULL UNIQUE CHECK (length(h_contract) = 64),
    transaction_id INTEGER NOT NULL UNIQUE CHECK (transaction_id BETWEEN 0 AND 9007199254740991),
    h_proposition BLOB NOT NULL CHECK (length(h_proposition) = 64),
    account_id INTEGER NOT NULL REFERENCES account (id),
    json TEXT NOT NULL,
    sig BLOB NOT NULL CHECK (length(sig) = 64),
    created INTEGER NOT NULL,
    wire_deadline INTEGER,
    paid_at INTEGER,
    payment_sig BLOB CHECK (length(payment_sig) = 64),
    CHECK ((paid_at IS NULL) = (payment_sig IS NULL))
) STRICT;

CREATE TABLE intent (
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contract (id),
    coin_set TEXT NOT NULL,
    exchange_url TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_error TEXT,
    created INTEGER NOT NULL,
    ended INTEGER,
    exchange_pub BLOB CHECK (length(exchange_pub) = 32),
    exchange_sig BLOB CHECK (length(exchange_sig) = 64),
    exchange_timestamp INTEGER,
    refusal_status INTEGER,
    refusal TEXT,
    CHECK ((state = 'open') = (ended IS NULL)),
    CHECK ((state = 'accepted') = (exchange_pub IS NOT NULL AND exchange_sig IS NOT NULL AND exchange_timestamp IS NOT NULL)),
    CHECK ((state = 'refused') = (refusal_status IS NOT NULL AND refusal IS NOT NULL))
) STRICT;

-- Only one set of coins may be under way or have paid.
CREATE UNIQUE INDEX intent_live ON intent (contract_id) WHERE state IN ('open', 'accepted');
CREATE INDEX intent_open ON intent (id) WHERE state = 'open';

CREATE TABLE intent_coin (
    intent_id INTEGER NOT NULL REFERENCES intent (id),
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 255),
    coin_pub BLOB NOT NULL CHECK (length(coin_pub) = 32),
    contribution TEXT NOT NULL,
    deposit_fee TEXT NOT NULL,
    PRIMARY KEY (intent_id, position),
    UNIQUE (intent_id, coin_pub)
) STRICT, WITHOUT ROWID;
CREATE INDEX intent_contract ON intent (contract_id);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('1 contracts and intents'), ('2 intents by contract');
INSERT INTO account VALUES (1, 'payto://x-taler-bank/bank.example/shop?receiver-name=Shop', x'01010101010101010101010101010101', x'0202020202020202020202020202020202020202020202020202020202020202', x'03030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303');
INSERT INTO contract VALUES (1, x'11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111', 1, x'21212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121', 1, '{"amount":{"currency":"KUDOS","fraction":50000000,"value":0},"expiry":"/Date(1795003600)/","max_fee":{"currency":"KUDOS","fraction":50000000,"value":0},"mints":[{"url":"https://exchange.example/"}],"refund_deadline":"/Date(1795086400)/","timestamp":"/Date(1795000000)/","transaction_id":1}', x'30303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030', 1795000000, 1796000000, 1795000100, x'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc');
INSERT INTO contract VALUES (2, x'12121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212121212', 2, x'22222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222', 1, '{"amount":{"currency":"KUDOS","fraction":50000000,"value":0},"expiry":"/Date(1795003600)/","max_fee":{"currency":"KUDOS","fraction":50000000,"value":0},"mints":[{"url":"https://exchange.example/"}],"refund_deadline":"/Date(1795086400)/","timestamp":"/Date(1795000000)/","transaction_id":2}', x'30303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030', 1795000000, 1796000000, NULL, NULL);
INSERT INTO contract VALUES (3, x'13131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313131313', 3, x'23232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323', 1, '{"amount":{"currency":"KUDOS","fraction":50000000,"value":0},"expiry":"/Date(1795003600)/","max_fee":{"currency":"KUDOS","fraction":50000000,"value":0},"mints":[{"url":"https://exchange.example/"}],"refund_deadline":"/Date(1795086400)/","timestamp":"/Date(1795000000)/","transaction_id":3}', x'30303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030', 1795000000, 1796000000, NULL, NULL);
INSERT INTO intent VALUES (1, 1, 'a', 'https://exchange.example/', '{"a":1}', 'accepted', 1, NULL, 1795000000, 1795000100, x'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', x'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1795000099, NULL, NULL);
INSERT INTO intent VALUES (2, 2, 'b', 'https://exchange.example/', '{"a":1}', 'open', 2, 'timeout', 1795000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO intent VALUES (3, 3, 'c', 'https://exchange.example/', '{"a":1}', 'refused', 1, NULL, 1795000000, 1795000100, NULL, NULL, NULL, 409, '{"code":1012}');
INSERT INTO intent_coin VALUES (1, 0, x'4141414141414141414141414141414141414141414141414141414141414141', 'KUDOS:0.5', 'KUDOS:0.01');
INSERT INTO intent_coin VALUES (2, 0, x'4242424242424242424242424242424242424242424242424242424242424242', 'KUDOS:0.5', 'KUDOS:0.01');
INSERT INTO intent_coin VALUES (3, 0, x'4343434343434343434343434343434343434343434343434343434343434343', 'KUDOS:0.5', 'KUDOS:0.01');
