// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The store: each step one transaction that checks what it starts from, with its entry in the ledger. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { StateChanged } from "../engine/store/access.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, CoinExchange, makeCoin, MASTER, putCoins, URL_OF_EXCHANGE } from "./support/money.mjs";

let database;
let store;
let exchange;
let announced;

beforeEach(() => {
  announced = [];
  database = new MemoryDatabase();
  store = new Store(database, { announce: (names) => announced.push(names) });
  exchange = new CoinExchange();
});

const K = (text) => Amount.parse(`KUDOS:${text}`);
const last = async () => {
  const { kind, sign, amount, fee, reference } = (await store.ledger.all()).at(-1);
  return [kind, sign, amount, fee, reference];
};

// Reserves

const RESERVE = {
  reservePub: "R", masterPub: MASTER, exchange: URL_OF_EXCHANGE, amount: "KUDOS:5", source: { kind: "page" }, state: "created", planchets: [],
  withdrawn: null, problem: null, created: 1,
};

test("a reserve goes from state to state, and only from the one that it is in", async () => {
  await store.reserves.add(RESERVE);
  await assert.rejects(store.reserves.add(RESERVE), StateChanged);
  await assert.rejects(store.reserves.advance("R", "wired", { state: "planned" }), StateChanged);
  await assert.rejects(store.reserves.advance("NONE", "created", { state: "wired" }), StateChanged);
  assert.equal((await store.reserves.advance("R", ["handed", "created"], { state: "wired" })).state, "wired");
  assert.equal((await store.reserves.open()).length, 1);
  await store.reserves.advance("R", "wired", { state: "done" });
  assert.equal((await store.reserves.open()).length, 0);
});

test("withdrawn coins replace their planchets, and are booked with their fees, once", async () => {
  const coins = [await makeCoin(1, "KUDOS:2"), await makeCoin(2, "KUDOS:1")];
  const planchets = coins.map(({ value }) => ({ value, feeWithdraw: "KUDOS:0.01" }));
  await store.reserves.add({ ...RESERVE, state: "planned", planchets });
  await assert.rejects(store.reserves.accept("R", coins.slice(1)), StateChanged);
  const ways = await Promise.allSettled([store.reserves.accept("R", coins), store.reserves.accept("R", coins)]);
  assert.deepEqual(ways.map(({ status }) => status), ["fulfilled", "rejected"]);
  const { state, withdrawn, planchets: left } = await store.reserves.get("R");
  assert.deepEqual([state, withdrawn, left], ["wired", "KUDOS:3", []]);
  assert.deepEqual(await last(), ["withdrawal", 1, "KUDOS:3", "KUDOS:0.02", "R"]);
  await assertBooks(database);
  // The same planchets once more, out of a backup: their coins are here.
  await store.reserves.advance("R", "wired", { state: "planned", planchets });
  await store.reserves.accept("R", coins);
  assert.equal((await store.ledger.all()).length, 1);
  await assertBooks(database);
});

// Refreshes

async function begun(changes = {}) {
  const coin = await makeCoin(3, "KUDOS:2", { remaining: "KUDOS:1.5", exposed: "split" });
  await putCoins(database, [coin]);
  const refresh = { id: "RC", coinPub: coin.coinPub, masterPub: MASTER, exchange: URL_OF_EXCHANGE, amount: "KUDOS:1.5", fee: "KUDOS:0.03", created: 1, ...changes };
  await store.refreshes.begin(refresh, coin);
  return { coin, now: () => store.coins.get(coin.coinPub), fresh: await Promise.all([makeCoin(4, "KUDOS:1"), makeCoin(5, "KUDOS:0.4")]) };
}

