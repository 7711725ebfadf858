// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { Wallet } from "../engine/wallet.js";
import { FakeExchange } from "./support/fake-exchange.mjs";
import { install } from "./support/fake-web.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { acceptAll, BANK, checkBooks, held, killedAtEachStep, kudos, makeWorld, pageReserve, withdraw } from "./support/world.mjs";

test("a quote says which coins come, what they cost and what stays", async () => {
  const { wallet, exchange } = await makeWorld();
  const quote = await wallet.withdrawals.quote(kudos("5"), exchange.url);
  assert.equal(quote.value.add(quote.fees).add(quote.left).toString(), "KUDOS:5");
  assert.equal(quote.coins, quote.denominations.length);
  assert.ok(quote.left.compare(kudos("0.11")) < 0);
  await assert.rejects(wallet.withdrawals.quote(Amount.parse("EUR:5"), exchange.url), { reason: "currency" });
});

test("the bank's address gets what the bank needs, and keeps its own query", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5.5");
  const url = new URL(world.wallet.withdrawals.callbackAddress(reserve));
  assert.equal(url.origin + url.pathname, `${BANK}/captcha`);
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    step: "2", amount_value: "5", amount_fraction: "50000000", amount_currency: "KUDOS", exchange: world.exchange.url, reserve_pub: reserve.reservePub,
  });
});

test("a callback at another site, or none of the web, makes no reserve", async () => {
  const { wallet, exchange } = await makeWorld();
  for (const callback of ["http://evil.example/captcha", "javascript:alert(1)", "captcha", "http://user@bank.example/x", undefined]) {
    const source = { kind: "page", origin: BANK, callback };
    await assert.rejects(wallet.withdrawals.create({ amount: kudos("5"), exchange: exchange.url, source }), { reason: "callback" });
  }
  assert.deepEqual(await wallet.store.reserves.all(), []);
});

test("an exchange that was not accepted gets no money", async () => {
  const { wallet } = await makeWorld();
  const source = { kind: "page", origin: BANK, callback: `${BANK}/captcha` };
  await assert.rejects(wallet.withdrawals.create({ amount: kudos("5"), exchange: "http://other.example/", source }), { reason: "not_accepted" });
});

test("only the bank's own site can say that the money was sent", async () => {
  const { wallet, ...world } = await makeWorld();
  const { reservePub } = await pageReserve({ wallet, ...world });
  await wallet.withdrawals.handed(reservePub);
  assert.equal(await wallet.withdrawals.confirm(reservePub, "http://evil.example"), false);
  assert.equal(await wallet.withdrawals.confirm("nonsense", BANK), false);
  assert.equal((await wallet.store.reserves.get(reservePub)).state, "handed");
  assert.equal(await wallet.withdrawals.confirm(reservePub.toLowerCase(), BANK), true);
  assert.equal((await wallet.store.reserves.get(reservePub)).state, "wired");
  assert.equal(await wallet.withdrawals.confirm(reservePub, BANK), true);
});

test("money that was sent without a word is found when the wallet wakes", async () => {
  const world = await makeWorld();
  const { reservePub } = await pageReserve(world);
  await world.wallet.withdrawals.handed(reservePub);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "handed");
  world.exchange.wire(reservePub, "KUDOS:5");
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "done");
  await checkBooks(world);
});

test("money that has not come yet is no failure, and after a month it is one that can be taken up again", async (t) => {
  const { wallet, exchange } = await makeWorld();
  const { reservePub } = await pageReserve({ wallet, exchange });
  await wallet.withdrawals.confirm(reservePub, BANK);
  await assert.rejects(wallet.withdrawals.run({ reservePub }, undefined, { patience: 0 }), { reason: "on_its_way" });
  t.mock.method(Date, "now", ((real) => () => real() + 31 * 86_400_000)(Date.now));
  await assert.rejects(wallet.withdrawals.run({ reservePub }, undefined, { patience: 0 }), { reason: "nothing_came" });
  t.mock.restoreAll();
  assert.equal((await wallet.store.reserves.get(reservePub)).state, "failed");
  exchange.wire(reservePub, "KUDOS:5");
  await wallet.withdrawals.retry(reservePub);
  await wallet.withdrawals.run({ reservePub });
  assert.equal((await wallet.store.reserves.get(reservePub)).state, "done");
});

test("another amount than the one asked for becomes coins as well, in several requests when it takes more than 256", async () => {
  const world = await makeWorld({ kinds: 1 });
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:30");
  const done = await world.wallet.withdrawals.run(reserve);
  assert.equal(done.withdrawn, "KUDOS:27.2");
  assert.equal((await world.wallet.store.coins.all()).length, 272);
  assert.equal(world.exchange.requests.filter((one) => one.endsWith("batch-withdraw")).length, 2);
  await checkBooks(world);
});

test("what makes no coin fails in words, with the amount", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:0.05");
  await assert.rejects(world.wallet.withdrawals.run(reserve), { reason: "no_coins", parameters: { amount: "KUDOS:0.05" } });
});

