// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Payments that got no outcome before their contract expired, and coins that nobody could judge: ended by what the exchange knows of the coins. */

import { now } from "../core/time.js";
import { exclusively } from "./locks.js";
import { CoinState } from "./records.js";
import { StateChanged } from "./store/access.js";

export class ExpiredPayments {
  #store;
  #inquiry;

  constructor(store, inquiry) {
    this.#store = store;
    this.#inquiry = inquiry;
  }

  /**
   * After the expiry no shop takes a payment any more; one that took it in time may still be delivering it. What the exchange has got is paid.
   * Coins that it has not got are free, and exposed: they are refreshed next, and then it can no longer accept them. Without an answer of the
   * exchange a payment stays as it is. Gives [{purchase, state}] of those that ended, and what is set aside for want of an answer is asked for again.
   */
  async run() {
    const ended = [];
    for (const { id, expiry } of await this.#store.purchases.pending()) {
      if (typeof expiry !== "number" || expiry > now()) continue;
      const state = await exclusively(`taler-purchase-${id}`, () => this.#end(id)).catch(() => null);
      if (state !== null) ended.push({ purchase: id, state });
    }
    const doubtful = (await this.#store.coins.all()).filter(({ state, isUnproven }) => state === CoinState.refused && isUnproven === true);
    await this.prove(doubtful.map(({ coinPub }) => coinPub));
    return ended;
  }

  async #end(id) {
    const purchase = await this.#store.purchases.get(id);
    const deposited = new Set();
    for (const { coinPub } of purchase.coins) {
      const coin = await this.#store.coins.get(coinPub);
      if (coin?.lockedFor !== id) continue;
      const { deposits } = await this.#inquiry.facts(coin);
      if ([...deposits].includes(id)) deposited.add(coinPub);
    }
    return this.#store.purchases.giveUp(id, deposited);
  }

  /** Asks for the coins' histories and keeps what they prove; a coin whose exchange does not answer, or that changed meanwhile, stays as it is. Gives how many were asked. */
  async prove(coinPubs) {
    let asked = 0;
    for (const coinPub of coinPubs) {
      const seen = await this.#store.coins.get(coinPub);
      if (seen === undefined) continue;
      const facts = await this.#inquiry.facts(seen).catch(() => null);
      if (facts === null) continue;
      asked += 1;
      await this.#store.coins.prove(coinPub, facts, { seen }).catch((error) => {
        if (!(error instanceof StateChanged)) throw error;
      });
    }
    return asked;
  }
}