test("a refresh takes its coin out of use, and only a free coin that is as it was planned with", async () => {
  const { coin, now } = await begun();
  assert.deepEqual([(await now()).state, (await now()).lockedFor], ["melting", "RC"]);
  await assert.rejects(store.refreshes.begin({ id: "RC2", coinPub: coin.coinPub, amount: "KUDOS:1" }, coin), StateChanged);
  const other = await makeCoin(6, "KUDOS:2");
  await putCoins(database, [other]);
  const plan = (id, amount) => ({ id, coinPub: other.coinPub, masterPub: MASTER, amount, fee: "KUDOS:0.03" });
  await assert.rejects(store.refreshes.begin(plan("A", "KUDOS:1"), { ...other, remaining: "KUDOS:1" }), StateChanged);
  await assert.rejects(store.refreshes.begin(plan("A", "KUDOS:2.5"), other), StateChanged);
  await assert.rejects(store.refreshes.begin(plan("RC", "KUDOS:1"), other), StateChanged);
  assert.equal((await store.coins.get(other.coinPub)).state, "free");
});

test("the fresh coins come when the old one goes, and the ledger has the cost", async () => {
  const { now, fresh } = await begun();
  await assert.rejects(store.refreshes.done("RC", fresh), StateChanged);
  assert.equal((await store.refreshes.melted("RC", 2)).hidden, 2);
  await assert.rejects(store.refreshes.melted("RC", 1), StateChanged);
  await assertBooks(database);
  await store.refreshes.done("RC", fresh);
  await assert.rejects(store.refreshes.done("RC", fresh), StateChanged);
  const { state, remaining, lockedFor, exposed } = await now();
  assert.deepEqual([state, remaining, lockedFor, exposed], ["spent", "KUDOS:0", null, null]);
  assert.equal((await store.coins.free()).length, 2);
  assert.deepEqual(await last(), ["refresh", -1, "KUDOS:0.1", "KUDOS:0.1", "RC"]);
  await assertBooks(database);
});

test("what came back to a coin while it was melted stays in it", async () => {
  const { coin, now, fresh } = await begun();
  const purchase = { id: "P", masterPub: MASTER, amount: "KUDOS:0.5", total: "KUDOS:0.5", title: "", state: "paid", correlation: null,
    coins: [{ coinPub: coin.coinPub, contribution: "KUDOS:0.5", taken: true }] };
  await database.write(["purchases"], ({ purchases }) => purchases.put(purchase));
  await store.purchases.credit("P", [{ coinPub: coin.coinPub, transactionID: 1, amount: "KUDOS:0.5", credited: "KUDOS:0.49" }], true);
  assert.deepEqual([(await now()).state, (await now()).remaining], ["melting", "KUDOS:1.99"]);
  await store.refreshes.melted("RC", 0);
  await store.refreshes.done("RC", fresh);
  const { state, remaining, exposed } = await now();
  assert.deepEqual([state, remaining, exposed], ["free", "KUDOS:0.49", "refunded"]);
  await assertBooks(database);
});

test("a refused refresh frees its coin with what is proven; without a proof it keeps what it had", async () => {
  for (const [options, state, remaining] of [
    [{ facts: { balance: K("0.7"), deposits: [], melts: [], refunds: [] } }, "free", "KUDOS:0.7"],
    [{ facts: { balance: K("0"), deposits: [], melts: [], refunds: [] } }, "spent", "KUDOS:0"],
    [{}, "free", "KUDOS:1.5"],
  ]) {
    database = new MemoryDatabase();
    store = new Store(database);
    const { now } = await begun();
    assert.equal((await store.refreshes.failed("RC", "no", options)).state, "failed");
    assert.deepEqual([(await now()).state, (await now()).remaining, (await now()).lockedFor], [state, remaining, null]);
    await assert.rejects(store.refreshes.failed("RC", "no", options), StateChanged);
    await assertBooks(database);
  }
});

