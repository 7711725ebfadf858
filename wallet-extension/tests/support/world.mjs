// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A wallet, an exchange, and the events that bring money in and out; and how a wallet is killed in the middle of something. */

import assert from "node:assert/strict";

import { Amount, sum } from "../../core/amount.js";
import { Wallet } from "../../engine/wallet.js";
import { FakeExchange } from "./fake-exchange.mjs";
import { install } from "./fake-web.mjs";
import { Killed, MemoryDatabase, Mortal } from "./memory-database.mjs";

export const BANK = "http://bank.example";

export function kudos(text) {
  return Amount.parse(`KUDOS:${text}`);
}

/** {exchange, database, wallet}: the wallet has accepted the exchange. `servers` are there, too. */
export async function makeWorld({ servers = [], ...options } = {}) {
  const exchange = await FakeExchange.make("http://exchange.example/", options);
  install(exchange, ...servers);
  const database = new MemoryDatabase();
  const wallet = Wallet.over(database);
  await wallet.exchanges.accept(await wallet.exchanges.preview(exchange.url));
  return { exchange, database, wallet };
}

/** A reserve of a bank's page. */
export function pageReserve({ wallet, exchange }, amount = "5") {
  const source = { kind: "page", origin: BANK, callback: `${BANK}/captcha?step=2` };
  return wallet.withdrawals.create({ amount: kudos(amount), exchange: exchange.url, source });
}

/** Money in the wallet. Gives the reserve. */
export async function withdraw(world, amount = "5") {
  const reserve = await pageReserve(world, amount);
  world.exchange.wire(reserve.reservePub, `KUDOS:${amount}`);
  return world.wallet.withdrawals.run(reserve);
}

/** The person accepts every exchange that the wallet knows, one out of a backup, say. Gives the wallet. */
export async function acceptAll(wallet) {
  for (const record of await wallet.store.exchanges.all()) await wallet.exchanges.accept({ record });
  return wallet;
}

/** The sum of what the wallet's coins hold. */
export async function held(wallet) {
  return sum("KUDOS", (await wallet.store.coins.all()).map(({ remaining }) => Amount.parse(remaining))).toString();
}

/** The books agree, and each coin that is neither locked nor melting holds what the exchange says. */
export async function checkBooks({ wallet, exchange }) {
  for (const { agrees, ledger, coins } of await wallet.checkBooks()) assert.ok(agrees, `ledger ${ledger}, coins ${coins}`);
  for (const coin of await wallet.store.coins.all()) {
    if (coin.lockedFor === null) assert.equal(coin.remaining, exchange.balanceOf(coin).toString(), `coin ${coin.coinPub} (${coin.state})`);
  }
}

/**
 * Runs `body(world)` in new worlds with a wallet that is killed at its first step, its second, … until one comes to its end; each time before the
 * step, and after it without hearing of it. A step is a transaction, or a request. Then `after(world)` goes on with a wallet that was not killed.
 */
export async function killedAtEachStep(prepare, body, after) {
  for (const isAfter of [false, true]) {
    for (let last = 1; ; last++) {
      const world = await prepare();
      const mortal = new Mortal(world.database, last, isAfter);
      const { fetch } = globalThis;
      globalThis.fetch = (...all) => mortal.step(() => fetch(...all));
      let isKilled = true;
      try {
        await body({ ...world, wallet: Wallet.over(mortal) });
        // Errors may be kept for later: killed is who has made the last step.
        isKilled = mortal.steps >= last;
      } catch (error) {
        if (!causedBy(error, Killed)) throw error;
      } finally {
        globalThis.fetch = fetch;
      }
      await after({ ...world, wallet: Wallet.over(world.database) }, `killed ${isAfter ? "after" : "before"} step ${last}`);
      if (!isKilled) {
        assert.ok(last > 3, "so few steps can hardly be");
        break;
      }
    }
  }
}

function causedBy(error, kind) {
  for (let one = error; one !== undefined && one !== null; one = one.cause) if (one instanceof kind) return true;
  return false;
}
