// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { Wallet } from "../engine/wallet.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { merchantSeed } from "./support/offers.mjs";
import { buy, sign } from "./support/shopping.mjs";
import { acceptAll, checkBooks, held, killedAtEachStep, kudos, makeWorld, pageReserve, withdraw } from "./support/world.mjs";

/** The wallet as it was: what is read now, in a new wallet. */
async function restored(read) {
  const wallet = Wallet.over(new MemoryDatabase());
  await wallet.store.whole.merge(read);
  await acceptAll(wallet);
  return wallet;
}

async function recovered(world, read) {
  const wallet = await restored(read);
  const result = await wallet.recovery.run();
  assert.deepEqual(result.problems, []);
  await checkBooks({ wallet, exchange: world.exchange });
  return { wallet, ...result };
}

test("a copy of today is worth what the wallet is worth", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const { wallet } = await recovered(world, await world.wallet.store.whole.read());
  assert.equal(await held(wallet), await held(world.wallet));
  assert.ok((await wallet.store.coins.all()).every(({ doubt }) => doubt === false));
});

test("payments since then are found, and money is never counted twice", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const old = await world.wallet.store.whole.read();
  await buy(world, "1.23");
  const { wallet } = await recovered(world, old);
  assert.equal(await held(wallet), await held(world.wallet));
});

test("fresh coins of a refresh since then are found by link, and what they paid since", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.75");
  const old = await world.wallet.store.whole.read();
  assert.equal((await world.wallet.refreshes.run()).done, 1);
  await buy(world, "1.1");
  await world.wallet.refreshes.run();
  const { wallet, found } = await recovered(world, old);
  assert.ok(found > 0);
  assert.equal(await held(wallet), await held(world.wallet));
  // What was found can be spent.
  await buy({ wallet, exchange: world.exchange }, "1.5");
  await checkBooks({ wallet, exchange: world.exchange });
});

test("a withdrawal since then is found by the reserve's history", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  await world.wallet.withdrawals.handed(reserve.reservePub);
  const old = await world.wallet.store.whole.read();
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  await world.wallet.withdrawals.run(reserve);
  await buy(world, "0.75");
  await world.wallet.refreshes.run();
  const { wallet } = await recovered(world, old);
  assert.equal(await held(wallet), await held(world.wallet));
  assert.equal((await wallet.store.reserves.all())[0].state, "done");
});

test("a withdrawal of which the copy knows a part is completed", async () => {
  const world = await makeWorld({ kinds: 1 });
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:30");
  let old = null;
  world.exchange.after = async (method, path) => {
    if (path.endsWith("batch-withdraw") && old === null) old = await world.wallet.store.whole.read();
  };
  await world.wallet.withdrawals.run(reserve);
  const { wallet } = await recovered(world, old);
  assert.equal(await held(wallet), "KUDOS:27.2");
});

test("a purchase that was pending then and paid since is paid, and can be shown to the shop again", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const { purchase, terms } = await sign(world, "0.75");
  const old = await world.wallet.store.whole.read();
  await world.exchange.deposit(purchase.permission, terms);
  await world.wallet.payments.record(purchase.id, { status: 200, url: "http://shop.example/f", body: "" });
  const wallet = await restored(old);
  await wallet.recovery.run();
  const again = await wallet.store.purchases.get(purchase.id);
  assert.equal(again.permission, purchase.permission);
  await wallet.payments.record(again.id, { status: 200, url: "http://shop.example/f", body: "" });
  assert.equal(await held(wallet), await held(world.wallet));
  await checkBooks({ wallet, exchange: world.exchange });
});

test("a refund since then is found", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const { purchase, terms } = await buy(world, "1.6");
  const old = await world.wallet.store.whole.read();
  const before = await held(world.wallet);
  const [{ coinPub }] = purchase.coins;
  await world.exchange.refund({ coinPub, contract: purchase.id, merchantSeed, merchantPub: terms.merchant_pub, transactionID: 1, amount: "KUDOS:0.5" });
  const { wallet } = await recovered(world, old);
  assert.equal(await held(wallet), Amount.parse(before).add(kudos("0.49")).toString());
});

