// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { Wallet } from "../engine/wallet.js";
import { install } from "./support/fake-web.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy } from "./support/shopping.mjs";
import { checkBooks, held, killedAtEachStep, kudos, makeWorld, withdraw } from "./support/world.mjs";

async function spent() {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.75");
  return world;
}

function coinsIn(wallet, state) {
  return wallet.store.coins.all().then((coins) => coins.filter((coin) => coin.state === state));
}

test("a coin that was split is refreshed, at the cost of the fees alone", async () => {
  const world = await spent();
  const before = kudosOf(await held(world.wallet));
  const [split] = await coinsIn(world.wallet, "free").then((coins) => coins.filter(({ exposed }) => exposed === "split"));
  const { done, problems } = await world.wallet.refreshes.run();
  assert.deepEqual([done, problems], [1, []]);
  const old = await world.wallet.store.coins.get(split.coinPub);
  assert.ok(kudosOf(old.remaining).compare(kudos("0.12")) < 0, old.remaining);
  const fresh = (await world.wallet.store.coins.all()).filter(({ from }) => from.refresh !== undefined);
  assert.ok(fresh.length > 0 && fresh.every(({ state, exposed }) => state === "free" && exposed === null));
  const cost = before.subtract(kudosOf(await held(world.wallet)));
  assert.equal(cost.toString(), kudos("0.01").add(Amount.parse(`KUDOS:${(fresh.length * 0.01).toFixed(2)}`)).toString());
  await checkBooks(world);
  assert.deepEqual((await world.wallet.refreshes.run()).done, 0);
});

test("coins that nobody has seen are left alone", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  assert.deepEqual(await world.wallet.refreshes.wanted(), []);
});

test("coins whose denomination ends soon become others that last longer", async (t) => {
  const world = await makeWorld();
  await withdraw(world, "5");
  // The smallest cannot pay the fee and become anything.
  const count = (await coinsIn(world.wallet, "free")).filter(({ value }) => value !== "KUDOS:0.1").length;
  t.mock.method(Date, "now", ((real) => () => real() + 62 * 86_400_000)(Date.now));
  // The exchange goes on: an online key and denominations of today.
  const fresh = await makeWorld({ firstKey: 10 });
  world.exchange.keys.denominations.push(...fresh.exchange.keys.denominations);
  install(world.exchange);
  const { done, problems } = await world.wallet.refreshes.run();
  assert.deepEqual(problems, []);
  assert.equal(done, count);
  await checkBooks(world);
});

test("too little for a fresh coin stays as it is and can be spent", async () => {
  const world = await makeWorld({ kinds: 1 });
  await withdraw(world, "0.11");
  await buy(world, "0.05");
  const [coin] = await coinsIn(world.wallet, "free");
  assert.equal(coin.exposed, "split");
  assert.deepEqual(await world.wallet.refreshes.wanted(), []);
  assert.deepEqual(await world.wallet.refreshes.run(), { done: 0, problems: [] });
  await buy(world, "0.03");
  await checkBooks(world);
});

test("a melt that the exchange has signed with a key that it does not list is not believed, and made again", async () => {
  const world = await spent();
  const { keys } = world.exchange;
  const { onlineSeed } = keys;
  world.exchange.before = async (method, path) => { if (path.endsWith("melt")) keys.onlineSeed = new Uint8Array(32).fill(99); };
  world.exchange.after = async () => { keys.onlineSeed = onlineSeed; };
  const { done, problems } = await world.wallet.refreshes.run();
  assert.equal(done, 0);
  assert.equal(problems.length, 1);
  const [refresh] = await world.wallet.store.refreshes.all();
  assert.equal(refresh.state, "planned");
  world.exchange.before = async () => undefined;
  assert.equal((await world.wallet.refreshes.run()).done, 1);
  assert.equal(world.exchange.sessions.size, 1);
  await checkBooks(world);
});

