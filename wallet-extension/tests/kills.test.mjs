// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A wallet that is killed at any step of its database or of the network, and opened again: no coin is lost, none is spent twice. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { Payments } from "../engine/payments.js";
import { CoinsTaken } from "../engine/store/purchases.js";
import { Store } from "../engine/store/store.js";
import { Killed, MemoryDatabase, Mortal } from "./support/memory-database.mjs";
import { assertBooks, CoinExchange, exchangesOf, makeCoin, putCoins } from "./support/money.mjs";
import { Shop } from "./support/shop.mjs";

const VALUES = ["KUDOS:4", "KUDOS:2", "KUDOS:1", "KUDOS:0.5"];
const LATER = 4_000_000_001_000;

/** A database with coins, their exchange, and a shop. */
async function world() {
  const database = new MemoryDatabase();
  const exchange = new CoinExchange();
  const coins = await Promise.all(VALUES.map((value, i) => makeCoin(20 + i, value)));
  await putCoins(database, coins);
  return { database, exchange, coins, shop: new Shop(exchange, coins) };
}

/** A wallet over the database; what it asks of others is a step at which it can be killed, too. */
function open({ database, exchange, shop }, last = Infinity, after = false) {
  const mortal = new Mortal(database, last, after);
  const store = new Store(mortal);
  const [exchanges, inquiry] = exchangesOf(exchange);
  const asked = { facts: (coin) => mortal.step(() => inquiry.facts(coin)) };
  return { store, payments: new Payments(store, exchanges, asked), post: (text) => mortal.step(async () => shop.post(text)), steps: () => mortal.steps };
}

/** Pays an offer as a window does: look, sign, post, keep the answer; again after a refusal. */
async function pay({ payments, post }, text, page, tries = 3) {
  const seen = await payments.look(text, page);
  if (seen.kind === "offer" && seen.choice === null) return "poor";
  const purchase = seen.kind === "offer" ? await payments.commit(seen.offer, seen.choice, seen.context) : seen.purchase;
  const { state } = await payments.record(purchase.id, await post(purchase.permission), purchase.attempt);
  return state === "refused" && tries > 1 ? pay({ payments, post }, text, page, tries - 1) : state;
}

/** The wallet's coins hold exactly what the exchange would still take of them, and the books agree. */
async function assertMoney({ database, exchange }) {
  await assertBooks(database);
  for (const coin of await database.all("coins")) {
    assert.notEqual(coin.state, "locked");
    assert.equal(Amount.parse(coin.remaining).units, exchange.balance(coin), `coin of ${coin.value}, ${coin.state}`);
    assert.equal(coin.state === "spent", Amount.parse(coin.remaining).isZero);
  }
}

/** Runs `scene(world, wallet)` with a kill at every step in turn, before and after it is done; each time `resume(world)` puts things right. */
async function atEveryStep(prepare, scene, resume) {
  let kills = 0;
  for (const after of [false, true]) {
    for (let last = 1; ; last++) {
      const here = await prepare();
      const wallet = open(here, last, after);
      const wasKilled = await scene(here, wallet).then(() => false, (error) => {
        if (error instanceof Killed) return true;
        throw error;
      });
      kills += wasKilled ? 1 : 0;
      await resume(here);
      await assertMoney(here);
      if (wallet.steps() < last) break;
    }
  }
  return kills;
}

async function offered(cents) {
  const here = await world();
  return { ...here, text: await here.shop.offer(cents) };
}

test("a purchase that is killed anywhere is finished on return, and paid once", async () => {
  const kills = await atEveryStep(() => offered(550),
    ({ text, shop }, wallet) => pay(wallet, text, shop.page),
    async (here) => {
      assert.equal(await pay(open(here), here.text, here.shop.page), "paid");
      assert.equal(here.shop.paid.size, 1);
      assert.equal((await here.database.all("ledger")).filter(({ kind }) => kind === "payment").length, 1);
      const sum = (await here.database.all("coins")).reduce((all, { remaining }) => all + Amount.parse(remaining).units, 0n);
      assert.equal(sum, 200_000_000n);
    });
  assert.ok(kills >= 12, `${kills} kills`);
});

