// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Everything that is due, whoever runs it: the background when it wakes, a window when it opens. */

import { now } from "../core/time.js";
import { dueTime, isOpen } from "./due-time.js";
import { exclusively } from "./locks.js";

/** The shortest and the longest sleep, in seconds. */
const SHORTEST = 30;
const LONGEST = 6 * 3600;

export class Work {
  #store;
  #parts;

  /** `parts`: {withdrawals, refreshes, payments, recovery}. */
  constructor(store, parts) {
    this.#store = store;
    this.#parts = parts;
  }

  /**
   * Runs what is due, each under its lock; one thing's problem is not another's. Gives {again, problems}: seconds until it should run again
   * (null: nothing waits), and the errors. A second run at the same time waits, and finds nothing left to do. `isOpened`: a person has opened the wallet.
   */
  run(progress = () => {}, { isOpened = false } = {}) {
    return exclusively("taler-work", async () => {
      const { withdrawals, refreshes, payments, recovery } = this.#parts;
      const problems = [];
      const attempt = async (body) => {
        try {
          return await body();
        } catch (error) {
          problems.push(error);
          return undefined;
        }
      };
      await attempt(() => withdrawals.resume(progress, { isOpened }));
      await attempt(() => payments.expired());
      const isDoubtful = await attempt(() => recovery.isNeeded());
      if (isDoubtful) problems.push(...(await attempt(() => recovery.run(progress, { only: "doubt" })))?.problems ?? []);
      problems.push(...(await attempt(() => refreshes.run(progress)))?.problems ?? []);
      return { again: await attempt(() => this.#again()) ?? (problems.length > 0 ? SHORTEST : null), problems };
    });
  }

  /** What waits is looked at again after half its age: soon at first, then ever more rarely. */
  async #again() {
    const [reserves, refreshes, purchases, coins] = await Promise.all([
      this.#store.reserves.open(), this.#store.refreshes.open(), this.#store.purchases.all(), this.#store.coins.all(),
    ]);
    const waits = [...reserves, ...refreshes].map(({ created }) => (now() - created) / 2);
    const known = new Map(coins.map((coin) => [coin.coinPub, coin]));
    for (const purchase of purchases) {
      const due = isOpen(purchase, known) ? dueTime(purchase, known) : Infinity;
      if (due !== Infinity) waits.push(due > now() ? due - now() + 1 : (now() - Math.max(due, purchase.created)) / 2);
    }
    if (coins.some(({ doubt, expireDeposit }) => doubt === true && expireDeposit > now())) waits.push(1800);
    if ((await this.#store.reserves.all()).some(({ state }) => state === "failed")) waits.push(LONGEST);
    // Coins that end are looked after once in a while.
    if (coins.some(({ state }) => state === "free")) waits.push(LONGEST);
    return waits.length === 0 ? null : Math.ceil(Math.min(LONGEST, Math.max(SHORTEST, Math.min(...waits))));
  }
}