test("what is newer here stays when an older copy is taken in, and nothing is free again", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const old = await world.wallet.store.whole.read();
  await buy(world, "1.23");
  await world.wallet.refreshes.run();
  const before = await held(world.wallet);
  const spent = (await world.wallet.store.coins.all()).filter(({ state }) => state === "spent").map(({ coinPub }) => coinPub);
  await world.wallet.store.whole.merge(old);
  for (const { agrees } of await world.wallet.checkBooks()) assert.ok(agrees);
  for (const coinPub of spent) assert.equal((await world.wallet.store.coins.get(coinPub)).state, "spent");
  assert.equal(await held(world.wallet), before);
  const { problems } = await world.wallet.work.run();
  assert.deepEqual(problems, []);
  assert.equal(await held(world.wallet), before);
  assert.equal(await world.wallet.recovery.isNeeded(), false);
  await checkBooks(world);
});

test("without an answer a coin stays in doubt, and work asks again", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const old = await world.wallet.store.whole.read();
  await buy(world, "1.23");
  const wallet = await restored(old);
  world.exchange.before = async (method, path) => (path.endsWith("history") ? { status: 503 } : undefined);
  const { problems } = await wallet.recovery.run();
  assert.ok(problems.length > 0);
  assert.equal(await wallet.recovery.isNeeded(), true);
  const { again } = await wallet.work.run();
  assert.ok(again !== null && again <= 1800);
  world.exchange.before = async () => undefined;
  await wallet.work.run();
  assert.equal(await wallet.recovery.isNeeded(), false);
  await checkBooks({ wallet, exchange: world.exchange });
});

test("a history that the coin has not signed changes nothing", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.75");
  const wallet = await restored(await world.wallet.store.whole.read());
  const before = await held(wallet);
  for (const coin of world.exchange.coins.values()) {
    for (const entry of coin.history) entry.amount = "KUDOS:0.5";
    coin.balance = coin.balance.subtract(coin.balance);
  }
  const { problems } = await wallet.recovery.run();
  assert.ok(problems.length > 0);
  assert.equal(await held(wallet), before);
});

test("a recovery that is killed at any step is made good by the next", async () => {
  let old;
  await killedAtEachStep(async () => {
    const world = await makeWorld({ kinds: 4 });
    await withdraw(world, "1.5");
    await buy(world, "0.35");
    old = await world.wallet.store.whole.read();
    await world.wallet.refreshes.run();
    await buy(world, "0.15");
    const database = new MemoryDatabase();
    await Wallet.over(database).store.whole.merge(old);
    await acceptAll(Wallet.over(database));
    return { ...world, original: world.wallet, database, wallet: Wallet.over(database) };
  }, (world) => world.wallet.recovery.run(), async (world, when) => {
    const { problems } = await world.wallet.work.run();
    assert.deepEqual(problems, [], when);
    await world.wallet.work.run();
    await world.original.work.run();
    await checkBooks(world);
  });
});

/** What is read in the middle of `body`, when a request of this name has been carried out. */
async function readDuring(world, name, body) {
  let read = null;
  world.exchange.after = async (method, path) => {
    if (path.endsWith(name) && read === null) read = await world.wallet.store.whole.read();
  };
  await body();
  world.exchange.after = async () => {};
  return read;
}

for (const name of ["melt", "reveal"]) {
  test(`a copy from the middle of a refresh (${name}) asks about the fresh coins before it counts on them, also without a whole recovery`, async () => {
    const world = await makeWorld();
    await withdraw(world, "5");
    await buy(world, "0.75");
    const old = await readDuring(world, name, () => world.wallet.refreshes.run());
    await buy(world, "0.85");
    const wallet = await restored(old);
    assert.deepEqual((await wallet.work.run()).problems, []);
    assert.equal(await held(wallet), await held(world.wallet));
    await checkBooks({ wallet, exchange: world.exchange });
  });
}

test("a copy from the middle of a withdrawal asks about its coins before it counts on them, also without a whole recovery", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  const old = await readDuring(world, "batch-withdraw", () => world.wallet.withdrawals.run(reserve));
  await buy(world, "1.6");
  const wallet = await restored(old);
  assert.deepEqual((await wallet.work.run()).problems, []);
  assert.equal(await held(wallet), await held(world.wallet));
  await checkBooks({ wallet, exchange: world.exchange });
});
