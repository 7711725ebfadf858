// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An offer of what was bought before: by the merchant's key and repurchase_correlation_id. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { publicKeyOf } from "../core/ed25519.js";
import { balancesOf } from "../engine/balances.js";
import { Changes } from "../engine/changes.js";
import { Payments } from "../engine/payments.js";
import { page } from "../window/page.js";
import { PurchaseFlow } from "../window/purchase-flow.js";
import { CoinsTaken } from "../engine/store/purchases.js";
import { Store } from "../engine/store/store.js";
import { installPage } from "./support/fake-page.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { CoinExchange, exchangesOf, makeCoin } from "./support/money.mjs";
import { makeOffer, makeTerms, masterKey, merchantSeed } from "./support/offers.mjs";
import { english } from "./support/words.mjs";

const ORIGIN = "http://shop.example";
const PAGE = `${ORIGIN}/order/2`;
const merchantPub = encodeBase32(await publicKeyOf(merchantSeed));
const FUTURE = "/Date(4000000000)/";

const PAID = {
  id: "OLD", text: "{}", page: `${ORIGIN}/order/1`, origin: ORIGIN, payURL: `${ORIGIN}/taler/pay?order=1`, execURL: null, merchant: "The shop",
  merchantPub, correlation: "essay-1", title: "An essay", amount: "KUDOS:5.5", total: "KUDOS:5.6", permission: '{"old":true}',
  coins: [{ coinPub: "COIN", remaining: "KUDOS:8", contribution: "KUDOS:5.6" }], state: "paid", refusals: [], created: 1_700_000_000,
  url: `${ORIGIN}/fulfillment/1?key=k`,
};

let screen;
let database;
let store;
let posted;
let said;

beforeEach(async () => {
  screen = installPage();
  database = new MemoryDatabase();
  store = new Store(database);
  posted = [];
  said = [];
});

const put = (name, record) => database.write([name], (stores) => stores[name].put(record));

/** The wallet's window with an offer whose contract has `changes`; the shop answers each POST with the next of `outcomes`. */
async function open(changes, outcomes = [], transform = (offer) => offer) {
  const members = { repurchase_correlation_id: "essay-1", expiry: FUTURE, transaction_id: 63, ...changes };
  const terms = await makeTerms(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)));
  const text = canonicalJSON(transform({ ...await makeOffer(terms), pay_url: "/taler/pay?order=2" }));
  const channel = {
    origin: ORIGIN,
    request: async () => ({ taler: "offer", text, page: PAGE }),
    post: async (payURL, permission) => { posted.push([payURL, permission]); return outcomes.shift() ?? null; },
    send: (taler, content) => { said.push({ taler, ...content }); },
  };
  const heard = new Changes();
  const payments = new Payments(store, ...exchangesOf(new CoinExchange()));
  const balances = async () => balancesOf(await database.together(["exchanges", "coins", "reserves"]));
  await new PurchaseFlow({ wallet: { store, payments, balances, changes: heard }, channel, words: english, page, close: () => window.close() }).run();
}

const shown = () => screen.view.textContent;
const opens = { status: 200, url: PAID.url, body: "" };

test("what was bought is not paid again: its own permission goes to its own pay_url", async () => {
  await put("purchases", PAID);
  await open({}, [opens]);
  assert.deepEqual(posted, [[PAID.payURL, PAID.permission]]);
  assert.deepEqual(said, [{ taler: "recorded", paid: true, ...opens }]);
  assert.match(shown(), /You have bought this already.*An essay.*Nothing was paid again/s);
  assert.equal(screen.view.find("pay"), null);
  assert.deepEqual(await store.purchases.all(), [PAID]);
  assert.equal(screen.closed(), 1);
});

test("an expired offer of what was bought still opens it", async () => {
  await put("purchases", PAID);
  await open({ expiry: "/Date(1700003600)/" }, [opens]);
  assert.equal(posted.length, 1);
});

