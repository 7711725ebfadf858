// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The wallet's engine in Node, against the programs: node engine_in_node.mjs WALLET_ORIGIN SHOP PRODUCT. It withdraws from an account of its own,
 * buys with a part of a coin, is cut off at every step of the refresh, and comes back from a backup that knows nothing of all that. Prints JSON:
 * {findings: [[what, found, wanted]]}.
 */

import { Amount, sum } from "../../wallet-extension/core/amount.js";
import { Wallet } from "../../wallet-extension/engine/wallet.js";
import { Killed, MemoryDatabase, Mortal } from "../../wallet-extension/tests/support/memory-database.mjs";

const [origin, shop, product] = process.argv.slice(2);
const PASSPHRASE = "nine bean rows and a hive";
const findings = [];
const note = (what, found, wanted) => findings.push([what, found, wanted]);

const configuration = await (await fetch(new URL("config.json", origin))).json();

async function walletOver(database) {
  const wallet = Wallet.over(database);
  await wallet.exchanges.configure(
    { url: configuration.exchange_url, masterPub: configuration.exchange_master_pub, currency: configuration.currency });
  wallet.withdrawals.bankURL = configuration.bank_url;
  return wallet;
}

async function held(wallet) {
  const coins = (await wallet.store.coins.all()).filter(({ state }) => state !== "refused");
  return sum(configuration.currency, coins.map(({ remaining }) => Amount.parse(remaining))).toString();
}

async function agrees(wallet) {
  return (await wallet.checkBooks()).map((one) => one.agrees);
}

/** Buys the product anew, as a visitor without cookies; gives the purchase. */
async function buy(wallet) {
  const address = new URL(`taler/contract?product=${product}`, shop);
  const page = new URL(`product/${product}`, shop);
  const answer = await fetch(address);
  const cookie = answer.headers.getSetCookie?.().map((one) => one.split(";")[0]).join("; ") ?? "";
  const { offer, choice, context, kind } = await wallet.payments.look(await answer.text(), { page: page.href, origin: page.origin });
  if (kind !== "offer") throw new Error("it counts as bought already");
  const { id, payURL, permission, attempt } = await wallet.payments.commit({ ...offer, correlation: null }, choice, context);
  const paid = await fetch(payURL, {
    method: "POST", body: permission, redirect: "manual",
    headers: { Accept: "application/json", "Content-Type": "application/json", ...(cookie === "" ? {} : { Cookie: cookie }) },
  });
  const outcome = { status: paid.status < 400 ? 200 : paid.status, url: page.href, body: await paid.text() };
  const { state } = await wallet.payments.record(id, outcome, attempt);
  if (state !== "paid") throw new Error(`not paid: ${paid.status} ${outcome.body.slice(0, 200)}`);
  return wallet.store.purchases.get(id);
}

const database = new MemoryDatabase();
const first = await walletOver(database);
const amount = Amount.parse(`${configuration.currency}:20`);
const quote = await first.withdrawals.quote(amount, configuration.exchange_url);
const reserve = await first.withdrawals.create({ amount, exchange: configuration.exchange_url, source: { kind: "account", bank: configuration.bank_url } });
const beforeMoney = await first.backup.export(PASSPHRASE);
const done = await first.withdrawals.run(reserve);
note("the withdrawal brings what the quote said", done.withdrawn, quote.value.toString());
const backup = await first.backup.export(PASSPHRASE);

await buy(first);
const wanted = await first.refreshes.wanted();
note("the rest of a coin that paid wants a refresh", wanted.map(({ reason }) => reason), ["split"]);

// Cut off before and after each step of what is left to do, again and again in one database.
const { fetch: web } = globalThis;
let cuts = 0;
for (let last = 1, isOver = false; !isOver; last++) {
  for (const after of [false, true]) {
    const mortal = new Mortal(database, last, after);
    globalThis.fetch = (...all) => mortal.step(() => web(...all));
    isOver = await Wallet.over(mortal).refreshes.run().then(() => mortal.steps < last, (error) => {
      if (!(error instanceof Killed)) throw error;
      return false;
    });
    cuts += isOver ? 0 : 1;
    globalThis.fetch = web;
    note(`cut off ${after ? "after" : "before"} step ${last}, the books agree`, await agrees(first), [true]);
    if (isOver) break;
  }
}
note("it was cut off often enough to mean something", cuts > 10, true);
const refreshes = await first.store.refreshes.all();
note("one refresh came of it, and is done", refreshes.map(({ state }) => state), ["done"]);
note("nothing wants a refresh any more", await first.refreshes.wanted(), []);
await buy(first);
await first.work.run();

const second = await walletOver(new MemoryDatabase());
const counts = await second.backup.restore(backup, PASSPHRASE);
note("the backup's coins come", counts.coins > 0, true);
const { problems } = await second.recovery.run();
note("everything can be asked", problems.map(String), []);
note("the backup is worth what the wallet is worth", await held(second), await held(first));
note("its books agree", await agrees(second), [true]);

await buy(second);
await second.work.run();
await first.recovery.run();
note("the first wallet learns what the second has spent", await held(first), await held(second));
note("no more coins are in doubt", [await first.recovery.isNeeded(), await second.recovery.isNeeded()], [false, false]);
note("the books of both agree", [...await agrees(first), ...await agrees(second)], [true, true]);

const third = await walletOver(new MemoryDatabase());
await third.backup.restore(beforeMoney, PASSPHRASE);
note("a backup from before the money came can be asked about, too", (await third.recovery.run()).problems.map(String), []);
note("and finds all that came of it", await held(third), await held(second));
note("and its books agree", await agrees(third), [true]);

process.stdout.write(JSON.stringify({ findings }));
