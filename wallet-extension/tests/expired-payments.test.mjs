// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Payments without an answer whose contract has expired: ended by what the exchange has, and by nothing else. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Payments } from "../engine/payments.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, CoinExchange, exchangesOf, makeCoin, putCoins } from "./support/money.mjs";
import { Shop } from "./support/shop.mjs";

const EXPIRY = 4_000_000_000;
const real = Date.now;

let database;
let store;
let exchange;
let payments;
let shop;
let text;
let purchase;

beforeEach(async () => {
  database = new MemoryDatabase();
  store = new Store(database);
  exchange = new CoinExchange();
  payments = new Payments(store, ...exchangesOf(exchange));
  const coins = [await makeCoin(10, "KUDOS:4"), await makeCoin(11, "KUDOS:2")];
  await putCoins(database, coins);
  shop = new Shop(exchange, coins);
  text = await shop.offer(550, { expiry: `/Date(${EXPIRY})/` });
  const { offer, choice, context } = await payments.look(text, shop.page);
  purchase = await payments.commit(offer, choice, context);
});

afterEach(() => { Date.now = real; });

const expire = () => { Date.now = () => EXPIRY * 1000; };
const now = () => store.purchases.get(purchase.id);
const states = async () => (await store.coins.all()).map(({ state, exposed }) => `${state} ${exposed}`).sort();

test("before its contract expires a payment stays as it is, and one whose contract never does always", async () => {
  assert.deepEqual(await payments.expired(), []);
  assert.equal((await now()).state, "pending");
  await database.write(["purchases"], ({ purchases }) => purchases.put({ ...purchase, expiry: null }));
  expire();
  assert.deepEqual(await payments.expired(), []);
  assert.deepEqual(await states(), ["locked null", "locked null"]);
});

test("without an answer of the exchange nothing is given up", async () => {
  expire();
  exchange.isDown = true;
  assert.deepEqual(await payments.expired(), []);
  assert.equal((await now()).state, "pending");
  exchange.isDown = false;
  assert.deepEqual(await payments.expired(), [{ purchase: purchase.id, state: "givenUp" }]);
  assert.deepEqual(await payments.expired(), []);
});

test("coins that the exchange has not got are free, and exposed; their payment is not sent again", async () => {
  expire();
  await payments.expired();
  assert.deepEqual(await states(), ["free givenUp", "free givenUp"]);
  await assertBooks(database);
  await assert.rejects(payments.byHash(purchase.id, "/taler/pay", shop.page), (error) => error.reason === "unknown");
  await assert.rejects(payments.look(text, shop.page), (error) => error.reason === "expired");
});

test("what the exchange has got is paid, and replayed", async () => {
  shop.post(purchase.permission);
  expire();
  assert.deepEqual(await payments.expired(), [{ purchase: purchase.id, state: "paid" }]);
  assert.deepEqual(await states(), ["free split", "spent null"]);
  await assertBooks(database);
  assert.equal((await payments.look(text, shop.page)).purchase.state, "paid");
});

test("of coins of which the exchange has got some, those are paid and the others free", async () => {
  const [first, second] = purchase.coins;
  exchange.deposit(purchase.id, [{ coin: await store.coins.get(first.coinPub), amount: first.contribution }]);
  expire();
  await payments.expired();
  const { state, coins } = await now();
  assert.deepEqual([state, coins.map(({ taken }) => taken)], ["paid", [true, false]]);
  assert.equal((await store.coins.get(second.coinPub)).exposed, "givenUp");
  await assertBooks(database);
});

test("a payment that was given up and arrives all the same is paid", async () => {
  expire();
  await payments.expired();
  const { permission } = purchase;
  const outcome = shop.post(permission);
  assert.equal(outcome.status, 200);
  await payments.record(purchase.id, outcome);
  const { state, url, coins } = await now();
  assert.deepEqual([state, url, coins.map(({ taken }) => taken)], ["paid", outcome.url, [true, true]]);
  assert.deepEqual(await states(), ["free split", "spent null"]);
  await assertBooks(database);
});

test("two contexts that end a payment at once end it once", async () => {
  shop.post(purchase.permission);
  expire();
  const other = new Payments(new Store(database), ...exchangesOf(exchange));
  const ended = (await Promise.all([payments.expired(), other.expired()])).flat();
  assert.deepEqual(ended, [{ purchase: purchase.id, state: "paid" }]);
  assert.equal((await store.ledger.all()).filter(({ kind }) => kind === "payment").length, 1);
  await assertBooks(database);
});