/** Another copy of the wallet, as it is now. */
async function copyOf(world) {
  const database = new MemoryDatabase();
  const records = { ...await world.wallet.store.whole.read(), ledger: await world.wallet.store.ledger.all() };
  await database.write(Object.keys(records), async (stores) => {
    for (const [name, all] of Object.entries(records)) for (const one of all) await stores[name].put(one);
  });
  return { ...world, database, wallet: Wallet.over(database) };
}

test("two copies of the wallet make the same refresh of a coin, and have the same fresh coins", async () => {
  const world = await spent();
  const twin = await copyOf(world);
  await world.wallet.refreshes.run();
  const { done, problems } = await twin.wallet.refreshes.run();
  assert.deepEqual([done, problems], [1, []]);
  const refreshesOf = async ({ wallet }) => (await wallet.store.refreshes.all()).map(({ id, state }) => [id, state]);
  assert.deepEqual(await refreshesOf(twin), await refreshesOf(world));
  assert.equal(await held(twin.wallet), await held(world.wallet));
  await checkBooks(twin);
});

test("a coin that another copy of the wallet has spent ends as what the exchange proves, and is a loss in the books", async () => {
  const world = await spent();
  const twin = await copyOf(world);
  const split = (await coinsIn(world.wallet, "free")).find(({ exposed }) => exposed === "split");
  const others = (await coinsIn(world.wallet, "free")).filter(({ coinPub }) => coinPub !== split.coinPub);
  await world.database.write(["coins"], async ({ coins }) => {
    for (const coin of others) await coins.put({ ...coin, state: "refused" });
  });
  await buy(world, "0.4");
  const { done, problems } = await twin.wallet.refreshes.run();
  assert.deepEqual([done, problems], [0, []]);
  assert.deepEqual((await twin.wallet.store.ledger.all()).filter(({ kind }) => kind === "loss").map(({ amount, reference }) => [amount, reference]),
    [["KUDOS:0.4", split.coinPub]]);
  assert.equal((await twin.wallet.store.coins.get(split.coinPub)).remaining, world.exchange.balanceOf(split).toString());
});

test("a refusal without a reason leaves the coin, and is not repeated at once", async () => {
  const world = await spent();
  world.exchange.before = async (method, path) => (path.endsWith("melt") ? { status: 400, body: { code: 22, hint: "no" } } : undefined);
  await world.wallet.refreshes.run();
  const tries = () => world.exchange.requests.filter((one) => one.endsWith("melt")).length;
  assert.equal(tries(), 1);
  await world.wallet.refreshes.run();
  assert.equal(tries(), 1);
  assert.equal((await coinsIn(world.wallet, "melting")).length, 0);
  await checkBooks(world);
});

test("a denomination that the exchange revokes before the melt: the coin stays what the exchange proves", async () => {
  const world = await spent();
  const coins = await coinsIn(world.wallet, "free");
  const split = coins.find(({ exposed }) => exposed === "split");
  world.exchange.before = async (method, path) => { if (path.endsWith("melt")) world.exchange.keys.find(split.denomHash).isRevoked = true; };
  await world.wallet.refreshes.run();
  assert.equal((await world.wallet.store.coins.get(split.coinPub)).state, "free");
  assert.deepEqual(await world.wallet.refreshes.wanted(), []);
  await checkBooks(world);
});

test("a refresh that is killed at any step comes to its end, and no coin is lost", async () => {
  await killedAtEachStep(spent, (world) => world.wallet.refreshes.run(), async (world, when) => {
    const { problems } = await world.wallet.work.run();
    assert.deepEqual(problems, [], when);
    assert.deepEqual(await world.wallet.refreshes.wanted(), [], when);
    assert.equal((await world.wallet.store.refreshes.open()).length, 0, when);
    assert.equal(world.exchange.sessions.size, 1, when);
    await checkBooks(world);
  });
});

