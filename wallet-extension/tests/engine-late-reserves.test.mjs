// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Withdrawals that seemed to be over: what the exchange holds for them becomes coins when the fault has passed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { install } from "./support/fake-web.mjs";
import { BANK, checkBooks, held, kudos, makeWorld, pageReserve } from "./support/world.mjs";

const DAY = 86_400_000;
const real = Date.now;
const later = (t, days) => t.mock.method(Date, "now", () => real() + days * DAY);
const requests = ({ exchange }) => exchange.requests.filter((one) => one.endsWith("batch-withdraw")).length;

async function wired(world) {
  const reserve = await pageReserve(world, "5");
  await world.wallet.withdrawals.handed(reserve.reservePub);
  world.exchange.wire(reserve.reservePub, "KUDOS:5");
  return reserve;
}

function refuseWithdrawals({ exchange }, status, code) {
  exchange.before = async (method, path) => (path.includes("batch-withdraw") ? { status, body: { code, hint: "a passing fault" } } : undefined);
}

for (const [status, code] of [[404, 1005], [409, 1150], [403, 1], [400, 22], [410, 1009]]) {
  test(`a refusal with ${code} that passes is asked twice in a run, and costs nothing`, async () => {
    const world = await makeWorld();
    const { reservePub } = await wired(world);
    refuseWithdrawals(world, status, code);
    await world.wallet.work.run();
    assert.equal(requests(world), 2);
    assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "wired");
    world.exchange.before = async () => undefined;
    await world.wallet.work.run();
    assert.equal(await held(world.wallet), "KUDOS:4.9");
    assert.equal((await world.wallet.store.reserves.get(reservePub)).plans, 0);
    await checkBooks(world);
  });
}

test("a withdrawal that the exchange has refused five times is looked at daily, and goes on when it does", async (t) => {
  const world = await makeWorld();
  const { reservePub } = await wired(world);
  refuseWithdrawals(world, 403, 1);
  for (let i = 0; i < 5; i++) await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "failed");
  const before = requests(world);
  await world.wallet.work.run();
  assert.equal(requests(world), before);
  world.exchange.before = async () => undefined;
  later(t, 1.1);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "done");
  assert.equal(await held(world.wallet), "KUDOS:4.9");
});

test("after a month a failed withdrawal is looked at only when the wallet is opened, or the person asks", async (t) => {
  const world = await makeWorld();
  const { reservePub } = await wired(world);
  refuseWithdrawals(world, 403, 1);
  for (let i = 0; i < 5; i++) await world.wallet.work.run();
  world.exchange.before = async () => undefined;
  await world.database.write(["reserves"], async ({ reserves }) => {
    await reserves.put({ ...await reserves.get(reservePub), created: Math.floor(real() / 1000) - 30 * 86_400 });
  });
  later(t, 1.1);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "failed");
  await world.wallet.work.run(undefined, { isOpened: true });
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "done");
});

test("a person who asks has a failed withdrawal taken up at once", async () => {
  const world = await makeWorld();
  const { reservePub } = await wired(world);
  refuseWithdrawals(world, 403, 1);
  for (let i = 0; i < 5; i++) await world.wallet.work.run();
  world.exchange.before = async () => undefined;
  await world.wallet.withdrawals.retry(reservePub);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "done");
});

test("after a clock that was a month ahead, the bank's word and its money still make coins", async (t) => {
  const world = await makeWorld();
  const { reservePub } = await pageReserve(world, "5");
  await world.wallet.withdrawals.handed(reservePub);
  const ahead = later(t, 31);
  await world.wallet.work.run();
  ahead.mock.restore();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "failed");
  world.exchange.wire(reservePub, "KUDOS:5");
  assert.equal(await world.wallet.withdrawals.confirm(reservePub, BANK), true);
  await world.wallet.work.run();
  assert.equal((await world.wallet.store.reserves.get(reservePub)).state, "done");
});

test("a gift whose first transfer was late arrives though the bank refused the second", async (t) => {
  const world = await makeWorld();
  const { wallet, exchange } = world;
  let transfers = 0;
  install(exchange, { url: "http://bank.example/", answer: async (method, path) => {
    if (path.includes("register")) return { status: 200, body: {} };
    transfers += 1;
    return transfers === 1 ? { status: 500, body: {} } : { status: 406, body: { error: "no credit" } };
  } });
  const reserve = await wallet.withdrawals.create({ amount: kudos("5"), exchange: exchange.url, source: { kind: "account", bank: "http://bank.example/" } });
  await assert.rejects(wallet.withdrawals.run(reserve, undefined, { patience: 0 }), { reason: "no_answer" });
  await assert.rejects(wallet.withdrawals.run(reserve, undefined, { patience: 0 }), { reason: "bank_refused" });
  exchange.wire(reserve.reservePub, "KUDOS:5");
  later(t, 1.1);
  await wallet.work.run();
  assert.equal(await held(wallet), "KUDOS:4.9");
});

test("coins that were signed before a refusal are found when the history can be had again, also of kinds that left the keys", async (t) => {
  const world = await makeWorld();
  const { wallet, exchange } = world;
  const { reservePub } = await pageReserve(world, "5");
  exchange.wire(reservePub, "KUDOS:5");
  let isBroken = true;
  exchange.after = async (method, path) => { if (path.includes("batch-withdraw") && isBroken) throw new TypeError("broken off"); };
  await wallet.withdrawals.run({ reservePub }).catch(() => {});
  isBroken = false;
  let isRefused = true;
  exchange.before = async (method, path) => {
    if (path.includes("batch-withdraw") && isRefused) {
      isRefused = false;
      return { status: 410, body: { code: 1009 } };
    }
    return path.includes("reserves") && path.includes("history") ? { status: 404, body: { code: 21 } } : undefined;
  };
  await wallet.work.run();
  assert.equal((await wallet.store.reserves.get(reservePub)).doubt, true);
  exchange.before = async () => undefined;
  const { document } = exchange.keys;
  const gone = (await wallet.store.reserves.get(reservePub)).dropped[0].denomHash;
  t.mock.method(exchange.keys, "document", async () => {
    const all = exchange.keys.denominations;
    exchange.keys.denominations = all.filter(({ id }) => id !== gone);
    const json = await document.call(exchange.keys);
    exchange.keys.denominations = all;
    return json;
  });
  later(t, 1.1);
  await wallet.work.run();
  assert.equal(await held(wallet), "KUDOS:4.9");
  assert.deepEqual((await wallet.store.reserves.get(reservePub)).dropped, []);
});
