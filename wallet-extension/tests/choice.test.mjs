// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Coins of several exchanges and currencies: which of them pay an offer, and what the wallet sums up. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { encodeBase32 } from "../core/base32.js";
import { balancesOf, booksOf, historyOf } from "../engine/balances.js";
import { Payments } from "../engine/payments.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, CoinExchange, exchangesOf, makeCoin, MASTER, putCoins } from "./support/money.mjs";
import { offerText } from "./support/offers.mjs";

const ORIGIN = "http://shop.example";
const PAGE = { page: `${ORIGIN}/order/1`, origin: ORIGIN };
const SECOND = encodeBase32(new Uint8Array(32).fill(4));
const EURO = encodeBase32(new Uint8Array(32).fill(5));
const one = new CoinExchange();
const two = new CoinExchange({ masterPub: SECOND, url: "http://second.example/" });
const euro = new CoinExchange({ masterPub: EURO, url: "http://euro.example/", currency: "EUR" });
const mint = ({ url, masterPub }) => ({ url: `${url}in-the-contract/`, master_pub: masterPub });

let database;
let store;

beforeEach(() => {
  database = new MemoryDatabase();
  store = new Store(database);
});

const text = (mints, changes = {}) => offerText({ expiry: "/Date(4000000000)/", mints: mints.map(mint), ...changes });
const payments = (...exchanges) => new Payments(store, ...exchangesOf(...exchanges));
const of = (exchange) => ({ masterPub: exchange.masterPub, exchange: exchange.url });

test("of all exchanges that the contract takes the cheapest pays, by the address that the contract has for it", async () => {
  const dear = await makeCoin(1, "KUDOS:8", { feeDeposit: "KUDOS:1" });
  const cheap = await makeCoin(2, "KUDOS:8", of(two));
  await putCoins(database, [dear, cheap]);
  const look = async (mints) => (await payments(one, two).look(await text(mints), PAGE)).choice;
  const both = await look([one, two]);
  assert.deepEqual([both.exchange, both.masterPub, both.exchangeURLInContract], [two.url, SECOND, "http://second.example/in-the-contract/"]);
  assert.equal(both.plan.total.toString(), "KUDOS:5.5");
  const only = await look([one]);
  assert.deepEqual([only.masterPub, only.plan.total.toString()], [MASTER, "KUDOS:6.4"]);
});

test("coins of two exchanges are not mixed", async () => {
  await putCoins(database, [await makeCoin(1, "KUDOS:4"), await makeCoin(2, "KUDOS:4", of(two))]);
  const { kind, choice } = await payments(one, two).look(await text([one, two]), PAGE);
  assert.deepEqual([kind, choice], ["offer", null]);
});

test("a purchase names its exchange, and each exchange has books of its own", async () => {
  await putCoins(database, [await makeCoin(1, "KUDOS:1"), await makeCoin(2, "KUDOS:8", of(two)), await makeCoin(3, "EUR:8", of(euro))]);
  const wallet = payments(one, two, euro);
  const { offer, choice, context } = await wallet.look(await text([two]), PAGE);
  const purchase = await wallet.commit(offer, choice, context);
  assert.deepEqual([purchase.exchange, purchase.masterPub, JSON.parse(purchase.permission).mint], [two.url, SECOND, "http://second.example/in-the-contract/"]);
  await wallet.record(purchase.id, { status: 200, url: null, body: "" });
  const books = await assertBooks(database);
  assert.deepEqual(books.map(({ masterPub, coins }) => [masterPub, coins]), [[MASTER, 100_000_000n], [SECOND, 250_000_000n], [EURO, 800_000_000n]]);
});

test("a shop's currency and exchanges that this wallet does not use are refused with a word for the shop", async () => {
  const reason = (word) => (error) => error.reason === word;
  await assert.rejects(payments(euro).look(await text([one]), PAGE), reason("currency"));
  await assert.rejects(payments(one).look(await text([two]), PAGE), reason("exchange"));
  await assert.rejects(payments(one).look(await text([]), PAGE), reason("exchange"));
  // The same master key in another currency is no way to pay.
  await assert.rejects(payments(new CoinExchange({ currency: "EUR" })).look(await text([one]), PAGE), reason("currency"));
});