test("a refresh that was refused and melted all the same goes on when the exchange proves it", async () => {
  const { coin, now } = await begun();
  await store.refreshes.failed("RC", "no", {});
  exchange.deposit("BEFORE", [{ coin, amount: "KUDOS:0.5" }]);
  exchange.melt("RC", coin, "KUDOS:1.5");
  await store.coins.prove(coin.coinPub, await exchange.facts(coin));
  assert.deepEqual([(await now()).state, (await now()).lockedFor, (await now()).remaining], ["melting", "RC", "KUDOS:1.5"]);
  assert.equal((await store.refreshes.get("RC")).state, "planned");
  await assertBooks(database);
});

test("what was melted and cannot be revealed is a loss, and stays one", async () => {
  const { coin, now } = await begun();
  await store.refreshes.melted("RC", 0);
  await store.refreshes.failed("RC", "no");
  assert.deepEqual([(await now()).state, (await now()).remaining], ["spent", "KUDOS:0"]);
  assert.deepEqual((await last()).slice(0, 3), ["loss", -1, "KUDOS:1.5"]);
  exchange.deposit("BEFORE", [{ coin, amount: "KUDOS:0.5" }]);
  exchange.melt("RC", coin, "KUDOS:1.5");
  await store.coins.prove(coin.coinPub, await exchange.facts(coin));
  assert.deepEqual([(await now()).state, (await store.refreshes.get("RC")).state], ["spent", "failed"]);
  await assertBooks(database);
});

// What an exchange proves

let next = 100;

async function proven(changes, prepare = () => {}, options = {}) {
  const coin = await makeCoin(next++, "KUDOS:4", changes);
  await putCoins(database, [coin]);
  await prepare(coin);
  const after = await store.coins.prove(coin.coinPub, await exchange.facts(coin), options);
  await assertBooks(database);
  return after;
}

const purchase = (coin, id, state, contribution, taken) => database.write(["purchases"], ({ purchases }) => purchases.put({
  id, masterPub: MASTER, title: id, state, amount: contribution, total: contribution, coins: [{ coinPub: coin.coinPub, contribution, taken }] }));

test("a coin has what the exchange proves, and the difference is booked", async () => {
  const less = await proven({}, (coin) => exchange.deposit("X", [{ coin, amount: "KUDOS:1" }]));
  assert.deepEqual([less.state, less.remaining], ["free", "KUDOS:3"]);
  assert.deepEqual((await last()).slice(0, 3), ["loss", -1, "KUDOS:1"]);
  const more = await proven({ remaining: "KUDOS:0", state: "spent" });
  assert.deepEqual([more.state, more.remaining], ["free", "KUDOS:4"]);
  assert.deepEqual((await last()).slice(0, 3), ["found", 1, "KUDOS:4"]);
  const aside = await proven({ remaining: "KUDOS:3", state: "refused", doubt: true });
  assert.deepEqual([aside.state, aside.doubt], ["free", false]);
});

test("a payment that is under way stays in its coin, whether the exchange has it or not", async () => {
  for (const isThere of [false, true]) {
    const { state, remaining } = await proven({ state: "locked", lockedFor: `P${isThere}` }, async (coin) => {
      await purchase(coin, `P${isThere}`, "pending", "KUDOS:1", false);
      if (isThere) exchange.deposit("Ptrue", [{ coin, amount: "KUDOS:1" }]);
    });
    assert.deepEqual([state, remaining], ["locked", "KUDOS:4"]);
  }
});

test("what was promised to a shop does not come back because it has not fetched it yet", async () => {
  const { remaining } = await proven({ remaining: "KUDOS:3" }, (coin) => purchase(coin, "P", "paid", "KUDOS:1", true));
  assert.equal(remaining, "KUDOS:3");
});

test("a payment that was given up and arrived all the same is paid, and is booked as one", async () => {
  const coin = await proven({ exposed: "givenUp" }, async (given) => {
    await purchase(given, "P", "givenUp", "KUDOS:1", false);
    exchange.deposit("P", [{ coin: given, amount: "KUDOS:1" }]);
  });
  assert.equal(coin.remaining, "KUDOS:3");
  assert.equal((await store.purchases.get("P")).state, "paid");
  assert.deepEqual(await last(), ["payment", -1, "KUDOS:1", "KUDOS:0.01", "P"]);
  await store.coins.prove(coin.coinPub, await exchange.facts(coin));
  assert.equal((await store.ledger.all()).length, 2);
});

