// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Shops and exchanges that say what is not so about payments: with a real exchange's signatures, and books that must agree with it. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { CoinsTaken } from "../engine/store/purchases.js";
import { merchantSeed } from "./support/offers.mjs";
import { buy, offerFor, sign } from "./support/shopping.mjs";
import { checkBooks, held, makeWorld, withdraw } from "./support/world.mjs";

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

const PAGE = { page: "http://shop.example/essay", origin: "http://shop.example" };
const refusal = (code, coinPub) => ({ status: 403, url: null, body: JSON.stringify({ code, hint: "no", ...(coinPub === undefined ? {} : { coin_pub: coinPub }) }) });
const yes = { status: 200, url: "http://shop.example/f", body: "" };

/** Signs for the contract in `text` as a window does. */
async function pay({ wallet }, text) {
  const { offer, choice, context } = await wallet.payments.look(text, PAGE);
  return wallet.payments.commit(offer, choice, context);
}

const deposits = ({ coins }) => [...coins.values()].flatMap(({ history }) => history.filter(({ type }) => type === "DEPOSIT")).length;
const payments = async ({ wallet }) => (await wallet.store.ledger.all()).filter(({ kind }) => kind === "payment").length;
const kinds = async ({ wallet }) => new Set((await wallet.store.ledger.all()).map(({ kind }) => kind));

for (const isNamed of [true, false]) {
  test(`a shop that refuses a payment and deposits it has been paid, ${isNamed ? "whichever coin it names" : "also when it names none"}`, async () => {
    const world = await makeWorld();
    await withdraw(world, "6");
    const { wallet, exchange } = world;
    const { text, terms } = await offerFor(exchange, "1");
    const purchase = await pay(world, text);
    await exchange.deposit(purchase.permission, terms);
    const { state, isPaid } = await wallet.payments.record(purchase.id, refusal(2157, isNamed ? purchase.coins[0].coinPub : undefined));
    assert.deepEqual([state, isPaid, (await wallet.store.purchases.get(purchase.id)).state], ["refused", true, "paid"]);
    // Whoever tries again sends the same coins again.
    const again = await wallet.payments.look(text, PAGE);
    assert.deepEqual([again.kind, again.purchase.permission], ["replay", purchase.permission]);
    await checkBooks(world);
    assert.ok(!(await kinds(world)).has("loss"));
  });
}

test("the coins of a refused payment are changed, so that a deposit afterwards fails; one before that is booked as this purchase", async () => {
  for (const isLate of [true, false]) {
    const world = await makeWorld();
    await withdraw(world, "6");
    const { wallet, exchange } = world;
    const { text, terms } = await offerFor(exchange, "1");
    const { id, permission } = await pay(world, text);
    await wallet.payments.record(id, refusal(2005));
    if (!isLate) await exchange.deposit(permission, terms);
    await wallet.work.run();
    await wallet.work.run();
    if (isLate) await assert.rejects(exchange.deposit(permission, terms));
    assert.equal((await wallet.store.purchases.get(id)).state, isLate ? "refused" : "paid");
    await checkBooks(world);
    assert.ok(!(await kinds(world)).has("loss"));
  }
});

test("a try that was refused and deposited after another was signed is the one that counts, and is booked as a payment", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet, exchange } = world;
  const { text, terms } = await offerFor(exchange, "1");
  const first = await pay(world, text);
  for (const { coinPub } of first.coins) await wallet.payments.record(first.id, refusal(2157, coinPub));
  await wallet.store.coins.doubt(first.coins.map(({ coinPub }) => coinPub));
  const second = await pay(world, text);
  assert.ok(second.coins.every(({ coinPub }) => first.coins.every((one) => one.coinPub !== coinPub)));
  await exchange.deposit(first.permission, terms);
  await wallet.recovery.run();
  const { state, permission, attempt, earlier } = await wallet.store.purchases.get(first.id);
  assert.deepEqual([state, permission, attempt, earlier.map((one) => one.attempt)], ["paid", first.permission, 1, [2]]);
  // The shop takes the other as well: the wallet learns it, and says so.
  await exchange.deposit(second.permission, terms);
  await wallet.payments.record(first.id, yes, second.attempt);
  assert.equal((await wallet.store.purchases.get(first.id)).earlier[0].coins.every(({ taken }) => taken), true);
  await wallet.work.run();
  await checkBooks(world);
  assert.ok(await payments(world) >= 2);
  assert.ok(!(await kinds(world)).has("loss"));
});

