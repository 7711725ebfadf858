// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The wallet's money as the exchanges prove it: after a backup has been taken in, and whenever a coin is in doubt. What another copy of this
 * wallet did since then (payments, withdrawals, refreshes) is found as far as secrets that this copy has lead to it.
 */

import { decodeBase32Fixed } from "../core/base32.js";
import { coinsFromLink } from "../core/link.js";
import { coinLink } from "./exchange-client.js";
import { exclusively } from "./locks.js";
import { coinRecord, denominationRecord } from "./planchets.js";
import { CoinState } from "./records.js";
import { StateChanged } from "./store/access.js";

export class Recovery {
  #store;
  #exchanges;
  #inquiry;
  #withdrawals;
  #refreshes;

  constructor(store, { exchanges, inquiry, withdrawals, refreshes }) {
    this.#store = store;
    this.#exchanges = exchanges;
    this.#inquiry = inquiry;
    this.#withdrawals = withdrawals;
    this.#refreshes = refreshes;
  }

  /**
   * Goes on with reserves and refreshes, asks the history of every coin that is not spent, brings the books in line with it, and follows melts
   * that this wallet does not know to their coins. Gives {asked, found (coins that were new), problems (errors)}; what could not be asked stays in
   * doubt. `only`: "doubt" for the coins in doubt alone.
   */
  run(progress = () => {}, { only = "all" } = {}) {
    return exclusively("taler-recovery", async () => {
      const result = { asked: 0, found: 0, problems: [] };
      await this.#withdrawals.resume(progress).catch((error) => result.problems.push(error));
      result.problems.push(...(await this.#refreshes.resume(progress)).problems);
      const seen = new Set();
      for (;;) {
        const coins = (await this.#store.coins.all()).filter((coin) => !seen.has(coin.coinPub) && isAsked(coin, only));
        if (coins.length === 0) break;
        for (const [i, coin] of coins.entries()) {
          seen.add(coin.coinPub);
          progress({ key: "progress_recovering", parameters: { number: String(i + 1), of: String(coins.length) } });
          await this.#ask(coin.coinPub, result);
        }
        // A refresh that counted as failed and was melted all the same goes on, and its coins are asked, too.
        result.problems.push(...(await this.#refreshes.resume(progress)).problems);
      }
      return result;
    });
  }

  /** Whether any coin is in doubt. */
  async isNeeded() {
    return (await this.#store.coins.all()).some(({ doubt }) => doubt === true);
  }

  async #ask(coinPub, result) {
    try {
      const coin = await this.#store.coins.get(coinPub);
      const facts = await this.#inquiry.facts(coin);
      const fresh = (await this.#isKnown(facts.melts)) ? [] : await this.#linked(coin, result);
      await this.#store.coins.prove(coinPub, facts, { fresh, seen: coin });
      result.asked += 1;
      result.found += fresh.length;
    } catch (error) {
      // A coin that has changed meanwhile is in somebody's hands, who knows more: it stays in doubt until next time.
      if (!(error instanceof StateChanged)) result.problems.push(error);
    }
  }

  async #isKnown(melts) {
    const records = await Promise.all(melts.map((id) => this.#store.refreshes.get(id)));
    return records.every((record) => record !== undefined);
  }

  /** The records of the coins of this coin's refreshes that the wallet does not have. */
  async #linked(coin, result) {
    const answer = await coinLink(coin.exchange, coin.coinPub);
    const { coins, problems } = await coinsFromLink(answer, { coinSeed: coin.seed, coinKey: decodeBase32Fixed(coin.coinPub, 32) });
    // What cannot be read now may be readable next time: nothing counts as lost for it.
    if (problems.length > 0) throw problems[0];
    const keys = await this.#exchanges.keys(coin);
    const { masterPub, exchange, coinPub } = coin;
    const found = [];
    for (const made of coins) {
      const denomination = keys.denominations.find(({ id }) => id === made.denomination.id);
      if (denomination === undefined) {
        result.problems.push(new Error("a coin of a kind that the exchange does not list"));
        continue;
      }
      const record = coinRecord(made, denominationRecord(denomination), { masterPub, exchange, from: { refresh: coinPub }, doubt: true });
      if ((await this.#store.coins.get(record.coinPub)) === undefined) found.push(record);
    }
    return found;
  }
}

function isAsked({ state, doubt }, only) {
  return doubt === true || (only === "all" && state !== CoinState.spent);
}