test("a wallet without any exchange shows the offer, as one that holds too little", async () => {
  const { kind, choice } = await payments().look(await text([one]), PAGE);
  assert.deepEqual([kind, choice], ["offer", null]);
});

test("an exchange that does not answer keeps no other from paying", async () => {
  const down = new CoinExchange();
  down.isDown = true;
  await putCoins(database, [await makeCoin(1, "KUDOS:8", { feeDeposit: "KUDOS:1" }), await makeCoin(2, "KUDOS:8", of(two))]);
  assert.equal((await payments(down, two).look(await text([one, two]), PAGE)).choice.masterPub, SECOND);
});

test("balances are by exchange and currency, and by what the money is about", async () => {
  const coins = [
    await makeCoin(1, "KUDOS:4"), await makeCoin(2, "KUDOS:2", { state: "locked", lockedFor: "P" }), await makeCoin(3, "KUDOS:1", { state: "melting", lockedFor: "R" }),
    await makeCoin(4, "KUDOS:1", { state: "refused" }), await makeCoin(5, "EUR:8", of(euro)),
  ];
  const reserve = (state, withdrawn, exchange = one) => ({ ...of(exchange), state, amount: `${exchange.currency}:10`, withdrawn });
  const balances = balancesOf({
    exchanges: [{ ...two.record, accepted: 2 }, { ...one.record, accepted: 1 }, { url: "http://seen.example/", masterPub: "X", currency: "KUDOS", accepted: null }],
    coins,
    reserves: [reserve("created", null), reserve("handed", null), reserve("wired", null), reserve("planned", "KUDOS:9.9"), reserve("done", "KUDOS:9"), reserve("failed", null),
      reserve("asked", null, euro)],
  });
  assert.deepEqual(balances.map(({ exchange, free, locked, change, arriving }) => [exchange, ...[free, locked, change, arriving].map(String)]), [
    [one.url, "KUDOS:4", "KUDOS:2", "KUDOS:1", "KUDOS:10.1"],
    [two.url, "KUDOS:0", "KUDOS:0", "KUDOS:0", "KUDOS:0"],
    [euro.url, "EUR:8", "EUR:0", "EUR:0", "EUR:10"],
  ]);
});

test("books that differ are shown to differ", async () => {
  const coins = [await makeCoin(1, "KUDOS:4")];
  const entry = { masterPub: MASTER, currency: "KUDOS", sign: 1, amount: "KUDOS:4" };
  assert.equal(booksOf({ coins, ledger: [entry] })[0].agrees, true);
  assert.equal(booksOf({ coins, ledger: [entry, { ...entry, sign: -1, amount: "KUDOS:0.00000001" }] })[0].agrees, false);
  assert.equal(booksOf({ coins, ledger: [] })[0].agrees, false);
  assert.equal(booksOf({ coins: [], ledger: [entry] })[0].agrees, false);
});

test("the history is read in pages, newest first, with what an entry is about", () => {
  const ledger = [1, 2, 3].map((number) => ({ number, kind: "payment", reference: number === 2 ? "P" : "R", amount: "KUDOS:1", fee: "KUDOS:0.01" }));
  const records = { ledger, purchases: [{ id: "P", merchant: "The shop" }], reserves: [{ reservePub: "R" }] };
  const all = historyOf(records);
  assert.deepEqual(all.map(({ number }) => number), [3, 2, 1]);
  assert.deepEqual([all[1].purchase.merchant, all[1].amount.toString(), all[0].purchase, all[0].reserve.reservePub], ["The shop", "KUDOS:1", undefined, "R"]);
  assert.deepEqual(historyOf(records, { limit: 1, before: 3 }).map(({ number }) => number), [2]);
});
