// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a backup claims: nothing of it is money before an exchange that the person trusts has said so; and what another copy has begun goes on. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { coinEnvelope } from "../core/planchet.js";
import { decodeRecords, encodeRecords } from "../engine/backup-content.js";
import { sealBackup } from "../engine/backup-file.js";
import { coinOfPlanchet, denominationRecord } from "../engine/planchets.js";
import { Wallet } from "../engine/wallet.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy } from "./support/shopping.mjs";
import { denominations, signBlinded } from "./support/signing-exchange.mjs";
import { acceptAll, checkBooks, held, makeWorld, withdraw } from "./support/world.mjs";

const WORDS = "correct horse battery";

/** A wallet with this file, and with its exchanges accepted. */
async function restored(file) {
  const wallet = Wallet.over(new MemoryDatabase());
  const { unaccepted } = await wallet.backup.restore(file, WORDS);
  for (const record of unaccepted) await wallet.exchanges.accept({ record });
  return wallet;
}

async function recordsOf({ wallet }) {
  return decodeRecords(encodeRecords(await wallet.store.whole.read()));
}

test("an exchange that only the file calls accepted is not trusted, and its money counts as nothing", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const file = await world.wallet.backup.export(WORDS);
  const wallet = Wallet.over(new MemoryDatabase());
  const { unaccepted } = await wallet.backup.restore(file, WORDS);
  assert.deepEqual(unaccepted.map(({ url, masterPub }) => [url, masterPub]), [[world.exchange.url, world.exchange.masterPub]]);
  await wallet.recovery.run();
  const [{ free, doubtful }] = await wallet.balances();
  assert.deepEqual([free.toString(), doubtful.toString()], ["KUDOS:0", "KUDOS:4.9"]);
  await acceptAll(wallet);
  await wallet.recovery.run();
  assert.equal((await wallet.balances())[0].free.toString(), "KUDOS:4.9");
});

test("a coin of a kind that the exchange does not list is no money", async () => {
  const world = await makeWorld();
  await withdraw(world, "1");
  const records = await recordsOf(world);
  const [own] = denominations;
  assert.equal(world.exchange.keys.find(own.id), undefined);
  const secret = new Uint8Array(32).fill(77);
  const { blinded } = await coinEnvelope(secret, own);
  const planchet = { secret, ...denominationRecord({ ...own, value: Amount.parse("KUDOS:5000") }), feeWithdraw: "KUDOS:0" };
  const { reservePub } = records.reserves[0];
  const coin = await coinOfPlanchet(planchet, signBlinded(own, blinded), { reservePub, masterPub: world.exchange.masterPub, exchange: world.exchange.url });
  records.coins.push({ ...coin, refunds: [], doubt: false });
  const wallet = await restored(await sealBackup(encodeRecords(records), WORDS));
  await wallet.recovery.run();
  await wallet.work.run();
  assert.equal((await wallet.balances())[0].free.toString(), (await world.wallet.balances())[0].free.toString());
});

test("a coin is worth what the exchange's keys say, not what the file says", async () => {
  const world = await makeWorld();
  await withdraw(world, "1");
  const records = await recordsOf(world);
  const [coin] = records.coins;
  records.coins[0] = { ...coin, value: "KUDOS:900", remaining: "KUDOS:900", feeDeposit: "KUDOS:0", expireDeposit: coin.expireDeposit + 1e9 };
  const wallet = await restored(await sealBackup(encodeRecords(records), WORDS));
  assert.deepEqual((await wallet.recovery.run()).problems, []);
  const { value, feeDeposit, expireDeposit, remaining } = await wallet.store.coins.get(coin.coinPub);
  assert.deepEqual([value, feeDeposit, expireDeposit, remaining], [coin.value, coin.feeDeposit, coin.expireDeposit, coin.remaining]);
  assert.ok((await wallet.checkBooks()).every(({ agrees }) => agrees));
});

test("a pending purchase whose permission is for another contract, or that is paid at another site, refuses the file", async () => {
  const world = await makeWorld();
  await withdraw(world, "6");
  await buy(world, "1");
  for (const changes of [{ payURL: "http://thief.example/pay" }, { state: "pending", permission: "{}" }]) {
    const records = await recordsOf(world);
    Object.assign(records.purchases[0], changes);
    await assert.rejects(Wallet.over(new MemoryDatabase()).backup.restore(await sealBackup(encodeRecords(records), WORDS), WORDS), { reason: "content" });
  }
});

/** A wallet that has melted and not revealed, and a file of before. */
async function interrupted() {
  const world = await makeWorld();
  await withdraw(world, "6");
  await buy(world, "2.45");
  const file = await world.wallet.backup.export(WORDS);
  world.exchange.before = async (method, path) => (path.includes("/reveal") ? { status: 500, body: {} } : undefined);
  await world.wallet.refreshes.run();
  return { ...world, file };
}

test("a copy finishes the refresh that another one has melted", async () => {
  const world = await interrupted();
  const copy = await restored(world.file);
  await copy.recovery.run();
  assert.equal((await copy.store.ledger.all()).filter(({ kind }) => kind === "loss").length, 0);
  world.exchange.before = async () => undefined;
  await copy.work.run();
  await world.wallet.refreshes.run();
  assert.equal(await held(copy), await held(world.wallet));
  assert.equal(world.exchange.sessions.size, 1);
  await checkBooks({ ...world, wallet: copy });
});

test("a melt without its coins is no loss, and pays nothing, until they can be found", async (t) => {
  const world = await interrupted();
  const copy = await restored(world.file);
  t.mock.method(copy.refreshes, "retake", async () => false);
  await copy.recovery.run();
  assert.equal((await copy.store.ledger.all()).filter(({ kind }) => kind === "loss").length, 0);
  assert.equal((await copy.store.coins.all()).filter(({ doubt, state }) => doubt && state === "free").length, 1);
  world.exchange.before = async () => undefined;
  await world.wallet.refreshes.run();
  await copy.work.run();
  assert.equal(await held(copy), await held(world.wallet));
  await checkBooks({ ...world, wallet: copy });
});