test("a denomination that ends before its coins were made is replaced", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  world.exchange.before = async (method, path) => {
    if (path.endsWith("batch-withdraw")) world.exchange.keys.denominations.at(-2).isRevoked = true;
  };
  const done = await world.wallet.withdrawals.run(reserve);
  const revoked = world.exchange.keys.denominations.at(-2).id;
  assert.ok((await world.wallet.store.coins.all()).every(({ denomHash }) => denomHash !== revoked));
  assert.equal(done.state, "done");
  await checkBooks(world);
});

test("an exchange that refuses everything fails the withdrawal after a few runs", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  world.exchange.before = async (method, path) => (path.endsWith("batch-withdraw") ? { status: 400, body: { code: 22, hint: "no" } } : undefined);
  for (const state of ["wired", "wired", "wired", "wired", "failed"]) {
    await assert.rejects(world.wallet.withdrawals.run(reserve), { reason: "exchange_refused", parameters: { host: "exchange.example", hint: "no" } });
    assert.equal((await world.wallet.store.reserves.get(reserve.reservePub)).state, state);
  }
});

test("an exchange that wants to know its customer is asked again later", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  world.exchange.before = async (method, path) => (path.endsWith("batch-withdraw") ? { status: 451, body: { code: 1028 } } : undefined);
  await assert.rejects(world.wallet.withdrawals.run(reserve), { status: 451 });
  assert.equal((await world.wallet.store.reserves.get(reserve.reservePub)).state, "planned");
  world.exchange.before = async () => undefined;
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reserve.reservePub)).state, "done");
});

test("a signature that is not the exchange's makes no coin, and the reserve stays", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  const { answer } = world.exchange;
  world.exchange.answer = async function lie(method, path, body, headers) {
    const said = structuredClone(await answer.call(this, method, path, body, headers));
    if (path.endsWith("batch-withdraw")) said.body.ev_sigs[0].ev_sig.blinded_rsa_signature = said.body.ev_sigs[1].ev_sig.blinded_rsa_signature;
    return said;
  };
  await assert.rejects(world.wallet.withdrawals.run(reserve), { reason: "exchange_answer" });
  assert.deepEqual(await world.wallet.store.coins.all(), []);
  assert.equal((await world.wallet.store.reserves.get(reserve.reservePub)).state, "planned");
  world.exchange.answer = answer;
  assert.equal((await world.wallet.withdrawals.run(reserve)).state, "done");
});

test("a withdrawal that is killed at any step comes to its end, without a coin lost or made twice", async () => {
  let reserve;
  await killedAtEachStep(makeWorld, async (world) => {
    const made = await pageReserve(world, "3");
    reserve = made;
    world.exchange.wire(made.reservePub, "KUDOS:3");
    await world.wallet.withdrawals.handed(made.reservePub);
    await world.wallet.withdrawals.confirm(made.reservePub, BANK);
    await world.wallet.withdrawals.run(made);
  }, async (world, when) => {
    await world.wallet.work.run();
    const [stored] = await world.wallet.store.reserves.all();
    if (stored === undefined) return;
    // A reserve that no bank has heard of waits.
    if (world.exchange.reserves.has(stored.reservePub)) {
      assert.equal(stored.state, "done", when);
      assert.equal(await held(world.wallet), "KUDOS:2.9", when);
    }
    await checkBooks(world);
  });
  assert.ok(reserve);
});

test("two windows that run one withdrawal make its coins once", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  const other = Wallet.over(world.database);
  await Promise.all([world.wallet.withdrawals.run(reserve), other.withdrawals.run(reserve), other.work.run()]);
  assert.equal(world.exchange.requests.filter((one) => one.endsWith("batch-withdraw")).length, 1);
  await checkBooks(world);
});

test("a withdrawal's steps are told by keys, never in words", async () => {
  const world = await makeWorld();
  const told = [];
  const reserve = await pageReserve(world, "5");
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  await world.wallet.withdrawals.run(reserve, (step) => told.push(step));
  assert.deepEqual(told.map(({ key }) => key), ["progress_looking", "progress_waiting", "progress_coins", "progress_waiting"]);
  assert.match(told[2].parameters.count, /^[0-9]+$/);
});

test("money of two exchanges is kept apart", async () => {
  const other = await FakeExchange.make("http://other.example/", { seed: 9, firstKey: 7 });
  const world = await makeWorld({ servers: [other] });
  await world.wallet.exchanges.accept(await world.wallet.exchanges.preview("http://other.example"));
  await withdraw(world, "5");
  await withdraw({ wallet: world.wallet, exchange: other }, "2");
  const balances = await world.wallet.balances();
  assert.deepEqual(balances.map(({ exchange, free }) => [exchange, free.toString()]), [
    ["http://exchange.example/", "KUDOS:4.9"], ["http://other.example/", "KUDOS:1.9"],
  ]);
  await checkBooks({ wallet: world.wallet, exchange: { balanceOf: (coin) => (coin.exchange === other.url ? other : world.exchange).balanceOf(coin) } });
});

