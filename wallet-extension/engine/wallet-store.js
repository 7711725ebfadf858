// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the wallet keeps, each method one transaction that keeps one invariant:
 * a reserve's key is stored before the bank hears of it, planchets before the exchange does, a permission before the
 * shop does; a coin is free, locked for one purchase, or gone. Coins and reserves are those of one exchange, known by its
 * master key: what another one issued (before a sandbox was set up anew, say) stays stored and is not counted. The records: records.js.
 */

import { Amount, sum } from "../core/amount.js";
import { Database } from "./database.js";
import { CoinState } from "./records.js";

export class WalletStore {
  #database;
  #masterPub;

  constructor(database, masterPub) {
    this.#database = database;
    this.#masterPub = masterPub;
  }

  /** The store for the exchange with this master key (base32). */
  static async open(masterPub) {
    return new WalletStore(await Database.open(), masterPub);
  }

  async #ours(store) {
    return (await this.#database.all(store)).filter(({ masterPub }) => masterPub === this.#masterPub);
  }

  exchangeKeys(url) {
    return this.#database.get("exchanges", url);
  }

  putExchangeKeys(record) {
    return this.#database.write(["exchanges"], ({ exchanges }) => exchanges.put(record));
  }

  async freeCoins() {
    return (await this.#ours("coins")).filter((coin) => coin.state === CoinState.free);
  }

  /** {free, locked} amounts of `currency`. */
  async balance(currency) {
    const coins = await this.#ours("coins");
    const held = (state) => sum(currency, coins.filter((coin) => coin.state === state).map((coin) => Amount.parse(coin.remaining)));
    return { free: held(CoinState.free), locked: held(CoinState.locked) };
  }

  async reserves() {
    return (await this.#ours("reserves")).sort((a, b) => b.created - a.created);
  }

  putReserve(record) {
    return this.#database.write(["reserves"], ({ reserves }) => reserves.put({ ...record, masterPub: this.#masterPub }));
  }

  /** The coins of a reserve's planchets are here: they replace the planchets. */
  acceptCoins(reserve, coins) {
    return this.#database.write(["reserves", "coins"], async (stores) => {
      for (const coin of coins) {
        if ((await stores.coins.get(coin.coinPub)) === undefined) await stores.coins.put({ ...coin, masterPub: this.#masterPub });
      }
      await stores.reserves.put({ ...reserve, masterPub: this.#masterPub });
    });
  }
}
