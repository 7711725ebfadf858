// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Random lives of a wallet: money comes, is spent, given back, changed; it is killed, goes on, and comes back from backups that are too old. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { Wallet } from "../engine/wallet.js";
import { Killed, MemoryDatabase, Mortal } from "./support/memory-database.mjs";
import { merchantSeed } from "./support/offers.mjs";
import { sign } from "./support/shopping.mjs";
import { acceptAll, checkBooks, kudos, makeWorld, pageReserve } from "./support/world.mjs";

const LIVES = Number(process.env.LIVES ?? 8);
const FIRST = Number(process.env.SEED ?? 1);
const DEEDS = 24;

/** Numbers below 1 from a seed (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Life {
  constructor(world, random) {
    Object.assign(this, world);
    this.random = random;
    this.paid = [];
    this.unsent = [];
    this.copies = [];
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  /** Does `body` with a wallet that is killed at some step, or that lives. */
  async mortally(body) {
    const mortal = new Mortal(this.database, this.random() < 0.6 ? 1 + Math.floor(this.random() * 25) : Infinity, this.random() < 0.5);
    const { fetch } = globalThis;
    globalThis.fetch = (...all) => mortal.step(() => fetch(...all));
    try {
      await body({ exchange: this.exchange, wallet: Wallet.over(mortal) });
    } catch (error) {
      if (!isDeath(error)) throw error;
    } finally {
      globalThis.fetch = fetch;
    }
    this.wallet = Wallet.over(this.database);
  }

  async withdraw() {
    const amount = (1 + this.random() * 4).toFixed(1);
    await this.mortally(async (world) => {
      const reserve = await pageReserve(world, amount);
      this.exchange.wire(reserve.reservePub, `KUDOS:${amount}`);
      await world.wallet.withdrawals.handed(reserve.reservePub);
      await world.wallet.withdrawals.run(reserve);
    });
  }

  async buy() {
    const [{ free }] = await this.wallet.balances();
    const price = (0.02 + this.random() * 1.5).toFixed(2);
    if (free.compare(kudos(price).add(kudos("0.3"))) < 0) return;
    await this.mortally(async (world) => {
      const { purchase, terms } = await sign(world, price).catch((error) => {
        if (error.message === "the wallet holds too little") return {};
        throw error;
      });
      if (purchase === undefined) return;
      this.unsent.push({ purchase, terms });
      await this.send({ purchase, terms }, world.wallet);
    });
  }

  /** The shop gets a permission, and its answer may be lost. */
  async send({ purchase, terms }, wallet) {
    const status = await this.exchange.deposit(purchase.permission, terms).then(() => 200, ({ status: refused }) => refused);
    if (status === 200 && !this.paid.some((one) => one.purchase.id === purchase.id)) this.paid.push({ purchase, terms, refunds: 0 });
    const body = status === 200 ? "" : JSON.stringify({ code: 1012 });
    await wallet.payments.record(purchase.id, { status, url: "http://shop.example/f", body }, purchase.attempt);
  }

  async sendAgain() {
    const pending = (await this.wallet.store.purchases.pending()).map(({ id }) => id);
    const one = this.pick(this.unsent.filter(({ purchase }) => pending.includes(purchase.id)));
    if (one !== undefined) await this.mortally(({ wallet }) => this.send(one, wallet));
  }

  async refund() {
    const one = this.pick(this.paid.filter(({ refunds }) => refunds === 0));
    if (one === undefined) return;
    one.refunds = 1;
    const { coinPub, contribution } = one.purchase.coins[0];
    const amount = Amount.parse(contribution);
    if (amount.compare(kudos("0.02")) < 0) return;
    const part = await this.exchange.refund(
      { coinPub, contract: one.purchase.id, merchantSeed, merchantPub: one.terms.merchant_pub, transactionID: 1, amount: contribution });
    one.list = { h_contract: one.purchase.id, refund_amount: contribution, refunds: [part] };
  }

  /** The shop's page tells of refunds, some later than others. */
  async tellRefunds(isMortal = true) {
    for (const { purchase, list } of this.paid.filter((one) => one.list !== undefined)) {
      if ((await this.wallet.store.purchases.get(purchase.id)) === undefined) continue;
      const tell = ({ wallet }) => wallet.refunds.collect(purchase.id, "http://shop.example", JSON.stringify(list));
      await (isMortal ? this.mortally(tell) : tell(this));
    }
  }

  work() {
    return this.mortally(({ wallet }) => wallet.work.run());
  }

  async copy() {
    this.copies.push(await this.wallet.store.whole.read());
  }

  /** An old backup is taken in. */
  async mix() {
    const copy = this.pick(this.copies);
    if (copy !== undefined) await this.mortally(({ wallet }) => wallet.store.whole.merge(copy));
  }

  /**
   * The computer is gone; only a backup is left that has all the reserves: nobody can find money of a key that is lost. Nothing is under way
   * then: what is melted and not revealed would be lost as well.
   */
  async start() {
    const reserves = await this.wallet.store.reserves.all();
    const copy = this.pick(this.copies.filter((one) => one.reserves.length === reserves.length));
    if (copy === undefined) return;
    await this.settle();
    this.database = new MemoryDatabase();
    this.wallet = Wallet.over(this.database);
    await this.wallet.store.whole.merge(copy);
    await acceptAll(this.wallet);
    this.copies = [copy];
  }

  async settle() {
    for (let i = 0; i < 3; i++) assert.deepEqual((await this.wallet.work.run()).problems, []);
    for (const one of this.unsent) {
      const purchase = await this.wallet.store.purchases.get(one.purchase.id);
      if (purchase?.state === "pending") await this.send(one, this.wallet);
    }
    for (let i = 0; i < 3; i++) assert.deepEqual((await this.wallet.work.run()).problems, []);
  }
}

function isDeath(error) {
  for (let one = error; one !== undefined && one !== null; one = one.cause) if (one instanceof Killed) return true;
  return false;
}

const WEIGHTS = { withdraw: 5, buy: 8, sendAgain: 2, refund: 2, tellRefunds: 2, work: 6, copy: 2, mix: 1, start: 1 };
const CHOICES = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array(weight).fill(name));

for (let seed = FIRST; seed < FIRST + LIVES; seed++) {
  test(`in life ${seed} nothing is lost and nothing counts twice`, async () => {
    const life = new Life(await makeWorld({ kinds: 6 }), numbers(seed));
    const deeds = [];
    for (let i = 0; i < DEEDS; i++) {
      const deed = life.pick(CHOICES);
      deeds.push(deed);
      await life[deed]();
    }
    await life.tellRefunds(false);
    await life.settle();
    await life.wallet.recovery.run();
    await life.settle();
    try {
      await checkBooks(life);
      const held = (await life.wallet.store.coins.all()).reduce((all, { remaining }) => all + Amount.parse(remaining).units, 0n);
      // Purchases of a wallet that is gone hold nothing; reserves that were never completed are at the exchange.
      assert.equal(held, life.exchange.outstanding);
    } catch (error) {
      error.message += `\n${deeds.join(" ")}`;
      throw error;
    }
  });
}
