// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's exchange: its verified keys, reserves and withdrawals. */

import { Amount } from "../core/amount.js";
import { verifyExchangeKeys } from "../core/exchange-keys.js";
import { now } from "../core/time.js";
import { NoAnswer, Refused, requestJSON } from "./http.js";

/** Verified keys are used this long (seconds) before they are fetched again. */
const FRESH = 600;

export class Exchange {
  #configuration;
  #store;
  #keys = null;

  constructor(configuration, store) {
    this.#configuration = configuration;
    this.#store = store;
  }

  /**
   * The verified keys. Stored ones serve while they are fresh, and when the exchange cannot be reached; they are verified
   * each time they are read. Throws KeysError when what the exchange says is not its owner's.
   */
  async keys({ refresh = false } = {}) {
    const { exchangeURL } = this.#configuration;
    if (!refresh && this.#keys !== null && now() - this.#keys.fetched < FRESH) return this.#keys;
    const stored = await this.#store.exchangeKeys(exchangeURL);
    const isFresh = stored !== undefined && now() - stored.fetched < FRESH;
    if (!refresh && isFresh) {
      const keys = await this.#verify(stored).catch(() => null);
      if (keys !== null) return keys;
    }
    let json;
    try {
      json = await requestJSON(new URL("keys", exchangeURL));
    } catch (error) {
      if (!(error instanceof NoAnswer) || stored === undefined) throw error;
      return this.#verify(stored);
    }
    const fetched = { url: exchangeURL, json, fetched: now() };
    const keys = await this.#verify(fetched);
    await this.#store.putExchangeKeys(fetched);
    return keys;
  }

  async #verify({ json, fetched }) {
    const { masterKey, currency } = this.#configuration;
    const keys = await verifyExchangeKeys(json, { masterKey, currency, time: now() });
    this.#keys = { ...keys, fetched };
    return this.#keys;
  }

  /** The reserve's balance, or null when the exchange does not know it after `wait` milliseconds. */
  async reserveBalance(reservePub, wait) {
    const url = new URL(`reserves/${reservePub}?timeout_ms=${wait}`, this.#configuration.exchangeURL);
    try {
      const { balance } = await requestJSON(url, { patience: wait + 20_000 });
      return Amount.parse(balance);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  /** The blind signatures for `planchets` (bodies of withdrawRequest), in their order. The same request again gets the same answer. */
  async batchWithdraw(reservePub, planchets) {
    const url = new URL(`reserves/${reservePub}/batch-withdraw`, this.#configuration.exchangeURL);
    const answer = await requestJSON(url, { method: "POST", body: { planchets }, patience: 60_000 });
    if (!Array.isArray(answer?.ev_sigs) || answer.ev_sigs.length !== planchets.length) {
      throw new NoAnswer("the exchange answered with another number of coins");
    }
    return answer.ev_sigs;
  }
}
