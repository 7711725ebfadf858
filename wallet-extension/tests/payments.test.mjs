// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Paying: from the offer over the locked coins to what each answer of a shop does to them. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { ContractError } from "../core/contract.js";
import { Payments } from "../engine/payments.js";
import { Store } from "../engine/store/store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { assertBooks, CoinExchange, exchangesOf, makeCoin, MASTER, putCoins } from "./support/money.mjs";
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

const answer = (code, members = {}) => JSON.stringify({ code, hint: "no", ...members });

test("an offer is shown with the cheapest coins, and its signed permission is stored with the coins locked", async () => {
  const seen = await payments.look(await text(), PAGE);
  assert.equal(seen.kind, "offer");
  assert.equal(seen.context.payURL, `${ORIGIN}/taler/pay?order=1`);
  const { choice } = seen;
  assert.deepEqual([choice.masterPub, choice.exchangeURLInContract, choice.plan.total.toString()], [MASTER, "http://exchange.example/", "KUDOS:5.5"]);
  const purchase = await payments.commit(seen.offer, choice, seen.context);
  assert.deepEqual([purchase.state, purchase.expiry, purchase.exchange, purchase.masterPub], ["pending", 4_000_000_000, exchange.url, MASTER]);
  assert.deepEqual(JSON.parse(purchase.permission).coins.map(({ coin_pub: key }) => key).sort(), [coins[0].coinPub, coins[1].coinPub].sort());
  assert.deepEqual([(await coin(0)).state, (await coin(1)).lockedFor, (await coin(2)).state], ["locked", purchase.id, "free"]);
  await assertBooks(database);
});

test("a contract of no money is not signed: it would cost a coin", async () => {
  const none = await text({ amount: { value: 0, fraction: 0, currency: "KUDOS" } });
  await assert.rejects(payments.look(none, PAGE), (error) => error instanceof ContractError && error.reason === "no_price");
});

test("an answer of success takes the contributions; what is left of a coin is exposed", async () => {
  const { id } = await committed();
  assert.equal((await payments.record(id, { status: 200, url: `${ORIGIN}/essay`, body: "" })).state, "paid");
  const [whole, split] = [await coin(1), await coin(0)];
  assert.deepEqual([whole.state, whole.remaining, whole.exposed], ["spent", "KUDOS:0", null]);
  assert.deepEqual([split.state, split.remaining, split.exposed, split.lockedFor], ["free", "KUDOS:0.5", "split", null]);
  const purchase = await store.purchases.get(id);
  assert.deepEqual([purchase.state, purchase.url, purchase.coins.map(({ taken }) => taken)], ["paid", `${ORIGIN}/essay`, [true, true]]);
  const { kind, sign, amount, fee, reference } = (await store.ledger.all()).at(-1);
  assert.deepEqual([kind, sign, amount, fee, reference], ["payment", -1, "KUDOS:5.5", "KUDOS:0.02", id]);
  await assertBooks(database);
});

test("a paid purchase gets the address of what was bought when it is first told, and keeps it", async () => {
  const { id } = await committed();
  for (const [url, kept] of [[undefined, null], [`${ORIGIN}/a`, `${ORIGIN}/a`], [`${ORIGIN}/b`, `${ORIGIN}/a`]]) {
    await payments.record(id, { status: 200, url, body: "" });
    assert.equal((await store.purchases.get(id)).url, kept);
  }
});

