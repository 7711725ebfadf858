// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A database of the first wallet becomes one of today's: nothing is lost, and its books agree. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { booksOf } from "../engine/balances.js";
import { upgrade } from "../engine/database-upgrade.js";
import { STORES } from "../engine/records.js";

/** As much of IndexedDB as an upgrade uses, over maps; a request that comes after all others were answered fails, as it would there. */
class FakeUpgrade {
  stores = new Map();
  #number = 0;
  #open = 0;
  #isOver = false;

  constructor(contents) {
    for (const [name, records] of Object.entries(contents)) {
      this.createObjectStore(name, STORES[name]);
      for (const record of records) this.objectStore(name).put(record);
    }
  }

  objectStoreNames = { contains: (name) => this.stores.has(name) };

  createObjectStore(name, { keyPath, autoIncrement = false }) {
    assert.equal(this.stores.has(name), false);
    this.stores.set(name, { keyPath, autoIncrement, records: new Map() });
  }

  objectStore(name) {
    assert.equal(this.#isOver, false, "the transaction is over");
    const { keyPath, autoIncrement, records } = this.stores.get(name);
    return {
      put: (record) => {
        const copy = structuredClone(record);
        if (autoIncrement) copy[keyPath] ??= this.#number += 1;
        assert.notEqual(copy[keyPath], undefined, `a record of ${name} without its key`);
        records.set(copy[keyPath], copy);
      },
      getAll: () => {
        const request = {};
        this.#open += 1;
        setImmediate(() => {
          request.onsuccess({ target: { result: structuredClone([...records.values()]) } });
          this.#open -= 1;
          this.#isOver = this.#open === 0;
        });
        return request;
      },
    };
  }

  all(name) {
    return [...this.stores.get(name).records.values()];
  }

  over() {
    return new Promise((resolve) => {
      const look = () => (this.#isOver ? resolve() : setImmediate(look));
      look();
    });
  }
}

const seed = new Uint8Array(32);
const text = JSON.stringify({ contract: { expiry: "/Date(1700003600)/", refund_deadline: "/Date(1700090000)/" } });
const coin = (coinPub, remaining, masterPub = "M1") => ({ coinPub, masterPub, seed, value: "KUDOS:4", remaining, state: "free", lockedFor: null });

const FIRST = {
  exchanges: [{ url: "http://one.example/", json: { master_public_key: "M1", currency: "KUDOS" }, fetched: 1_700_000_000 }, { url: "http://broken.example/", json: null }],
  coins: [coin("A", "KUDOS:4"), coin("B", "KUDOS:0.5"), coin("C", "KUDOS:0"), coin("D", "KUDOS:1", "M0")],
  reserves: [{ reservePub: "R", masterPub: "M1", seed, amount: "KUDOS:20", state: "wired", account: { username: "u", password: "p" }, planchets: [], withdrawn: null, problem: "no answer" }],
  purchases: [
    { id: "P", text, state: "paid", coins: [{ coinPub: "B", remaining: "KUDOS:4", contribution: "KUDOS:3.5" }] },
    { id: "Q", text: "{", state: "pending", coins: [{ coinPub: "D", remaining: "KUDOS:1", contribution: "KUDOS:1" }], refunds: [1] },
  ],
};

test("what the first wallet held is there, with one opening entry for each exchange", async () => {
  const database = new FakeUpgrade(FIRST);
  upgrade(database, database, 1);
  await database.over();
  assert.deepEqual([...database.stores.keys()].sort(), Object.keys(STORES).sort());
  assert.deepEqual(database.all("exchanges")[0], { ...FIRST.exchanges[0], masterPub: "M1", currency: "KUDOS", accepted: 1_700_000_000 });
  for (const { exposed, exchange, seed: secret } of database.all("coins")) assert.deepEqual([exposed, exchange, secret], [null, "http://one.example/", seed]);
  const ledger = database.all("ledger");
  assert.deepEqual(ledger.map(({ masterPub, amount, kind }) => [masterPub, amount, kind]), [["M1", "KUDOS:4.5", "found"], ["M0", "KUDOS:1", "found"]]);
  assert.ok(booksOf({ ledger, coins: database.all("coins") }).every(({ agrees }) => agrees));
  const [reserve] = database.all("reserves");
  assert.deepEqual([reserve.source, reserve.exchange, reserve.account], [{ kind: "account", username: "u", password: "p" }, "http://one.example/", undefined]);
  assert.deepEqual(reserve.problem, { reason: "unexpected", parameters: { message: "no answer" }, message: "no answer" });
});

test("purchases know their exchange and dates, and what has left their coins", async () => {
  const database = new FakeUpgrade(FIRST);
  upgrade(database, database, 1);
  await database.over();
  const [paid, pending] = database.all("purchases");
  assert.deepEqual([paid.masterPub, paid.exchange, paid.expiry, paid.refundDeadline, paid.refunds], ["M1", "http://one.example/", 1_700_003_600, 1_700_090_000, []]);
  assert.equal(paid.coins[0].taken, true);
  assert.deepEqual([pending.masterPub, pending.expiry, pending.refunds, pending.coins[0].taken], ["M0", null, [1], false]);
});

test("a new database has all stores, and nothing in them", () => {
  const database = new FakeUpgrade({});
  upgrade(database, database, 0);
  assert.deepEqual([...database.stores.keys()].sort(), Object.keys(STORES).sort());
  assert.ok(Object.keys(STORES).every((name) => database.all(name).length === 0));
});
