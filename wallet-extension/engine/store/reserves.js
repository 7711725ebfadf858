// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Reserves: the key is stored before a bank hears of it, the planchets before the exchange does; coins replace their planchets. */

import { Entry, ReserveState } from "../records.js";
import { expected, StateChanged } from "./access.js";
import { book, currencyOf, textOf, unitsOf } from "./entries.js";

export class Reserves {
  #access;

  constructor(access) {
    this.#access = access;
  }

  get(reservePub) {
    return this.#access.get("reserves", reservePub);
  }

  /** Newest first. */
  async all() {
    return (await this.#access.all("reserves")).sort((a, b) => b.created - a.created);
  }

  /** Those that are not finished. */
  async open() {
    return (await this.all()).filter(({ state }) => state !== ReserveState.done && state !== ReserveState.failed);
  }

  /** A new reserve; throws StateChanged when its key is stored already. */
  add(reserve) {
    return this.#access.write(["reserves"], async ({ reserves }) => {
      if ((await reserves.get(reserve.reservePub)) !== undefined) throw new StateChanged("the reserve is stored already");
      await reserves.put(reserve);
      return reserve;
    });
  }

  /** Changes members of a reserve that is in state `from` (one or several); gives it as it is then. Throws StateChanged in any other state. */
  advance(reservePub, from, changes) {
    return this.#access.write(["reserves"], async ({ reserves }) => {
      const next = { ...await expected(reserves, reservePub, from), ...changes };
      await reserves.put(next);
      return next;
    });
  }

  /**
   * The coins of a planned reserve's planchets, in their order, are here: they replace the planchets, and the ledger says what was withdrawn and
   * with which fees. The reserve is `wired` then: what is left in it may be enough for more. Gives it.
   */
  accept(reservePub, coins) {
    return this.#access.write(["reserves", "coins", "ledger"], async (stores) => {
      const reserve = await expected(stores.reserves, reservePub, ReserveState.planned);
      if (coins.length !== reserve.planchets.length) throw new StateChanged("the reserve has other planchets");
      const currency = currencyOf(reserve.amount);
      let [units, fee, total] = [0n, 0n, reserve.withdrawn === null ? 0n : unitsOf(reserve.withdrawn)];
      for (const [i, coin] of coins.entries()) {
        total += unitsOf(coin.value);
        if ((await stores.coins.get(coin.coinPub)) !== undefined) continue;
        await stores.coins.put(coin);
        units += unitsOf(coin.value);
        fee += unitsOf(reserve.planchets[i].feeWithdraw);
      }
      await book(stores, { kind: Entry.withdrawal, masterPub: reserve.masterPub, currency, units, fee, reference: reservePub });
      const next = { ...reserve, state: ReserveState.wired, planchets: [], withdrawn: textOf(currency, total), problem: null, plans: 0 };
      await stores.reserves.put(next);
      return next;
    });
  }
}
