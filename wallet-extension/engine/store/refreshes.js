// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Refreshes: stored, with the coin out of use, before the exchange is asked; the old coin gives and the fresh ones come in one step. */

import { CoinState, Entry, RefreshState } from "../records.js";
import { expected, StateChanged } from "./access.js";
import { isAsSeen } from "./coins.js";
import { book, bookDifference, currencyOf, holding, unitsOf } from "./entries.js";
import { applyFacts, FACT_STORES, putFresh } from "./facts.js";

export class Refreshes {
  #access;

  constructor(access) {
    this.#access = access;
  }

  get(id) {
    return this.#access.get("refreshes", id);
  }

  /** Newest first. */
  async all() {
    return (await this.#access.all("refreshes")).sort((a, b) => b.created - a.created);
  }

  /** Those that are not finished. */
  async open() {
    return (await this.all()).filter(({ state }) => state === RefreshState.planned || state === RefreshState.melted);
  }

  /** Stores a planned refresh and takes its coin out of use. Throws StateChanged when the coin is not free, or not as it was planned with (`coin`). */
  begin(refresh, coin) {
    return this.#access.write(["refreshes", "coins"], async (stores) => {
      const current = await stores.coins.get(refresh.coinPub);
      if (current?.state !== CoinState.free || !isAsSeen(current, coin)) throw new StateChanged("the coin is not free any more");
      if (unitsOf(refresh.amount) > unitsOf(current.remaining)) throw new StateChanged("the coin holds less");
      if ((await stores.refreshes.get(refresh.id)) !== undefined) throw new StateChanged("the refresh is stored already");
      await stores.coins.put({ ...current, state: CoinState.melting, lockedFor: refresh.id });
      const stored = { ...refresh, state: RefreshState.planned, hidden: null, problem: null };
      await stores.refreshes.put(stored);
      return stored;
    });
  }

  /** The exchange has melted the coin, and leaves `hidden` (0 to 2) unrevealed. Gives the refresh. */
  melted(id, hidden) {
    return this.#access.write(["refreshes"], async ({ refreshes }) => {
      const next = { ...await expected(refreshes, id, RefreshState.planned), state: RefreshState.melted, hidden };
      await refreshes.put(next);
      return next;
    });
  }

  /** The exchange has refused to reveal a melted one: `refusals` counts it. Gives the refresh. */
  refused(id) {
    return this.#access.write(["refreshes"], async ({ refreshes }) => {
      const refresh = await expected(refreshes, id, RefreshState.melted);
      const next = { ...refresh, refusals: (refresh.refusals ?? 0) + 1 };
      await refreshes.put(next);
      return next;
    });
  }

  /** The fresh coins are here: the old one has lost what was melted, and the ledger says what it cost. Gives the refresh. */
  done(id, coins) {
    return this.#access.write(["refreshes", "coins", "ledger"], async (stores) => {
      const refresh = await expected(stores.refreshes, id, RefreshState.melted);
      const old = await held(stores, refresh);
      const fresh = await putFresh(stores, coins);
      const next = holding(old, unitsOf(old.remaining) - unitsOf(refresh.amount), { lockedFor: null });
      await stores.coins.put(next);
      const units = fresh + unitsOf(next.remaining) - unitsOf(old.remaining);
      await book(stores, {
        kind: Entry.refresh, masterPub: refresh.masterPub, currency: currencyOf(refresh.amount), units, fee: units < 0n ? -units : 0n, reference: id,
      });
      const ended = { ...refresh, state: RefreshState.done, problem: null };
      await stores.refreshes.put(ended);
      return ended;
    });
  }

  /**
   * The exchange refused for good. The coin is free with what it had, or with what `facts` prove (see facts.js) about it as it was `seen` then: when it
   * has changed meanwhile it is in doubt. Gives the refresh, which goes on (`planned`) if the facts say that it was melted after all.
   */
  failed(id, problem, { facts = null, seen = null } = {}) {
    return this.#access.write(FACT_STORES, async (stores) => {
      const refresh = await expected(stores.refreshes, id, [RefreshState.planned, RefreshState.melted]);
      const old = await held(stores, refresh);
      await stores.refreshes.put({ ...refresh, state: RefreshState.failed, problem });
      const free = { ...old, state: CoinState.free, lockedFor: null };
      if (facts !== null && seen !== null && !isAsSeen(old, seen)) await stores.coins.put(holding(free, unitsOf(free.remaining), { doubt: true }));
      else if (facts !== null) await applyFacts(stores, free, facts);
      else if (refresh.state === RefreshState.melted) await lose(stores, free, refresh);
      else await stores.coins.put(holding(free, unitsOf(free.remaining)));
      return stores.refreshes.get(id);
    });
  }
}

async function held(stores, refresh) {
  const coin = await stores.coins.get(refresh.coinPub);
  if (coin?.lockedFor !== refresh.id) throw new StateChanged("the refresh does not hold its coin");
  return coin;
}

/** What was melted is gone, when it cannot be revealed. */
async function lose(stores, coin, refresh) {
  const next = holding(coin, unitsOf(coin.remaining) - unitsOf(refresh.amount));
  await stores.coins.put(next);
  await bookDifference(stores, coin, unitsOf(next.remaining) - unitsOf(coin.remaining));
}
