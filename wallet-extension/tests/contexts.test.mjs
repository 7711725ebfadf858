// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Several contexts over one database: word of changes, and one at a time. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Changes } from "../engine/changes.js";
import { exclusively } from "../engine/locks.js";
import { Wallet } from "../engine/wallet.js";
import { MemoryDatabase } from "./support/memory-database.mjs";

/** Two ends of a channel, as BroadcastChannels are: each hears the other, not itself. */
function channels() {
  const ends = [0, 1].map(() => ({ listeners: [], addEventListener(kind, listener) { this.listeners.push(listener); } }));
  ends.forEach((end, i) => { end.postMessage = (data) => ends[1 - i].listeners.forEach((listener) => listener({ data })); });
  return ends;
}

test("a write is heard once in each context, until it does not listen any more", () => {
  const [a, b] = channels().map((channel) => new Changes(channel));
  const heard = [];
  const end = a.subscribe(({ stores }) => heard.push(["a", ...stores]));
  b.subscribe(({ stores }) => heard.push(["b", ...stores]));
  a.announce(["coins"]);
  assert.deepEqual(heard, [["a", "coins"], ["b", "coins"]]);
  end();
  b.announce(["ledger"]);
  assert.deepEqual(heard.slice(2), [["b", "ledger"]]);
});

test("what is no word of a change is not passed on, and a listener that throws keeps nobody from hearing", () => {
  const [mine, other] = channels();
  const changes = new Changes(mine);
  const heard = [];
  const error = console.error;
  console.error = () => {};
  try {
    changes.subscribe(() => { throw new Error("mine"); });
    changes.subscribe((change) => heard.push(change));
    for (const data of [null, 7, {}, { stores: "coins" }]) other.postMessage(data);
    assert.deepEqual(heard, []);
    other.postMessage({ stores: ["coins"] });
    assert.deepEqual(heard, [{ stores: ["coins"] }]);
  } finally {
    console.error = error;
  }
});

test("a wallet announces what it writes, and sums up what another context wrote", async () => {
  const database = new MemoryDatabase();
  const [one, two] = [Wallet.over(database), Wallet.over(database)];
  const heard = [];
  one.changes.subscribe(({ stores }) => heard.push(...stores));
  await one.store.exchanges.accept({ url: "http://exchange.example/", masterPub: "M", currency: "KUDOS", json: null, fetched: 0 });
  assert.deepEqual(heard, ["exchanges"]);
  assert.deepEqual((await two.balances()).map(({ exchange, free }) => [exchange, free.toString()]), [["http://exchange.example/", "KUDOS:0"]]);
  assert.deepEqual([await two.history(), await two.checkBooks()], [[], []]);
});

test("who asks for the same name waits, also when the one before fails; another name does not", async () => {
  const order = [];
  const step = (name, word, fail = false) => exclusively(name, async () => {
    order.push(`${word} begins`);
    await new Promise(setImmediate);
    order.push(`${word} ends`);
    if (fail) throw new Error(word);
    return word;
  });
  const ways = await Promise.allSettled([step("a", "1", true), step("a", "2"), step("b", "3")]);
  assert.deepEqual(ways.map(({ value, reason }) => value ?? reason.message), ["1", "2", "3"]);
  assert.ok(order.indexOf("1 ends") < order.indexOf("2 begins"));
  assert.ok(order.indexOf("3 begins") < order.indexOf("1 ends"));
});
