// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Shops and exchanges that say what is not so about payments: with a real exchange's signatures, and books that must agree with it. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { merchantSeed } from "./support/offers.mjs";
import { buy } from "./support/shopping.mjs";
import { makeWorld, withdraw } from "./support/world.mjs";

const realNow = Date.now;
afterEach(() => { Date.now = realNow; });

test("an exchange that keeps more of a refund than its fee is not believed", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet, exchange } = world;
  const { purchase, terms } = await buy(world, "1");
  const { coinPub, contribution: amount } = purchase.coins.find(({ contribution }) => Amount.parse(contribution).compare(Amount.parse("KUDOS:0.2")) > 0);
  await exchange.refund({ coinPub, contract: purchase.id, merchantSeed, merchantPub: terms.merchant_pub, transactionID: 1, amount });
  const coin = exchange.coins.get(coinPub);
  const entry = coin.history.at(-1);
  const honest = { ...entry };
  const more = Amount.parse("KUDOS:0.1");
  entry.amount = Amount.parse(entry.amount).subtract(more).toString();
  entry.refund_fee = Amount.parse(entry.refund_fee).add(more).toString();
  coin.balance = coin.balance.subtract(more);
  await wallet.store.coins.doubt([coinPub]);
  assert.match((await wallet.recovery.run()).problems.join(), /higher fee/);
  Object.assign(entry, honest);
  coin.balance = coin.balance.add(more);
  assert.deepEqual((await wallet.recovery.run()).problems, []);
});