const different = {
  "another thing": { changes: { repurchase_correlation_id: "essay-2" } },
  "no correlation": { changes: { repurchase_correlation_id: undefined } },
  "a correlation that is no text": { changes: { repurchase_correlation_id: 1 } },
  "a purchase of another merchant": { record: { merchantPub: encodeBase32(masterKey) } },
  "a purchase at another site": { record: { origin: "http://other.example" } },
  "a refused purchase": { record: { state: "refused" } },
  "a purchase without a correlation": { record: { correlation: null } },
  "a purchase stored before there were correlations": { record: { correlation: undefined, merchantPub: undefined } },
};

for (const [name, { changes, record }] of Object.entries(different)) {
  test(`${name} is a new purchase`, async () => {
    await put("purchases", { ...PAID, ...record });
    await open(changes);
    assert.deepEqual(posted, []);
    assert.match(shown(), /You are buying from/);
  });
}

test("an offer that is not the merchant's replays nothing", async () => {
  await put("purchases", PAID);
  await open({}, [opens], (offer) => ({ ...offer, contract: { ...offer.contract, transaction_id: 64 } }));
  assert.deepEqual(posted, []);
  assert.deepEqual(said.map(({ taler, reason }) => [taler, reason]), [["declined", "hash"]]);
});

test("a purchase that is not finished is finished first", async () => {
  await put("purchases", { ...PAID, state: "pending", url: null });
  await put("coins", { ...await makeCoin(9, "KUDOS:8"), coinPub: "COIN", state: "locked", lockedFor: "OLD" });
  await open({}, [opens]);
  assert.deepEqual(posted, [[PAID.payURL, PAID.permission]]);
  const [purchase] = await store.purchases.all();
  assert.deepEqual([purchase.state, purchase.url], ["paid", PAID.url]);
  assert.equal((await store.coins.free())[0].remaining, Amount.parse("KUDOS:2.4").toString());
});

test("a paid purchase is replayed before one that is not finished", async () => {
  await put("purchases", { ...PAID, id: "LATER", state: "pending", created: PAID.created + 9, permission: '{"later":true}' });
  await put("purchases", PAID);
  await open({}, [opens]);
  assert.deepEqual(posted, [[PAID.payURL, PAID.permission]]);
});

test("a shop that gave the money back may sell the same thing anew, and the buyer is told", async () => {
  await put("purchases", PAID);
  await open({}, [{ status: 402, url: null, body: '{"code":2167,"hint":"refunded"}' }]);
  assert.match(shown(), /You are buying from/);
  assert.match(screen.error.textContent, /given that money back.*new payment/);
  assert.deepEqual(said, []);
  const [purchase] = await store.purchases.all();
  assert.deepEqual([purchase.state, purchase.correlation], ["paid", null]);
});

test("without an answer nothing new is offered, and trying again sends the same", async () => {
  await put("purchases", PAID);
  await open({}, [{ status: 502, url: null, body: "" }, opens]);
  assert.match(shown(), /did not show your purchase/);
  await screen.view.find("try-again").click();
  // The click's own steps are promises alone.
  await new Promise(setImmediate);
  assert.deepEqual(posted, [[PAID.payURL, PAID.permission], [PAID.payURL, PAID.permission]]);
  assert.match(shown(), /bought this already/);
});

test("two windows with two contracts for one thing: the second is not signed", async () => {
  await put("purchases", { ...PAID, state: "pending" });
  await put("coins", { ...await makeCoin(9, "KUDOS:8"), coinPub: "NEW" });
  const second = { ...PAID, id: "NEW", state: "pending", coins: [{ coinPub: "NEW", remaining: "KUDOS:8", contribution: "KUDOS:5.6" }] };
  await assert.rejects(store.purchases.commit(second), CoinsTaken);
  assert.equal((await store.coins.free()).length, 1);
  await store.purchases.commit({ ...second, correlation: "essay-2" });
  assert.equal((await store.coins.free()).length, 0);
});