test("a word about an earlier try ends no later one", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet, exchange } = world;
  const { text, terms } = await offerFor(exchange, "1");
  const first = await pay(world, text);
  const named = refusal(2157, first.coins[0].coinPub);
  await wallet.payments.record(first.id, named, first.attempt);
  const second = await pay(world, text);
  for (const word of [named, { status: 502, url: null, body: "" }, yes]) {
    const { state, isLate } = await wallet.payments.record(first.id, word, first.attempt);
    assert.deepEqual([state, isLate], ["pending", true]);
  }
  assert.equal((await wallet.store.purchases.get(first.id)).tries, 0);
  await exchange.deposit(second.permission, terms);
  assert.equal((await wallet.payments.record(second.id, yes, second.attempt)).state, "paid");
  await wallet.work.run();
  await checkBooks(world);
});

test("what a shop calls paid and nobody has deposited is the wallet's again when its time is over; what is deposited stays paid", async () => {
  for (const isDeposited of [false, true]) {
    const world = await makeWorld();
    await withdraw(world, "6");
    const { wallet, exchange } = world;
    const before = await held(wallet);
    const { text, terms } = await offerFor(exchange, "1");
    const purchase = await pay(world, text);
    if (isDeposited) await exchange.deposit(purchase.permission, terms);
    await wallet.payments.record(purchase.id, yes);
    assert.deepEqual(await wallet.payments.expired(), []);
    // After the contract's expiry an honest shop may still be at it; not after its refund deadline.
    Date.now = () => realNow() + 7200 * 1000;
    assert.deepEqual(await wallet.payments.expired(), []);
    Date.now = () => realNow() + 86_500 * 1000;
    exchange.before = async (method, path) => (path.includes("/history") ? { status: 503, body: {} } : undefined);
    assert.deepEqual(await wallet.payments.expired(), []);
    exchange.before = async () => undefined;
    assert.deepEqual(await wallet.payments.expired(), isDeposited ? [] : [{ purchase: purchase.id, state: "givenUp" }]);
    const { state, proven } = await wallet.store.purchases.get(purchase.id);
    assert.deepEqual([state, proven], [isDeposited ? "paid" : "givenUp", true]);
    if (!isDeposited) assert.equal(await held(wallet), before);
    await checkBooks(world);
    const asked = exchange.requests.length;
    await wallet.payments.expired();
    assert.equal(exchange.requests.length, asked);
    if (!isDeposited) {
      await wallet.refreshes.run();
      await assert.rejects(exchange.deposit(purchase.permission, terms));
    }
    Date.now = realNow;
  }
});

test("a payment whose contract never expires ends before its coins do", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet } = world;
  const { text } = await offerFor(world.exchange, "1", { expiry: "/never/" });
  const { id } = await pay(world, text);
  assert.deepEqual(await wallet.payments.expired(), []);
  const end = Math.min(...(await wallet.store.coins.all()).map(({ expireDeposit }) => expireDeposit));
  Date.now = () => (end - 5000) * 1000;
  assert.deepEqual(await wallet.payments.expired(), [{ purchase: id, state: "givenUp" }]);
  await checkBooks(world);
});

test("a coin that came into doubt since it was chosen is not signed for", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet, exchange } = world;
  const { text } = await offerFor(exchange, "1");
  const { offer, choice, context } = await wallet.payments.look(text, PAGE);
  await wallet.store.coins.doubt(choice.plan.coins.map(({ coin }) => coin.id));
  await assert.rejects(wallet.payments.commit(offer, choice, context), CoinsTaken);
});

test("a refund that is credited while a coin's history is on its way is not lost", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  const { wallet, exchange } = world;
  const { purchase: bought, terms } = await buy(world, "2.45");
  const split = (await wallet.store.coins.all()).find(({ exposed }) => exposed === "split");
  const { purchase } = await sign(world, split.remaining.split(":")[1]);
  assert.ok(purchase.coins.some(({ coinPub }) => coinPub === split.coinPub));
  let credited = null;
  exchange.after = async (method, path) => {
    if (!path.includes(split.coinPub) || !path.includes("/history") || credited !== null) return;
    credited = "on its way";
    const about = { coinPub: split.coinPub, contract: bought.id, merchantSeed, merchantPub: terms.merchant_pub, transactionID: 1, amount: "KUDOS:0.3" };
    const text = JSON.stringify({ h_contract: bought.id, refunds: [await exchange.refund(about)] });
    credited = (await wallet.refunds.collect(bought.id, PAGE.origin, text)).credited.toString();
  };
  await wallet.payments.record(purchase.id, { ...refusal(1012, split.coinPub), status: 409 });
  assert.notEqual(credited, "on its way");
  assert.equal((await wallet.store.coins.get(split.coinPub)).doubt, true);
  await wallet.recovery.run(() => {}, { only: "doubt" });
  await checkBooks(world);
  assert.ok(!(await kinds(world)).has("loss"));
});