test("an amount that would take thousands of coins is refused before anything is planned", async () => {
  const { wallet, exchange } = await makeWorld();
  const begun = Date.now();
  await assert.rejects(wallet.withdrawals.quote(kudos("4503599627370495"), exchange.url), { reason: "amount_large" });
  assert.ok(Date.now() - begun < 5_000);
});

/** The sandbox bank: each account has enough for one gift. */
function makeBank(exchange) {
  const accounts = new Map();
  const carryOut = {
    register: ({ username, password }) => {
      if (accounts.has(username)) return 409;
      accounts.set(username, { password, balance: kudos("3"), transfers: 0 });
      return 200;
    },
    "taler/withdraw": ({ amount, reserve_pub: reservePub }, headers) => {
      const account = accounts.get(headers["X-Taler-Bank-Username"]);
      if (account?.password !== headers["X-Taler-Bank-Password"]) return 401;
      if (account.balance.compare(Amount.parse(amount)) < 0) return 406;
      account.balance = account.balance.subtract(Amount.parse(amount));
      account.transfers += 1;
      exchange.wire(reservePub, amount);
      return 200;
    },
  };
  return {
    url: "http://bank.example/", accounts,
    answer: async (method, path, body, headers) => {
      const status = carryOut[path](body, headers);
      return { status, body: status === 200 ? {} : { code: 5000 + status, hint: `status ${status}` } };
    },
  };
}

async function worldWithBank() {
  const world = await makeWorld();
  const bank = makeBank(world.exchange);
  install(world.exchange, bank);
  return { ...world, bank };
}

function accountReserve({ wallet, exchange, bank }) {
  return wallet.withdrawals.create({ amount: kudos("3"), exchange: exchange.url, source: { kind: "account", bank: bank.url } });
}

test("a gift of the sandbox bank arrives, once", async () => {
  const world = await worldWithBank();
  assert.equal((await world.wallet.withdrawals.run(await accountReserve(world))).withdrawn, "KUDOS:2.9");
  await checkBooks(world);
});

test("a bank that refuses is told in its words", async () => {
  const world = await worldWithBank();
  const source = { kind: "account", bank: world.bank.url };
  const reserve = await world.wallet.withdrawals.create({ amount: kudos("4"), exchange: world.exchange.url, source });
  await assert.rejects(world.wallet.withdrawals.run(reserve), { reason: "bank_refused", parameters: { host: "bank.example", hint: "status 406" } });
});

test("a gift that is killed at any step arrives, and the bank has sent it once", async () => {
  await killedAtEachStep(worldWithBank, async (world) => {
    await world.wallet.withdrawals.run(await accountReserve(world));
  }, async (world, when) => {
    await world.wallet.work.run();
    const [reserve] = await world.wallet.store.reserves.all();
    if (reserve === undefined) return;
    assert.equal(reserve.state, "done", when);
    assert.equal(await held(world.wallet), "KUDOS:2.9", when);
    assert.deepEqual([...world.bank.accounts.values()].map(({ transfers }) => transfers), [1], when);
    await checkBooks(world);
  });
});

test("an answer that is not the bank's own leaves the gift to be asked for again", async () => {
  const world = await worldWithBank();
  const { answer } = world.bank;
  world.bank.answer = async (method, path, ...rest) => (path === "taler/withdraw" ? { status: 403, body: "<h1>Log in</h1>" } : answer(method, path, ...rest));
  const reserve = await accountReserve(world);
  await assert.rejects(world.wallet.withdrawals.run(reserve), { reason: "refused" });
  assert.equal((await world.wallet.store.reserves.get(reserve.reservePub)).state, "asked");
  world.bank.answer = answer;
  await world.wallet.withdrawals.run(reserve);
  assert.equal(await held(world.wallet), "KUDOS:2.9");
});

test("a reserve out of a backup asks no bank for money that has arrived", async () => {
  const world = await worldWithBank();
  const reserve = await accountReserve(world);
  const copy = Wallet.over(new MemoryDatabase());
  await copy.store.whole.merge(await world.wallet.store.whole.read());
  await acceptAll(copy);
  await world.wallet.withdrawals.run(reserve);
  assert.deepEqual((await copy.recovery.run()).problems, []);
  assert.equal(await held(copy), await held(world.wallet));
  assert.deepEqual([...world.bank.accounts.values()].map(({ transfers }) => transfers), [1]);
});

test("a window that waits for its money holds up nothing else", async () => {
  const world = await makeWorld();
  const reserve = await pageReserve(world);
  await world.wallet.withdrawals.confirm(reserve.reservePub, BANK);
  const waiting = world.wallet.withdrawals.run(reserve);
  assert.deepEqual((await Wallet.over(world.database).work.run()).problems, []);
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  assert.equal((await waiting).state, "done");
});