test("a purchase that was refused and is shown as paid is paid, and its coins are what their histories prove", async () => {
  const held = async () => (await store.coins.free()).reduce((all, { remaining }) => all + Amount.parse(remaining).units, 0n);
  for (const [number, taken] of [[70, 550_000_000n], [71, 0n]]) {
    const { id, coins: parts } = await committed({ transaction_id: number });
    await payments.record(id, { status: 403, url: null, body: answer(2157) });
    const before = await held();
    if (taken > 0n) {
      const records = await Promise.all(parts.map(({ coinPub }) => store.coins.get(coinPub)));
      exchange.deposit(id, parts.map(({ contribution }, i) => ({ coin: records[i], amount: contribution })));
    }
    await payments.record(id, { status: 200, url: null, body: "" });
    assert.deepEqual([(await store.purchases.get(id)).state, before - await held()], ["paid", taken]);
    await assertBooks(database);
    // For the second purchase.
    await putCoins(database, [await makeCoin(30, "KUDOS:4"), await makeCoin(31, "KUDOS:2")]);
  }
});

test("an answer that comes twice is booked once", async () => {
  const { id } = await committed();
  const outcome = { status: 200, url: `${ORIGIN}/essay`, body: "" };
  await Promise.all([payments.record(id, outcome), payments.record(id, outcome)]);
  assert.equal((await store.ledger.all()).filter(({ kind }) => kind === "payment").length, 1);
  await assertBooks(database);
});

test("a coin that was spent elsewhere has what its history proves, and the others are free", async () => {
  exchange.deposit("ELSEWHERE", [{ coin: coins[1], amount: "KUDOS:1.2" }]);
  const { id } = await committed();
  const result = await payments.record(id, { status: 409, url: null, body: answer(1012, { coin_pub: coins[1].coinPub.toLowerCase() }) });
  assert.deepEqual([result.state, result.coinSpent], ["refused", true]);
  const named = await coin(1);
  assert.deepEqual([named.state, named.remaining], ["free", "KUDOS:0.8"]);
  assert.deepEqual([(await coin(0)).state, (await coin(0)).remaining], ["free", "KUDOS:4"]);
  const { kind, sign, amount } = (await store.ledger.all()).at(-1);
  assert.deepEqual([kind, sign, amount], ["loss", -1, "KUDOS:1.2"]);
  await assertBooks(database);
});

test("when the exchange does not answer, the coins of a refused payment are in doubt: free, and not chosen", async () => {
  const { id } = await committed();
  exchange.isDown = true;
  await payments.record(id, { status: 409, url: null, body: answer(1012, { coin_pub: coins[1].coinPub }) });
  for (const [i, had] of [[0, "KUDOS:4"], [1, "KUDOS:2"]]) {
    const { state, doubt, remaining, exposed } = await coin(i);
    assert.deepEqual([state, doubt, remaining, exposed], ["free", true, had, "givenUp"]);
  }
  assert.equal((await payments.look(await text(), PAGE)).choice, null);
  await assertBooks(database);
});

test("a coin that was melted by a refresh which is not known here is left to the recovery", async () => {
  const { id } = await committed();
  exchange.melt("UNKNOWN", coins[1], "KUDOS:2");
  await payments.record(id, { status: 409, url: null, body: answer(1012, { coin_pub: coins[1].coinPub }) });
  const named = await coin(1);
  assert.deepEqual([named.state, named.doubt, named.remaining], ["free", true, "KUDOS:2"]);
});

test("a coin that the shop cannot verify stays the wallet's, and pays this contract only when no others do", async () => {
  await putCoins(database, [await makeCoin(14, "KUDOS:4")]);
  const { id, coins: [first] } = await committed();
  const { coinSpent } = await payments.record(id, { status: 403, url: null, body: answer(2157, { coin_pub: first.coinPub }) });
  assert.equal(coinSpent, false);
  const named = await store.coins.get(first.coinPub);
  assert.deepEqual([named.state, named.doubt, named.exposed], ["free", false, "givenUp"]);
  await assertBooks(database);
  const second = await committed();
  assert.ok(second.coins.every(({ coinPub }) => coinPub !== first.coinPub));
  for (const { coinPub } of second.coins) {
    await payments.record(id, { status: 403, url: null, body: answer(2157, { coin_pub: coinPub }) }, second.attempt);
  }
  assert.notEqual((await payments.look(await text(), PAGE)).choice, null);
});

