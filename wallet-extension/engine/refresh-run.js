// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One refresh's way: planned → melted → done, or failed. Each request is made again, byte for byte, until its answer is stored. */

import { Amount } from "../core/amount.js";
import { decodeBase32, decodeBase32Fixed } from "../core/base32.js";
import { hiddenCandidate } from "../core/exchange-answers.js";
import { makeRefresh } from "../core/refresh.js";
import { now } from "../core/time.js";
import { EngineError } from "./engine-error.js";
import { DENOMINATION_CODES, melt, reveal } from "./exchange-client.js";
import { Refused } from "./http.js";
import { coinRecord, denominationOf } from "./planchets.js";
import { RefreshState } from "./records.js";

/** How long (seconds), and how often at least, a reveal that is refused is tried again: neither a wrong clock nor an hour's fault ends it. */
const LONGEST_REVEAL = 30 * 86_400;
const MOST_REVEALS = 100;

/** `reason`: exchange_refused (`hint`), refresh_changed. */
export class RefreshError extends EngineError {}

/** All messages of a refresh's record and its coin's (see core/refresh.js). */
export function refreshOf({ transferSecrets, denominations, amount, fee }, coin) {
  return makeRefresh({
    coin: {
      coinSeed: coin.seed, coinKey: decodeBase32Fixed(coin.coinPub, 32), signature: decodeBase32(coin.signature),
      denomination: { hash: decodeBase32Fixed(coin.denomHash, 64), id: coin.denomHash },
    },
    transferSecrets, denominations: denominations.map(denominationOf), amount: Amount.parse(amount), fee: Amount.parse(fee),
  });
}

export class RefreshRun {
  #store;
  #exchanges;
  #inquiry;

  constructor({ store, exchanges, inquiry }) {
    this.#store = store;
    this.#exchanges = exchanges;
    this.#inquiry = inquiry;
  }

  /** The record, done or failed. Throws what keeps it from going on now: it goes on with the next call. */
  async toEnd(start) {
    let refresh = start;
    if (refresh.state !== RefreshState.planned && refresh.state !== RefreshState.melted) return refresh;
    const coin = await this.#store.coins.get(refresh.coinPub);
    const session = await refreshOf(refresh, coin);
    if (session.id !== refresh.id) throw new RefreshError("refresh_changed", "A stored refresh does not make the commitment that it is known by.");
    if (refresh.state === RefreshState.planned) refresh = await this.#melt(refresh, coin, session);
    return refresh.state === RefreshState.melted ? this.#reveal(refresh, session) : refresh;
  }

  async #melt(refresh, coin, session) {
    let answer;
    try {
      answer = await melt(refresh.exchange, refresh.coinPub, session.meltRequest);
    } catch (error) {
      if (!(error instanceof Refused) || error.code === null) throw error;
      return this.#refused(refresh, coin, error);
    }
    const keys = await this.#exchanges.keys(refresh);
    const about = { signingKeys: keys.signingKeys, time: now() };
    // A key of the exchange that is newer than its keys here is met once in a while.
    const hidden = await hiddenCandidate(answer, session.commitment, about).catch(async () => {
      const { signingKeys } = await this.#exchanges.keys(refresh, { refresh: true });
      return hiddenCandidate(answer, session.commitment, { ...about, signingKeys });
    });
    return this.#store.refreshes.melted(refresh.id, hidden);
  }

  /**
   * An earlier request may have arrived although its answer did not: only the coin's history tells whether anything was melted. If so, the
   * refresh stays as it is. If not, the coin is what is proven: nobody signs a refusal, so it stays money, and is refreshed anew after a while.
   */
  async #refused(refresh, coin, error) {
    const facts = await this.#inquiry.facts(coin);
    if (facts.melts.includes(refresh.id)) throw error;
    if (DENOMINATION_CODES.has(error.code)) await this.#exchanges.keys(refresh, { refresh: true });
    // Another copy of this wallet has melted the coin: the recovery looks for its coins before anything counts as lost.
    const isKnown = await this.#areKnown(facts.melts);
    const failed = await this.#store.refreshes.failed(refresh.id, error.record, isKnown ? { facts, seen: coin } : {});
    if (!isKnown) await this.#store.coins.doubt([refresh.coinPub]);
    return failed;
  }

  async #areKnown(melts) {
    const records = await Promise.all(melts.map((id) => this.#store.refreshes.get(id)));
    return records.every((record) => record !== undefined);
  }

  /** Refusals are tried again for a month; then what was melted counts as lost, as it can never be had. */
  async #reveal(refresh, session) {
    let answer;
    try {
      answer = await reveal(refresh.exchange, refresh.id, await session.revealRequest(refresh.hidden));
    } catch (error) {
      if (!(error instanceof Refused) || error.code === null) throw error;
      const { refusals } = await this.#store.refreshes.refused(refresh.id);
      if (refusals < MOST_REVEALS || now() - refresh.created <= LONGEST_REVEAL) throw error;
      return this.#store.refreshes.failed(refresh.id, error.record);
    }
    const coins = await session.freshCoins(answer, refresh.hidden);
    const { masterPub, exchange, id } = refresh;
    // A record from a backup may be older than what its fresh coins have paid.
    const origin = { masterPub, exchange, from: { refresh: id }, doubt: refresh.doubt === true, ...(refresh.claimed === true ? { claimed: true } : {}) };
    return this.#store.refreshes.done(id, coins.map((coin, i) => coinRecord(coin, refresh.denominations[i], origin)));
  }
}
