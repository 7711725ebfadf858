// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Money that a shop gave back: credited once, and only what the exchange has signed for this purchase. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { u64 } from "../core/bytes.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { readOffer } from "../core/contract.js";
import { publicKeyOf } from "../core/ed25519.js";
import { refundConfirmationMessage } from "../core/exchange-messages.js";
import { signMessage } from "../core/signed-message.js";
import { RefundError, Refunds } from "../engine/refunds.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, MASTER } from "./support/money.mjs";
import { makeOffer, makeTerms } from "./support/offers.mjs";

const ORIGIN = "http://shop.example";
const signer = new Uint8Array(32).fill(7);
const coinSeeds = [8, 9].map((byte) => new Uint8Array(32).fill(byte));
const coins = await Promise.all(coinSeeds.map(publicKeyOf));
const offerText = canonicalJSON(await makeOffer(await makeTerms()));
const offer = await readOffer(offerText);
const keys = {
  signingKeys: [{ key: await publicKeyOf(signer) }],
  denominations: [{ id: "DENOM", feeRefund: Amount.parse("KUDOS:0.01") }],
};

let database;
let store;
let refunds;
let purchase;

beforeEach(async () => {
  database = new MemoryDatabase();
  store = new Store(database);
  refunds = new Refunds(store, { keys: async () => keys });
  purchase = {
    id: offer.id, text: offerText, origin: ORIGIN, correlation: "essay-1", amount: "KUDOS:5.5", total: "KUDOS:5.6", title: "An essay", state: "paid",
    exchange: "http://exchange.example/", masterPub: MASTER,
    coins: coins.map((key, i) => (
      { coinPub: encodeBase32(key), remaining: `KUDOS:${4 + i}`, contribution: i === 0 ? "KUDOS:4" : "KUDOS:1.6", taken: true })),
  };
  await database.write(["purchases", "coins", "ledger"], async (stores) => {
    await stores.ledger.put({ masterPub: MASTER, currency: "KUDOS", sign: 1, amount: "KUDOS:3.4" });
    await stores.purchases.put(purchase);
    for (const [i, { coinPub }] of purchase.coins.entries()) {
      const state = i === 0 ? { remaining: "KUDOS:0", state: "spent" } : { remaining: "KUDOS:3.4", state: "free" };
      await stores.coins.put({ coinPub, masterPub: MASTER, denomHash: "DENOM", value: `KUDOS:${4 + i}`, feeDeposit: "KUDOS:0.01", lockedFor: null, exposed: null, ...state });
    }
  });
});

/** A part of the shop's answer, rightly signed unless `changes` say otherwise. */
async function part(i, amount, transactionID, changes = {}) {
  const message = refundConfirmationMessage({
    contractHash: offer.hash, coinKey: coins[i], merchantKey: offer.merchantKey, transactionID, amount: Amount.parse(amount),
  });
  return {
    coin_pub: encodeBase32(coins[i]), exchange_url: "http://exchange.example/", refund_amount: amount, rtransaction_id: transactionID, status: "accepted",
    origin: "shop", exchange_pub: encodeBase32(keys.signingKeys[0].key), exchange_sig: encodeBase32(await signMessage(message, signer)), ...changes,
  };
}

function answer(parts, refundAmount, changes = {}) {
  return JSON.stringify({ h_contract: offer.id, refund_amount: refundAmount, given_amount: refundAmount, failed_amount: "KUDOS:0", refunds: parts, ...changes });
}

const collect = (text) => refunds.collect(offer.id, ORIGIN, text);
const remaining = async (i) => (await store.coins.get(purchase.coins[i].coinPub)).remaining;

