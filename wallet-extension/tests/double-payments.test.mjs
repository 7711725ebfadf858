// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Nothing is paid twice: windows that sign at the same time, for one contract, one coin, or one thing. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { Payments } from "../engine/payments.js";
import { CoinsTaken } from "../engine/store/purchases.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { CoinExchange, exchangesOf, makeCoin, putCoins } from "./support/money.mjs";
import { offerText } from "./support/offers.mjs";

const ORIGIN = "http://shop.example";
const PAGE = { page: `${ORIGIN}/order/1`, origin: ORIGIN };
const FUTURE = "/Date(4000000000)/";

let database;
let store;
let exchange;
let payments;
let coins;

beforeEach(async () => {
  database = new MemoryDatabase();
  store = new Store(database);
  exchange = new CoinExchange();
  payments = new Payments(store, ...exchangesOf(exchange));
  coins = [await makeCoin(10, "KUDOS:4"), await makeCoin(11, "KUDOS:2"), await makeCoin(12, "KUDOS:1")];
  await putCoins(database, coins);
});

/** An offer of 5.5 KUDOS, of which 4 and 2 pay, the former in part. */
const text = (changes = {}) => offerText({ expiry: FUTURE, ...changes });
const coin = (i) => store.coins.get(coins[i].coinPub);

async function committed(changes) {
  const { offer, choice, context } = await payments.look(await text(changes), PAGE);
  return payments.commit(offer, choice, context);
}

test("two windows with one contract: one of them signs", async () => {
  const seen = await payments.look(await text(), PAGE);
  const other = new Payments(new Store(database), ...exchangesOf(exchange));
  const ways = await Promise.allSettled([payments.commit(seen.offer, seen.choice, seen.context), other.commit(seen.offer, seen.choice, seen.context)]);
  assert.deepEqual(ways.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.ok(ways.find(({ status }) => status === "rejected").reason instanceof CoinsTaken);
  assert.equal((await store.purchases.all()).length, 1);
});

test("a contract has one permission, also when a second would pay with other coins", async () => {
  const [first, second] = [await payments.look(await text(), PAGE), await payments.look(await text(), PAGE)];
  const record = await makeCoin(20, "KUDOS:6");
  await putCoins(database, [record]);
  const { plan } = second.choice;
  const coins = [{ coin: { id: record.coinPub, remaining: Amount.parse("KUDOS:6"), record }, contribution: plan.total }];
  await payments.commit(first.offer, first.choice, first.context);
  await assert.rejects(payments.commit(second.offer, { ...second.choice, plan: { ...plan, coins } }, second.context), CoinsTaken);
  assert.equal((await store.coins.get(record.coinPub)).state, "free");
});

test("a coin that has changed since it was chosen is not signed for", async () => {
  const { offer, choice, context } = await payments.look(await text(), PAGE);
  await database.write(["coins"], ({ coins: all }) => all.put({ ...coins[0], remaining: "KUDOS:3.9" }));
  await assert.rejects(payments.commit(offer, choice, context), CoinsTaken);
  assert.equal((await store.coins.free()).length, 3);
});

test("two windows with one coin: the second finds it taken, and nothing of its purchase is stored", async () => {
  const [a, b] = [await payments.look(await text(), PAGE), await payments.look(await text({ transaction_id: 63 }), PAGE)];
  await payments.commit(a.offer, a.choice, a.context);
  await assert.rejects(payments.commit(b.offer, b.choice, b.context), CoinsTaken);
  assert.equal((await store.purchases.all()).length, 1);
  assert.equal((await coin(2)).state, "free");
});

test("two contracts for one thing: the second is a replay of the first, and cannot be signed behind its back", async () => {
  const one = { repurchase_correlation_id: "essay" };
  const late = await payments.look(await text({ ...one, transaction_id: 63, amount: { value: 1, fraction: 0, currency: "KUDOS" } }), PAGE);
  const first = await committed(one);
  await payments.record(first.id, { status: 200, url: null, body: "" });
  late.choice.plan.coins = [];
  await assert.rejects(payments.commit(late.offer, late.choice, late.context), CoinsTaken);
  const seen = await payments.look(await text({ ...one, transaction_id: 64 }), PAGE);
  assert.deepEqual([seen.kind, seen.purchase.id, seen.payURL, seen.instead.transactionID], ["replay", first.id, first.payURL, 64]);
  await payments.forget(first.id);
  assert.equal((await payments.look(await text({ ...one, transaction_id: 64 }), PAGE)).kind, "offer");
});