test("a purchase that a spent coin holds up and that is killed anywhere is paid with other coins", async () => {
  const prepare = async () => {
    const here = await offered(300);
    here.exchange.deposit("ELSEWHERE", [{ coin: here.coins[0], amount: "KUDOS:3.5" }]);
    return here;
  };
  const kills = await atEveryStep(prepare, ({ text, shop }, wallet) => pay(wallet, text, shop.page), async (here) => {
    assert.equal(await pay(open(here), here.text, here.shop.page), "paid");
    assert.equal(here.shop.paid.size, 1);
    // A coin in doubt is asked for by the recovery.
    const wallet = open(here);
    const facts = await exchangesOf(here.exchange)[1].facts(here.coins[0]);
    await wallet.store.coins.prove(here.coins[0].coinPub, facts);
  });
  assert.ok(kills >= 12, `${kills} kills`);
});

for (const [name, isDeposited] of [["arrived", true], ["did not arrive", false]]) {
  test(`a payment without an answer that ${name} ends after its expiry, also when that is killed anywhere`, async () => {
    const prepare = async () => {
      const here = await offered(550);
      const wallet = open(here);
      const seen = await wallet.payments.look(here.text, here.shop.page);
      const purchase = await wallet.payments.commit(seen.offer, seen.choice, seen.context);
      if (isDeposited) here.shop.post(purchase.permission);
      return { ...here, purchase };
    };
    const real = Date.now;
    Date.now = () => LATER;
    try {
      // The world is made before the offer expires.
      const early = async () => {
        Date.now = real;
        const here = await prepare();
        Date.now = () => LATER;
        return here;
      };
      // A kill while one payment is ended looks to expired() like an exchange that does not answer.
      await atEveryStep(early, (here, { payments }) => payments.expired(), async (here) => {
        await open(here).payments.expired();
        const { state } = await open(here).store.purchases.get(here.purchase.id);
        assert.equal(state, isDeposited ? "paid" : "givenUp");
        const exposed = (await here.database.all("coins")).filter((coin) => coin.exposed === "givenUp").length;
        assert.equal(exposed, isDeposited ? 0 : here.purchase.coins.length);
      });
    } finally {
      Date.now = real;
    }
  });
}

/** A small generator of numbers from 0 up to `below`, the same each time for a seed. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const EXPECTED = (error) => error instanceof Killed || error instanceof CoinsTaken;

test("200 random runs of two windows with kills: the exchange and the ledger agree", async () => {
  let kills = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const random = numbers(seed);
    const here = await world();
    const offers = [];
    for (let i = 0; i < 4; i++) offers.push(await here.shop.offer(5 + random(250), random(3) === 0 ? { repurchase_correlation_id: "same" } : {}));
    for (let round = 0; round < 4; round++) {
      const windows = [0, 1].map(() => open(here, 1 + random(25), random(2) === 1));
      const ways = await Promise.allSettled(windows.map((wallet) => pay(wallet, offers[random(4)], here.shop.page)));
      for (const { status, reason } of ways) if (status === "rejected" && !EXPECTED(reason)) throw reason;
      kills += ways.filter(({ reason }) => reason instanceof Killed).length;
    }
    const wallet = open(here);
    for (const { id, permission, attempt } of await wallet.store.purchases.pending()) {
      await wallet.payments.record(id, here.shop.post(permission), attempt);
    }
    await assertMoney(here);
    const purchases = await wallet.store.purchases.all();
    assert.deepEqual(new Set(purchases.filter(({ state }) => state === "paid").map(({ id }) => id)), new Set(here.shop.paid.keys()));
    assert.ok(purchases.filter(({ correlation }) => correlation === "same").length <= 1, `seed ${seed}`);
  }
  assert.ok(kills > 200, `${kills} kills`);
});