test("a part that came back makes its coin spendable again, less the refund fee, and once", async () => {
  const text = answer([await part(0, "KUDOS:1", 1)], "KUDOS:1");
  const { credited, isWhole } = await collect(text);
  assert.deepEqual([credited.toString(), isWhole], ["KUDOS:0.99", false]);
  const coin = await store.coins.get(purchase.coins[0].coinPub);
  assert.deepEqual([coin.remaining, coin.state, coin.exposed], ["KUDOS:0.99", "free", "refunded"]);
  assert.equal((await collect(text)).credited.toString(), "KUDOS:0");
  assert.equal(await remaining(0), "KUDOS:0.99");
  assert.equal((await store.purchases.get(offer.id)).correlation, "essay-1");
  const { kind, sign, amount, fee } = (await store.ledger.all()).at(-1);
  assert.deepEqual([kind, sign, amount, fee], ["refund", 1, "KUDOS:0.99", "KUDOS:0.01"]);
  await assertBooks(database);
});

test("two windows that take one refund credit it once", async () => {
  const text = answer([await part(0, "KUDOS:1", 1)], "KUDOS:1");
  const sums = await Promise.all([collect(text), collect(text)]);
  assert.deepEqual(sums.map(({ credited }) => credited.toString()).sort(), ["KUDOS:0", "KUDOS:0.99"]);
  assert.equal(await remaining(0), "KUDOS:0.99");
  await assertBooks(database);
});

test("another site learns nothing of a purchase, and an unknown one has no refund", async () => {
  const text = answer([await part(0, "KUDOS:1", 1)], "KUDOS:1");
  for (const [id, origin] of [[offer.id, "http://other.example"], ["X", ORIGIN], [null, ORIGIN]]) {
    await assert.rejects(refunds.collect(id, origin, text), (error) => error.reason === "refund_unknown");
  }
});

test("a refund proves that a payment without an answer was paid", async () => {
  await database.write(["purchases", "coins", "ledger"], async (stores) => {
    await stores.purchases.put({ ...purchase, state: "pending", coins: purchase.coins.map((one) => ({ ...one, taken: false })) });
    for (const [i, { coinPub, remaining: had }] of purchase.coins.entries()) {
      await stores.coins.put({ ...await stores.coins.get(coinPub), remaining: i === 0 ? "KUDOS:4" : had, state: "locked", lockedFor: offer.id });
    }
    await stores.ledger.put({ masterPub: MASTER, currency: "KUDOS", sign: 1, amount: "KUDOS:5.6" });
  });
  await collect(answer([await part(0, "KUDOS:1", 1)], "KUDOS:1"));
  assert.equal((await store.purchases.get(offer.id)).state, "paid");
  assert.deepEqual([await remaining(0), await remaining(1)], ["KUDOS:0.99", "KUDOS:3.4"]);
  assert.equal((await store.coins.free()).length, 2);
  await assertBooks(database);
});

test("a refund of a payment that was given up takes what its coin had paid, and gives back the rest", async () => {
  await database.write(["purchases", "coins", "ledger"], async (stores) => {
    await stores.purchases.put({ ...purchase, state: "givenUp", coins: purchase.coins.map((one) => ({ ...one, taken: false })) });
    await stores.coins.put({ ...await stores.coins.get(purchase.coins[0].coinPub), remaining: "KUDOS:4", state: "free" });
    await stores.ledger.put({ masterPub: MASTER, currency: "KUDOS", sign: 1, amount: "KUDOS:4" });
  });
  await collect(answer([await part(0, "KUDOS:1", 1)], "KUDOS:1"));
  const { state, coins: parts } = await store.purchases.get(offer.id);
  assert.deepEqual([state, parts.map(({ taken }) => taken)], ["paid", [true, false]]);
  assert.equal(await remaining(0), "KUDOS:0.99");
  await assertBooks(database);
});

test("a coin is never worth more than when it was new", async () => {
  const parts = [await part(0, "KUDOS:4", 1), await part(0, "KUDOS:1", 2)];
  await assert.rejects(collect(answer(parts, "KUDOS:5")), (error) => error.reason === "refund_unsigned");
  assert.equal(await remaining(0), "KUDOS:0");
});

test("a second part comes on top of the first", async () => {
  const first = await part(0, "KUDOS:1", 1);
  await collect(answer([first], "KUDOS:1"));
  const { credited } = await collect(answer([first, await part(1, "KUDOS:1.5", 2)], "KUDOS:2.5"));
  assert.equal(credited.toString(), "KUDOS:1.49");
  assert.deepEqual([await remaining(0), await remaining(1)], ["KUDOS:0.99", "KUDOS:4.89"]);
});

