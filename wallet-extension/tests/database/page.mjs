// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The wallet's database in a browser's own IndexedDB, which tests in Node only imitate. Lists the checks, and sends what came of them to the
 * page's server (POST result: {agent, checks: [{name, found, wanted}]} or {agent, error}).
 */

import { Database } from "../../engine/database.js";
import { exclusively } from "../../engine/locks.js";
import { Store } from "../../engine/store/store.js";
import { Wallet } from "../../engine/wallet.js";

const outcome = { agent: navigator.userAgent, checks: [] };

function check(name, found, wanted) {
  outcome.checks.push({ name, found: JSON.stringify(found), wanted: JSON.stringify(wanted) });
  const line = document.createElement("li");
  line.textContent = name;
  document.getElementById("checks").append(line);
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("a connection stays open"));
  });
}

const coin = (coinPub, remaining, state) => (
  { coinPub, masterPub: "M", seed: new Uint8Array(32), value: "KUDOS:4", feeDeposit: "KUDOS:0.01", remaining, state, lockedFor: null });

/** The database of the first wallet, whose window is still open. */
async function first() {
  const request = indexedDB.open("taler-wallet", 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of [["coins", "coinPub"], ["reserves", "reservePub"], ["purchases", "id"], ["exchanges", "url"]]) {
      request.result.createObjectStore(name, { keyPath });
    }
  };
  const connection = await settled(request);
  connection.onversionchange = () => connection.close();
  const transaction = connection.transaction(["coins", "exchanges", "purchases"], "readwrite");
  for (const one of [coin("A", "KUDOS:4", "free"), coin("B", "KUDOS:0.5", "free"), coin("C", "KUDOS:0", "spent")]) transaction.objectStore("coins").put(one);
  transaction.objectStore("exchanges").put({ url: "http://exchange.example/", json: { master_public_key: "M", currency: "KUDOS" }, fetched: 5 });
  transaction.objectStore("purchases").put({
    id: "P", text: JSON.stringify({ contract: { expiry: "/Date(17)/" } }), state: "paid", created: 1,
    coins: [{ coinPub: "B", contribution: "KUDOS:3.5", remaining: "KUDOS:4" }] });
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
}

async function upgraded() {
  const wallet = await Wallet.open();
  const [{ exchange, free }] = await wallet.balances();
  check("what the first wallet held is there", [exchange, free.toString()], ["http://exchange.example/", "KUDOS:4.5"]);
  check("its books agree", (await wallet.checkBooks()).map(({ coins, agrees }) => [String(coins), agrees]), [["450000000", true]]);
  const { expiry, coins } = await wallet.store.purchases.get("P");
  check("its purchases are of today's form", [expiry, coins[0].taken], [17, true]);
  check("its seeds are bytes", (await wallet.store.coins.get("A")).seed instanceof Uint8Array, true);
  return wallet;
}

async function atomic() {
  const database = await Database.open();
  const failed = await database.write(["coins", "ledger"], async ({ coins, ledger }) => {
    await coins.put({ ...await coins.get("A"), remaining: "KUDOS:1" });
    await ledger.all();
    throw new Error("no");
  }).catch(({ message }) => message);
  check("a transaction that throws leaves no trace", [failed, (await database.get("coins", "A")).remaining], ["no", "KUDOS:4"]);
}

async function raced(wallet) {
  const stores = [new Store(await Database.open()), new Store(await Database.open())];
  const ways = await Promise.allSettled(stores.map((store, i) => store.purchases.commit({
    id: `X${i}`, merchantPub: "m", correlation: null, origin: "o", total: "KUDOS:1", title: "", created: 2,
    coins: [{ coinPub: "A", remaining: "KUDOS:4", contribution: "KUDOS:1" }] })));
  check("two windows with one coin: one of them has it", ways.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const pending = await wallet.store.purchases.pending();
  check("and one purchase is stored", pending.length, 1);
  await wallet.store.purchases.settle(pending[0].id, null);
  check("the books agree after it", (await wallet.checkBooks()).map(({ coins, agrees }) => [String(coins), agrees]), [["350000000", true]]);
}

async function announced(wallet) {
  const heard = new Promise((resolve) => { wallet.changes.subscribe(({ stores }) => resolve(stores)); });
  const other = await Wallet.open();
  await other.store.coins.doubt(["A"]);
  check("a write of another wallet is heard", await heard, ["coins"]);
}

async function reopened(wallet) {
  await settled(indexedDB.deleteDatabase("taler-wallet"));
  check("a wallet whose database was taken away opens a new one", await wallet.store.coins.all(), []);
  const held = await exclusively("taler-test", async () => (await navigator.locks.query()).held.map(({ name }) => name));
  check("the browser's locks are used", held, ["taler-test"]);
}

try {
  await settled(indexedDB.deleteDatabase("taler-wallet"));
  await first();
  const wallet = await upgraded();
  await atomic();
  await raced(wallet);
  await announced(wallet);
  await reopened(wallet);
} catch (error) {
  outcome.error = `${error} ${error.stack}`;
}
document.getElementById("status").textContent = outcome.error ?? "done";
await fetch("result", { method: "POST", body: JSON.stringify(outcome) });
