// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The wallet's money as the exchanges prove it: after a backup has been taken in, and whenever a coin is in doubt. What another copy of this
 * wallet did since then (payments, withdrawals, refreshes) is found as far as secrets that this copy has lead to it.
 */

import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { coinsFromLink } from "../core/link.js";
import { EngineError } from "./engine-error.js";
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
          // Of a refresh that was taken up the coin is asked about again when it has ended.
          if (await this.#ask(coin.coinPub, result)) seen.delete(coin.coinPub);
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

  /** Gives whether a refresh of another copy was taken up. */
  async #ask(coinPub, result) {
    try {
      const coin = await this.#confirmed(await this.#store.coins.get(coinPub));
      const facts = await this.#inquiry.facts(coin);
      const unknown = await this.#unknown(facts.melts);
      const fresh = unknown.length === 0 ? [] : await this.#linked(coin, unknown, result);
      if (fresh === null) {
        // Melted, and not revealed: nothing is lost as long as its owner may reveal it. The coin pays nothing meanwhile.
        await this.#store.coins.doubt([coinPub]);
        return await this.#refreshes.retake(coin, unknown);
      }
      await this.#store.coins.prove(coinPub, facts, { fresh, seen: coin });
      result.asked += 1;
      result.found += fresh.length;
    } catch (error) {
      // A coin that has changed meanwhile is in somebody's hands, who knows more: it stays in doubt until next time.
      if (!(error instanceof StateChanged)) result.problems.push(error);
    }
    return false;
  }

  /** What a coin out of a file is worth the exchange's keys say; of a kind that they do not list it stays in doubt. */
  async #confirmed(coin) {
    if (coin.claimed !== true) return coin;
    const { denominations } = await this.#exchanges.keys(coin);
    const denomination = denominations.find(({ id }) => id === coin.denomHash);
    if (denomination === undefined) throw new EngineError("coin_unknown", "The exchange does not list the kind of a coin of the backup.");
    return this.#store.coins.confirm(coin.coinPub, denominationRecord(denomination));
  }

  async #unknown(melts) {
    const records = await Promise.all(melts.map((id) => this.#store.refreshes.get(id)));
    return melts.filter((_, i) => records[i] === undefined);
  }

  /** The records of the coins of this coin's refreshes that the wallet does not have; null when not all of the `unknown` melts have coins. */
  async #linked(coin, unknown, result) {
    const answer = await coinLink(coin.exchange, coin.coinPub);
    const { coins, problems } = await coinsFromLink(answer, { coinSeed: coin.seed, coinKey: decodeBase32Fixed(coin.coinPub, 32) });
    // What cannot be read now may be readable next time: nothing counts as lost for it.
    if (problems.length > 0) throw problems[0];
    if ((await this.#others(coin, coins)).size < unknown.length) return null;
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

  /** The transfer keys (texts) of the refreshes in a link that are not this wallet's own. */
  async #others({ coinPub }, coins) {
    const found = new Set();
    for (const { coinKey, transferKey } of coins) {
      const known = await this.#store.coins.get(encodeBase32(coinKey));
      if (known === undefined || known.from?.refresh === coinPub) found.add(encodeBase32(transferKey));
    }
    return found;
  }
}

function isAsked({ state, doubt }, only) {
  return doubt === true || (only === "all" && state !== CoinState.spent);
}
