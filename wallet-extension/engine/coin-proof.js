// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an exchange proves about single coins, as far as it can be booked without more questions. */

import { StateChanged } from "./store/access.js";

export class CoinProof {
  #store;
  #inquiry;

  constructor(store, inquiry) {
    this.#store = store;
    this.#inquiry = inquiry;
  }

  /**
   * The facts of a coin (see store/facts.js); null when its exchange does not answer, or has melted it for a refresh that this database does
   * not know: then its coins have to be looked for first, which is the recovery's.
   */
  async facts(coin) {
    const facts = await this.#inquiry.facts(coin).catch(() => null);
    if (facts === null) return null;
    for (const melt of facts.melts) {
      if ((await this.#store.refreshes.get(melt)) === undefined) return null;
    }
    return facts;
  }

  /** Map of coinPub to {seen (the coin as it was when its exchange was asked), facts (null as above)} of the coins that are here; asked at once. */
  async ofAll(coinPubs) {
    const coins = await Promise.all(coinPubs.map((coinPub) => this.#store.coins.get(coinPub)));
    const known = coins.filter((coin) => coin !== undefined);
    return new Map(await Promise.all(known.map(async (seen) => [seen.coinPub, { seen, facts: await this.facts(seen) }])));
  }

  /** Books what is proven about each coin. One about which nothing is proven now, or that has changed meanwhile, is left in doubt. */
  async prove(coinPubs) {
    for (const coinPub of coinPubs) {
      const seen = await this.#store.coins.get(coinPub);
      if (seen === undefined) continue;
      const facts = await this.facts(seen);
      if (facts === null || !(await this.#booked(coinPub, facts, seen))) await this.#store.coins.doubt([coinPub]);
    }
  }

  async #booked(coinPub, facts, seen) {
    try {
      await this.#store.coins.prove(coinPub, facts, { seen });
      return true;
    } catch (error) {
      if (!(error instanceof StateChanged)) throw error;
      return false;
    }
  }
}