test("two windows refresh a coin once", async () => {
  const world = await spent();
  const other = Wallet.over(world.database);
  await Promise.all([world.wallet.refreshes.run(), other.refreshes.run(), other.work.run()]);
  assert.equal(world.exchange.sessions.size, 1);
  await checkBooks(world);
});

function kudosOf(text) {
  return Amount.parse(text);
}

test("a refusal that has passed costs a coin nothing: it is refreshed later", async (t) => {
  const world = await spent();
  world.exchange.before = async (method, path) => (path.endsWith("melt") ? { status: 404, body: { code: 1005, hint: "no such denomination" } } : undefined);
  await world.wallet.work.run();
  world.exchange.before = async () => undefined;
  assert.equal((await coinsIn(world.wallet, "refused")).length, 0);
  t.mock.method(Date, "now", ((real) => () => real() + 86_400_000)(Date.now));
  assert.equal((await world.wallet.refreshes.run()).done, 1);
  await checkBooks(world);
});

test("a reveal that is refused once by an exchange is no loss, whatever the clock says", async (t) => {
  const world = await spent();
  world.exchange.before = async (method, path) => (path.endsWith("reveal") ? { status: 404, body: { code: 1005 } } : undefined);
  await world.wallet.refreshes.run();
  const later = t.mock.method(Date, "now", ((real) => () => real() + 40 * 86_400_000)(Date.now));
  await world.wallet.refreshes.run();
  later.mock.restore();
  const [{ state, refusals }] = await world.wallet.store.refreshes.all();
  assert.deepEqual([state, refusals], ["melted", 2]);
  world.exchange.before = async () => undefined;
  await world.wallet.refreshes.run();
  await checkBooks(world);
});

test("a reveal that is refused a hundred times for more than a month is a loss", async (t) => {
  const world = await spent();
  world.exchange.before = async (method, path) => (path.endsWith("reveal") ? { status: 404, body: { code: 1005 } } : undefined);
  await world.wallet.refreshes.run();
  for (let i = 0; i < 99; i++) await world.wallet.refreshes.resume();
  t.mock.method(Date, "now", ((real) => () => real() + 31 * 86_400_000)(Date.now));
  await world.wallet.refreshes.resume();
  assert.equal((await world.wallet.store.refreshes.all())[0].state, "failed");
  assert.equal((await world.wallet.store.ledger.all()).at(-1).kind, "loss");
});

test("what the clock was ahead for does not keep a coin from being refreshed", async (t) => {
  const world = await spent();
  world.exchange.before = async (method, path) => (path.endsWith("melt") ? { status: 400, body: { code: 22 } } : undefined);
  const later = t.mock.method(Date, "now", ((real) => () => real() + 20 * 86_400_000)(Date.now));
  await world.wallet.refreshes.run();
  later.mock.restore();
  world.exchange.before = async () => undefined;
  assert.equal((await world.wallet.refreshes.run()).done, 1);
});

test("an exchange that has forgotten a refreshed coin does not double its money", async () => {
  const world = await spent();
  await world.wallet.refreshes.run();
  const before = await held(world.wallet);
  await world.wallet.store.coins.doubt([(await world.wallet.store.refreshes.all())[0].coinPub]);
  world.exchange.before = async (method, path) => (path.endsWith("history") ? { status: 404, body: { code: 1019 } } : undefined);
  await world.wallet.recovery.run(undefined, { only: "doubt" });
  assert.equal(await held(world.wallet), before);
});

test("coins that have ended count as nothing, and as money again when it was only the clock", async (t) => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const [{ free }] = await world.wallet.balances();
  const later = t.mock.method(Date, "now", ((real) => () => real() + 91 * 86_400_000)(Date.now));
  await world.wallet.refreshes.run();
  await world.wallet.work.run();
  assert.equal((await world.wallet.balances())[0].free.toString(), "KUDOS:0");
  await checkBooks(world);
  later.mock.restore();
  assert.equal((await world.wallet.balances())[0].free.toString(), free.toString());
  await checkBooks(world);
});
