// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Wallet } from "../engine/wallet.js";
import { install } from "./support/fake-web.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy, sign } from "./support/shopping.mjs";
import { checkBooks, makeWorld, pageReserve, withdraw } from "./support/world.mjs";

function later(t, seconds) {
  t.mock.restoreAll();
  t.mock.method(Date, "now", ((real) => () => real() + seconds * 1000)(Date.now));
}

test("an empty wallet sleeps until somebody wakes it", async () => {
  assert.deepEqual(await Wallet.over(new MemoryDatabase()).work.run(), { again: null, problems: [] });
});

test("a reserve is looked at soon, and more rarely as it grows old", async (t) => {
  const world = await makeWorld();
  await world.wallet.withdrawals.handed((await pageReserve(world)).reservePub);
  assert.equal((await world.wallet.work.run()).again, 30);
  later(t, 3600);
  assert.equal((await world.wallet.work.run()).again, 1800);
  later(t, 10 * 86_400);
  assert.equal((await world.wallet.work.run()).again, 6 * 3600);
});

test("one thing's problem is not another's", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.75");
  const reserve = await pageReserve(world);
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  world.exchange.before = async (method, path) => (path.startsWith("reserves") ? { status: 500 } : undefined);
  const { problems, again } = await world.wallet.work.run();
  assert.equal(problems.length, 1);
  assert.equal(again, 30);
  assert.equal(world.exchange.sessions.size, 1);
  await checkBooks(world);
});

test("without a network nothing is lost and nothing is thrown", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.75");
  await pageReserve(world);
  install();
  const { again } = await world.wallet.work.run();
  assert.equal(again, 30);
  install(world.exchange);
  await world.wallet.work.run();
  await checkBooks(world);
});

test("a payment that nobody took ends after its contract, its coins are refreshed, and a late deposit fails", async (t) => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const { purchase, terms } = await sign(world, "0.75");
  assert.ok((await world.wallet.work.run()).again <= 3601);
  assert.equal((await world.wallet.store.purchases.get(purchase.id)).state, "pending");
  later(t, 3700);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.purchases.get(purchase.id)).state, "givenUp");
  assert.equal((await world.wallet.store.refreshes.all()).length, purchase.coins.length);
  await assert.rejects(world.exchange.deposit(purchase.permission, terms), { status: 409 });
  await checkBooks(world);
});

test("a payment that was taken without an answer is paid after its contract", async (t) => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const { purchase, terms } = await sign(world, "0.75");
  await world.exchange.deposit(purchase.permission, terms);
  later(t, 3700);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.purchases.get(purchase.id)).state, "paid");
  await checkBooks(world);
});
