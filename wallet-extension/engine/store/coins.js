// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The coins. They come with a reserve or a refresh (reserves.js, refreshes.js), or are found by what the exchange proves. */

import { CoinState } from "../records.js";
import { StateChanged } from "./access.js";
import { applyFacts, FACT_STORES, putFresh } from "./facts.js";
import { bookDifference, currencyOf, textOf, unitsOf } from "./entries.js";

export class Coins {
  #access;

  constructor(access) {
    this.#access = access;
  }

  get(coinPub) {
    return this.#access.get("coins", coinPub);
  }

  all() {
    return this.#access.all("coins");
  }

  /** The coins of one exchange, by its master key. */
  async of(masterPub) {
    return (await this.all()).filter((coin) => coin.masterPub === masterPub);
  }

  /** The coins that can pay, of all exchanges. */
  async free() {
    return (await this.all()).filter(({ state }) => state === CoinState.free);
  }

  /**
   * A coin becomes what the exchange proves (see facts.js), with its ledger entries; `fresh`: coin records that unknown melts of it have made, when they were looked for.
   * Gives the coin as it is then. Throws StateChanged when the coin is missing, or (with `seen`, the coin as it was when the exchange was
   * asked) when it has changed meanwhile: then the facts may be older than the change.
   */
  prove(coinPub, facts, { fresh = null, seen = null } = {}) {
    return this.#access.write(FACT_STORES, async (stores) => {
      const coin = await stores.coins.get(coinPub);
      if (coin === undefined) throw new StateChanged("the coin is missing");
      if (seen !== null && !isAsSeen(coin, seen)) throw new StateChanged("the coin has changed meanwhile");
      return applyFacts(stores, coin, facts, fresh);
    });
  }

  /** A coin that came out of a file is what the exchange's keys say of its denomination; gives it. It holds no more than that. */
  confirm(coinPub, { value, feeDeposit, expireDeposit }) {
    return this.#access.write(["coins", "ledger"], async (stores) => {
      const coin = await stores.coins.get(coinPub);
      if (coin === undefined) throw new StateChanged("the coin is missing");
      const [most, had] = [unitsOf(value), unitsOf(coin.remaining)];
      const units = had < most ? had : most;
      const next = { ...coin, value, feeDeposit, expireDeposit, remaining: textOf(currencyOf(value), units), claimed: false };
      await stores.coins.put(next);
      await bookDifference(stores, coin, units - had);
      return next;
    });
  }

  /** Coins that were found without a change of another coin: they are put and booked. Gives how many were new. */
  found(coins) {
    return this.#access.write(["coins", "ledger"], async (stores) => {
      let count = 0;
      for (const coin of coins) {
        const units = await putFresh(stores, [coin]);
        if (units === 0n) continue;
        count += 1;
        await bookDifference(stores, coin, units);
      }
      return count;
    });
  }

  /** Free coins of `coinPubs` get a reason to be refreshed (Exposed); one that has a reason keeps it. */
  expose(coinPubs, reason) {
    return this.#access.write(["coins"], async ({ coins }) => {
      for (const coinPub of coinPubs) {
        const coin = await coins.get(coinPub);
        if (coin?.state === CoinState.free && coin.exposed === null) await coins.put({ ...coin, exposed: reason });
      }
    });
  }

  /** Coins whose exchange is to be asked what they are worth. */
  doubt(coinPubs) {
    return this.#access.write(["coins"], async ({ coins }) => {
      for (const coinPub of coinPubs) {
        const coin = await coins.get(coinPub);
        if (coin !== undefined) await coins.put({ ...coin, doubt: true });
      }
    });
  }
}

/** Whether nothing happened to a coin between two readings: what was proven in between is about the coin as it is. */
export function isAsSeen(coin, seen) {
  return coin.state === seen.state && coin.remaining === seen.remaining && coin.lockedFor === seen.lockedFor
    && (coin.refunds ?? []).length === (seen.refunds ?? []).length;
}
