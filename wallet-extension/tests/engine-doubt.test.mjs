// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Coins of which nobody knows whether they are still there: they do not pay, and do not count as money that can be spent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { offerFor } from "./support/shopping.mjs";
import { makeWorld, withdraw } from "./support/world.mjs";

const PAGE = { page: "http://shop.example/essay", origin: "http://shop.example" };

test("coins that have come into doubt since the offer was shown sign nothing", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { text } = await offerFor(world.exchange, "1");
  const { offer, choice, context } = await world.wallet.payments.look(text, PAGE);
  await world.wallet.store.coins.doubt(choice.plan.coins.map(({ coin }) => coin.id));
  await assert.rejects(world.wallet.payments.commit(offer, choice, context), { message: "a coin is not free any more" });
  assert.deepEqual(await world.wallet.store.purchases.all(), []);
});

test("money in doubt is counted by itself", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const coins = await world.wallet.store.coins.all();
  await world.wallet.store.coins.doubt(coins.map(({ coinPub }) => coinPub));
  const [{ free, doubtful }] = await world.wallet.balances();
  assert.deepEqual([free.toString(), doubtful.toString()], ["KUDOS:0", "KUDOS:4.9"]);
  await world.wallet.work.run();
  assert.equal((await world.wallet.balances())[0].free.toString(), "KUDOS:4.9");
});
