// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Payments that got no outcome before their contract expired: ended by what the exchange knows of their coins. */

import { now } from "../core/time.js";
import { exclusively } from "./locks.js";

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
   * exchange a payment stays as it is. Gives [{purchase, state}] of those that ended.
   */
  async run() {
    const ended = [];
    for (const { id, expiry } of await this.#store.purchases.pending()) {
      if (typeof expiry !== "number" || expiry > now()) continue;
      const state = await exclusively(`taler-purchase-${id}`, () => this.#end(id)).catch(() => null);
      if (state !== null) ended.push({ purchase: id, state });
    }
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
}
