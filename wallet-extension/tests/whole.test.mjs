// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Two databases become one: nothing newer is lost, and the books agree. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, makeCoin, MASTER, putCoins } from "./support/money.mjs";

let database;
let store;

beforeEach(() => {
  database = new MemoryDatabase();
  store = new Store(database);
});

const put = (name, record) => database.write([name], (stores) => stores[name].put(record));
const reserve = (state, withdrawn = null) => ({ reservePub: "R", masterPub: MASTER, amount: "KUDOS:5", state, withdrawn, planchets: [] });

/** What another wallet with these coins would hold. */
async function other(coins, records = {}) {
  const elsewhere = new MemoryDatabase();
  await putCoins(elsewhere, coins);
  return { ...await new Store(elsewhere).whole.read(), ...records };
}

test("a wallet into an empty database is the same wallet, and again changes nothing", async () => {
  const coins = [await makeCoin(1, "KUDOS:4"), await makeCoin(2, "KUDOS:2")];
  const whole = await other(coins);
  assert.deepEqual((await store.whole.merge(whole)).coins, 2);
  assert.deepEqual((await store.coins.all()).map(({ coinPub }) => coinPub).sort(), coins.map(({ coinPub }) => coinPub).sort());
  const counts = await store.whole.merge(whole);
  assert.deepEqual([counts.coins, counts.ledger, (await store.ledger.all()).length], [0, 0, 2]);
  await assertBooks(database);
});

test("a coin that is here stays as it is, in doubt when it is different there", async () => {
  const coin = await makeCoin(1, "KUDOS:4");
  await putCoins(database, [{ ...coin, remaining: "KUDOS:1" }]);
  await store.whole.merge(await other([coin]));
  const { remaining, doubt } = await store.coins.get(coin.coinPub);
  assert.deepEqual([remaining, doubt], ["KUDOS:1", true]);
  await assertBooks(database);
});

test("books that would differ are brought to agree by an entry", async () => {
  const coin = await makeCoin(1, "KUDOS:4");
  await store.whole.merge({ ...await other([coin]), ledger: [] });
  const [{ kind, amount }] = await store.ledger.all();
  assert.deepEqual([kind, amount], ["found", "KUDOS:4"]);
  await assertBooks(database);
});

test("of a reserve the one that is further counts", async () => {
  for (const [here, there, wins] of [
    [reserve("wired"), reserve("planned"), "planned"], [reserve("planned"), reserve("wired"), "planned"],
    [reserve("wired", "KUDOS:3"), reserve("planned"), "wired"], [reserve("planned"), reserve("wired", "KUDOS:3"), "wired"],
  ]) {
    await put("reserves", here);
    await store.whole.merge({ reserves: [there] });
    assert.equal((await store.reserves.get("R")).state, wins);
  }
});

test("a purchase that is over here and paid there is paid; one that is under way here stays", async () => {
  for (const [here, there, wins] of [
    ["refused", "paid", "paid"], ["givenUp", "paid", "paid"], ["pending", "paid", "pending"], ["paid", "pending", "paid"], ["refused", "pending", "refused"],
  ]) {
    await put("purchases", { id: "P", state: here });
    await store.whole.merge({ purchases: [{ id: "P", state: there }] });
    assert.equal((await store.purchases.get("P")).state, wins);
  }
});

test("a coin that comes held by a purchase or refresh is free when that has ended here", async () => {
  await put("purchases", { id: "P", state: "paid" });
  await put("refreshes", { id: "F", state: "done" });
  const held = [
    await makeCoin(1, "KUDOS:1", { state: "locked", lockedFor: "P" }), await makeCoin(2, "KUDOS:1", { state: "melting", lockedFor: "F" }),
    await makeCoin(3, "KUDOS:1", { state: "locked", lockedFor: "Q" }),
  ];
  await store.whole.merge(await other(held, { purchases: [{ id: "P", state: "pending" }, { id: "Q", state: "pending" }] }));
  const states = await Promise.all(held.map(async ({ coinPub }) => (await store.coins.get(coinPub)).state));
  assert.deepEqual(states, ["free", "free", "locked"]);
});

test("an exchange with another master key at the same address is not taken in", async () => {
  await put("exchanges", { url: "http://e/", masterPub: "A", accepted: null });
  await store.whole.merge({ exchanges: [{ url: "http://e/", masterPub: "B", accepted: 5 }] });
  assert.deepEqual(await store.exchanges.get("http://e/"), { url: "http://e/", masterPub: "A", accepted: null });
  await store.whole.merge({ exchanges: [{ url: "http://e/", masterPub: "A", accepted: 5 }] });
  await store.whole.merge({ exchanges: [{ url: "http://f/", masterPub: "A", accepted: 5 }] });
  assert.deepEqual((await store.exchanges.all()).map(({ accepted }) => accepted), [null, null]);
});

test("a purchase that is over here and paid there keeps what both tries did", async () => {
  const part = (coinPub, taken) => ({ coinPub, remaining: "KUDOS:2", contribution: "KUDOS:1", taken });
  const refund = (coinPub) => ({ coinPub, transactionID: 1, amount: "KUDOS:1", credited: "KUDOS:0.9" });
  await put("purchases", { id: "P", state: "refused", coins: [part("A", true)], refusals: [{ status: 403 }], refunds: [refund("A")] });
  await store.whole.merge({ purchases: [{ id: "P", state: "paid", coins: [part("B", true)], refusals: [], refunds: [refund("B")] }] });
  const { state, coins, refusals, refunds } = await store.purchases.get("P");
  assert.deepEqual([state, coins.map(({ coinPub }) => coinPub), refusals, refunds.map(({ coinPub }) => coinPub)],
    ["paid", ["A", "B"], [{ status: 403 }], ["A", "B"]]);
});