test("after the whole price came back the same thing can be bought anew", async () => {
  const { isWhole } = await collect(answer([await part(0, "KUDOS:4", 1), await part(1, "KUDOS:1.6", 1)], "KUDOS:5.5"));
  assert.equal(isWhole, true);
  assert.equal((await store.purchases.get(offer.id)).correlation, null);
});

test("parts that the exchange has not accepted are not credited", async () => {
  const { credited } = await collect(answer([await part(0, "KUDOS:1", 1, { status: "open" })], "KUDOS:1"));
  assert.equal(credited.isZero, true);
});

const stranger = encodeBase32(await publicKeyOf(new Uint8Array(32).fill(30)));
const lies = {
  "another amount": () => part(0, "KUDOS:1", 1, { refund_amount: "KUDOS:2" }),
  "another refund's number": () => part(0, "KUDOS:1", 1, { rtransaction_id: 2 }),
  "another coin": () => part(0, "KUDOS:1", 1, { coin_pub: encodeBase32(coins[1]) }),
  "a coin that paid nothing": () => part(0, "KUDOS:1", 1, { coin_pub: stranger }),
  "a key that is not the exchange's": () => part(0, "KUDOS:1", 1, { exchange_pub: stranger }),
  "no signature": () => part(0, "KUDOS:1", 1, { exchange_sig: undefined }),
  "more than the coin has paid": () => part(0, "KUDOS:4.5", 1),
  "less than the fee": () => part(0, "KUDOS:0.001", 1),
};

for (const [name, make] of Object.entries(lies)) {
  test(`${name} is not believed, and nothing beside it`, async () => {
    const text = answer([await part(1, "KUDOS:1", 5), await make()], "KUDOS:2");
    await assert.rejects(collect(text), RefundError);
    assert.deepEqual([await remaining(0), await remaining(1)], ["KUDOS:0", "KUDOS:3.4"]);
  });
}

test("an answer about another purchase, or none, is refused", async () => {
  const other = encodeBase32(new Uint8Array(64).fill(1));
  for (const text of [answer([], "KUDOS:1", { h_contract: other }), answer(null, "KUDOS:1"), "<html>", "[]", '{"h_contract":1}']) {
    await assert.rejects(collect(text), RefundError);
  }
});

test("a refund whose number is written in another way is not credited again", async () => {
  await collect(answer([await part(0, "KUDOS:1", 1)], "KUDOS:1"));
  for (const number of [" 1", "0x1", "01", "1", true, [1], 1.5, -1]) {
    const again = answer([{ ...await part(0, "KUDOS:1", 1), rtransaction_id: number }], "KUDOS:1");
    await assert.rejects(collect(again), RefundError, JSON.stringify(number));
  }
  assert.equal(await remaining(0), "KUDOS:0.99");
  await assertBooks(database);
});

test("only integers become the bytes of a signed number", () => {
  for (const value of ["1", true, [1], 1.5, null, 2 ** 53]) assert.throws(() => u64(value), TypeError);
  assert.deepEqual([...u64(1)], [...u64(1n)]);
});

test("the exchange is not asked for what is in the books, and asked anew only for a key that is not known", async () => {
  const asked = [];
  refunds = new Refunds(store, { keys: async (record, options = {}) => { asked.push([record.url, options.refresh === true]); return keys; } });
  await collect(answer([], "KUDOS:0"));
  assert.deepEqual(asked, []);
  const text = answer([await part(0, "KUDOS:1", 1)], "KUDOS:1");
  await collect(text);
  assert.deepEqual(asked.splice(0), [["http://exchange.example/", false]]);
  await collect(text);
  await collect(answer([await part(0, "KUDOS:1", 1, { exchange_sig: "0" })], "KUDOS:1"));
  assert.deepEqual(asked, []);
  await assert.rejects(collect(answer([await part(0, "KUDOS:1", 2, { exchange_pub: encodeBase32(coins[0]) })], "KUDOS:2")), RefundError);
  assert.deepEqual(asked, [["http://exchange.example/", false], ["http://exchange.example/", true]]);
});