for (const [name, members] of Object.entries({
  "no coin": {}, "no key": { coin_pub: "x" }, "a number": { coin_pub: 7 }, "a coin of nobody": { coin_pub: encodeBase32(new Uint8Array(32)) },
})) {
  test(`a refusal that names ${name} frees all`, async () => {
    const { id } = await committed();
    assert.equal((await payments.record(id, { status: 410, url: null, body: answer(2161, members) })).state, "refused");
    assert.deepEqual((await store.coins.free()).length, 3);
  });

  test(`a shop that calls a coin spent, and names ${name}, is not believed`, async () => {
    const { id } = await committed();
    const { state, coinSpent } = await payments.record(id, { status: 409, url: null, body: answer(1012, members) });
    assert.deepEqual([state, coinSpent, (await store.coins.free()).length], ["refused", false, 3]);
  });
}

test("a refusal that names a coin of another purchase leaves it alone", async () => {
  await database.write(["coins"], ({ coins: all }) => all.put({ ...coins[2], state: "locked", lockedFor: "OTHER" }));
  const { id } = await committed();
  await payments.record(id, { status: 409, url: null, body: answer(1012, { coin_pub: coins[2].coinPub }) });
  assert.deepEqual([(await coin(2)).state, (await coin(2)).lockedFor], ["locked", "OTHER"]);
});

for (const [name, outcome] of Object.entries({
  "no answer": { status: 0 },
  "a failed gateway": { status: 502, body: '{"code":2170}' },
  "a time-out of the gateway": { status: 504, body: '{"code":2011}' },
  "a slow request": { status: 408, body: '{"code":1}' },
  "a too early one": { status: 425, body: '{"code":1}' },
  "too many requests": { status: 429, body: '{"code":1}' },
  "a refusal without a code": { status: 404, body: "<h1>Not Found</h1>" },
  "a refusal whose code is a text": { status: 409, body: '{"code":"1012"}' },
  "a redirect that was not followed": { status: 301, body: '{"code":1}' },
  "JSON that is no object": { status: 400, body: "7" },
})) {
  test(`${name} leaves the permission to be sent again`, async () => {
    const { id } = await committed();
    assert.equal((await payments.record(id, { url: null, body: "", ...outcome })).state, "pending");
    const purchase = await store.purchases.get(id);
    assert.deepEqual([purchase.state, purchase.tries, (await coin(0)).state], ["pending", 1, "locked"]);
  });
}

test("what is pending or paid is replayed with the same text, also after it has expired", async () => {
  const purchase = await committed();
  const offer = await text();
  for (const step of ["pending", "paid"]) {
    const seen = await payments.look(offer, PAGE);
    assert.deepEqual([seen.kind, seen.purchase.permission, seen.purchase.state, seen.instead], ["replay", purchase.permission, step, null]);
    await payments.record(purchase.id, { status: 200, url: null, body: "" });
  }
  const real = Date.now;
  Date.now = () => 4_000_000_001_000;
  try {
    assert.equal((await payments.look(offer, PAGE)).kind, "replay");
    assert.equal((await payments.byHash(purchase.id.toLowerCase(), "/taler/pay?order=1", PAGE)).purchase.permission, purchase.permission);
    await assert.rejects(payments.look(await text({ transaction_id: 99 }), PAGE), (error) => error.reason === "expired");
  } finally {
    Date.now = real;
  }
});