test("a refund of which no shop has told is credited, and not again when the shop tells", async () => {
  const { coinPub, remaining, exposed } = await proven({ remaining: "KUDOS:3" }, async (coin) => {
    await purchase(coin, "P", "paid", "KUDOS:1", true);
    exchange.deposit("P", [{ coin, amount: "KUDOS:1" }]);
    exchange.refund("P", coin, 5, "KUDOS:0.9", "KUDOS:0.92");
  });
  assert.deepEqual([remaining, exposed], ["KUDOS:3.9", "refunded"]);
  assert.deepEqual(await last(), ["refund", 1, "KUDOS:0.9", "KUDOS:0.02", "P"]);
  const told = await store.purchases.credit("P", [{ coinPub, transactionID: 5, amount: "KUDOS:0.92", credited: "KUDOS:0.9" }], false);
  assert.deepEqual(told, []);
});

test("the coins of a melt that was not known come with it, and what it cost is booked", async () => {
  const fresh = [await makeCoin(8, "KUDOS:3"), await makeCoin(9, "KUDOS:0.9")];
  const { state } = await proven({}, (coin) => exchange.melt("ELSEWHERE", coin, "KUDOS:4"), { fresh });
  assert.equal(state, "spent");
  assert.equal((await store.coins.free()).length, 2);
  assert.deepEqual((await last()).slice(0, 4), ["refresh", -1, "KUDOS:0.1", "KUDOS:0.1"]);
});

test("a coin with a melt that is not known stays in doubt until its coins were looked for", async () => {
  const melted = (coin) => exchange.melt("ELSEWHERE", coin, "KUDOS:4");
  const { coinPub, state, doubt } = await proven({}, melted);
  assert.deepEqual([state, doubt], ["spent", true]);
  const found = await store.coins.prove(coinPub, await exchange.facts(await store.coins.get(coinPub)), { fresh: [await makeCoin(8, "KUDOS:3.9")] });
  assert.deepEqual([found.state, found.doubt], ["spent", false]);
  assert.deepEqual((await store.ledger.all()).slice(-2).map(({ kind, amount }) => [kind, amount]), [["loss", "KUDOS:4"], ["found", "KUDOS:3.9"]]);
  await assertBooks(database);
});

test("facts that are older than the coin are not taken", async () => {
  const coin = await makeCoin(7, "KUDOS:4");
  await putCoins(database, [coin]);
  const facts = await exchange.facts(coin);
  await database.write(["coins"], ({ coins }) => coins.put({ ...coin, state: "locked", lockedFor: "P" }));
  await assert.rejects(store.coins.prove(coin.coinPub, facts, { seen: coin }), StateChanged);
  await assert.rejects(store.coins.prove("NONE", facts), StateChanged);
});

// Exchanges, announcements

test("an exchange whose master key changes is not remembered until it is accepted anew", async () => {
  const record = { url: URL_OF_EXCHANGE, masterPub: "A", currency: "KUDOS", json: 1, fetched: 1 };
  assert.equal((await store.exchanges.remember(record)).accepted, null);
  assert.deepEqual(await store.exchanges.accepted(), []);
  const { accepted } = await store.exchanges.accept(record);
  assert.ok(accepted > 1);
  assert.equal((await store.exchanges.remember({ ...record, json: 2 })).accepted, accepted);
  await assert.rejects(store.exchanges.remember({ ...record, masterPub: "B" }), StateChanged);
  assert.equal((await store.exchanges.accept({ ...record, masterPub: "B" })).masterPub, "B");
});

test("each committed write is announced, and one that fails is not", async () => {
  await store.reserves.add(RESERVE);
  await store.reserves.add(RESERVE).catch(() => {});
  assert.deepEqual(announced, [["reserves"]]);
});
