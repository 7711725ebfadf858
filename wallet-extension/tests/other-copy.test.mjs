// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Two copies of one wallet that spend the same coins. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Wallet } from "../engine/wallet.js";
import { page } from "../window/page.js";
import { Sending } from "../window/sending.js";
import { installPage } from "./support/fake-page.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy, sign } from "./support/shopping.mjs";
import { english } from "./support/words.mjs";
import { checkBooks, makeWorld, withdraw } from "./support/world.mjs";

const GOOD = "seven green lamps and one long ladder";

/** A wallet and its copy, which has bought for `prices` since. */
async function copied(prices) {
  const world = await makeWorld();
  await withdraw(world, "5");
  const wallet = Wallet.over(new MemoryDatabase());
  await wallet.exchanges.accept(await wallet.exchanges.preview(world.exchange.url));
  await wallet.backup.restore(await world.wallet.backup.export(GOOD), GOOD);
  assert.deepEqual((await wallet.recovery.run()).problems, []);
  for (const price of prices) await buy({ ...world, wallet }, price);
  return world;
}

/** The shop names this coin of the purchase as spent. */
async function refused({ wallet }, purchase, coinPub) {
  const outcome = { status: 409, url: null, body: JSON.stringify({ code: 1012, hint: "spent", coin_pub: coinPub }) };
  const channel = { origin: purchase.origin, post: async () => outcome, send() {} };
  installPage();
  await new Sending({ wallet, channel, words: english, page, close() {}, reopen() {} }).first(purchase, purchase.payURL);
}

test("when a coin proves to be spent by another copy, the exchange is asked about all, and the next plan is made of coins that are there", async () => {
  const world = await copied(["1", "0.7", "0.3"]);
  const { wallet, exchange } = world;
  const isSpent = ({ coinPub, remaining }, coins) => exchange.balanceOf(coins.find((one) => one.coinPub === coinPub)).toString() !== remaining;
  const { purchase } = await sign(world, "4");
  const before = await wallet.store.coins.all();
  const named = purchase.coins.find((coin) => isSpent(coin, before));
  const others = before.filter((coin) => coin.coinPub !== named.coinPub && isSpent(coin, before));
  assert.ok(others.length > 0);
  await refused(world, purchase, named.coinPub);
  await checkBooks(world);
  assert.ok((await wallet.store.coins.all()).every(({ doubt }) => doubt !== true));
  const losses = (await wallet.history()).filter(({ kind }) => kind === "loss");
  assert.ok(losses.length > 1 && losses.every(({ reference }) => reference !== ""));
  const next = await sign(world, "1.5");
  for (const { coinPub, remaining } of next.purchase.coins) {
    assert.equal(exchange.balanceOf(await wallet.store.coins.get(coinPub)).toString(), remaining);
  }
});

test("a shop that names a coin which is not spent has no other coin asked about", async () => {
  const world = await copied([]);
  const { purchase } = await sign(world, "4");
  let runs = 0;
  world.wallet.recovery.run = async () => { runs += 1; };
  await refused(world, purchase, purchase.coins[0].coinPub);
  assert.equal(runs, 0);
});