test("a purchase is replayed at the site where it was made, and nowhere else", async () => {
  const { id } = await committed();
  const other = { page: "http://other.example/", origin: "http://other.example" };
  await assert.rejects(payments.look(await text(), other), (error) => error instanceof ContractError && error.reason === "elsewhere");
  await assert.rejects(payments.byHash(id, "/taler/pay?order=1", other), (error) => error.reason === "unknown");
  await assert.rejects(payments.byHash(id, "http://other.example/pay", PAGE), (error) => error.reason === "pay_url");
  await assert.rejects(payments.byHash(id, "http://me:secret@shop.example/taler/pay", PAGE), (error) => error.reason === "pay_url");
  await assert.rejects(payments.byHash(id, `${ORIGIN}/pay`, { ...PAGE, page: "http://other.example/" }), (error) => error.reason === "pay_url");
  await assert.rejects(payments.byHash(encodeBase32(new Uint8Array(64)), "/pay", PAGE), (error) => error.reason === "unknown");
  await assert.rejects(payments.byHash("nonsense", "/pay", PAGE), (error) => error.reason === "malformed");
});

for (const [name, page] of Object.entries({
  "another site's": { page: PAGE.page, origin: "http://other.example" },
  "a page's that is not of the origin": { page: "http://other.example/", origin: ORIGIN },
  "a page's without an address": { page: "about:blank", origin: ORIGIN },
})) {
  test(`${name} address for the payment is refused`, async () => {
    await assert.rejects(payments.look(await text(), page), (error) => error.reason === "pay_url");
  });
}

test("a contract that was refused may be paid with other coins, and keeps what was refused", async () => {
  const first = await committed();
  await payments.record(first.id, { status: 403, url: null, body: answer(2157, { coin_pub: coins[2].coinPub }) });
  const second = await committed();
  assert.equal(second.refusals[0].code, 2157);
  assert.deepEqual([second.attempt, second.earlier.map(({ attempt, permission }) => [attempt, permission])], [2, [[1, first.permission]]]);
  // The shop has the signatures of these coins already: others would give it more.
  assert.deepEqual(second.coins.map(({ coinPub }) => coinPub).sort(), first.coins.map(({ coinPub }) => coinPub).sort());
  assert.equal((await payments.record(second.id, { status: 200, url: null, body: "" }, second.attempt)).state, "paid");
  await assertBooks(database);
});

test("an offer that expires while it is on the screen is not signed", async () => {
  const { offer, choice, context } = await payments.look(await text(), PAGE);
  await assert.rejects(payments.commit({ ...offer, expiry: 1 }, choice, context), (error) => error.reason === "expired");
  assert.equal((await store.coins.free()).length, 3);
});

test("coins near their end, revoked, or in doubt are not chosen", async () => {
  const end = Math.floor(Date.now() / 1000) + 3000;
  const choose = async () => (await payments.look(await text(), PAGE)).choice;
  for (const changes of [{ expireDeposit: end }, { doubt: true }, { denomHash: "REVOKED" }]) {
    exchange.revoked = ["REVOKED"];
    await database.write(["coins"], ({ coins: all }) => all.put({ ...coins[0], ...changes }));
    assert.equal(await choose(), null);
  }
  exchange.isDown = true;
  assert.notEqual(await choose(), null);
});

test("of coins that cost the same, those that are not exposed pay", async () => {
  const twin = await makeCoin(13, "KUDOS:4");
  await putCoins(database, [twin]);
  for (const [calm, exposed] of [[twin, coins[0]], [coins[0], twin]]) {
    await database.write(["coins"], async ({ coins: all }) => {
      await all.put({ ...calm, exposed: null });
      await all.put({ ...exposed, exposed: "split" });
    });
    const { choice } = await payments.look(await text(), PAGE);
    assert.ok(choice.plan.coins.some(({ coin: { id } }) => id === calm.coinPub));
  }
  // A calm coin that would cost the buyer more stays.
  await database.write(["coins"], async ({ coins: all }) => {
    await all.put({ ...coins[0], exposed: "split" });
    await all.put({ ...twin, exposed: null, feeDeposit: "KUDOS:0.5" });
  });
  const { choice } = await payments.look(await text(), PAGE);
  assert.deepEqual([choice.plan.total.toString(), choice.plan.coins.some(({ coin: { id } }) => id === coins[0].coinPub)], ["KUDOS:5.5", true]);
});
