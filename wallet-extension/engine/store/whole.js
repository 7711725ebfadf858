// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The whole database, for backups: read as it is at one moment, and merged with another. */

import { now } from "../../core/time.js";
import { CoinState, Entry, PurchaseState, RefreshState, ReserveState, STORES } from "../records.js";
import { isAsSeen } from "./coins.js";
import { book, currencyOf, unitsOf } from "./entries.js";
import { isOver } from "./purchases.js";

/** How long ago (seconds) a refund deadline may be for its coins to be asked about. */
const LATE_REFUNDS = 30 * 86_400;

const NAMES = Object.keys(STORES);

/** How far a reserve is; at a tie what is here stays. */
const RANK = {
  [ReserveState.created]: 0, [ReserveState.registered]: 1, [ReserveState.asked]: 2, [ReserveState.handed]: 2, [ReserveState.wired]: 3,
  [ReserveState.planned]: 4, [ReserveState.done]: 5, [ReserveState.failed]: 5,
};

export class Whole {
  #access;

  constructor(access) {
    this.#access = access;
  }

  /** {store: [record]} of all stores. */
  read() {
    return this.#access.together(NAMES);
  }

  /**
   * Takes in what another database held, in one transaction, and gives how many records of each store came: {store: number}. What is here is
   * never replaced by something older: a coin, refresh or purchase that is here stays (but a purchase that is over here and paid there is paid),
   * of a reserve the one that is further. Where the books and the coins would differ afterwards, an entry says so.
   * What coins are worth by now only their exchanges know: those that came, or are different there, are in `doubt` until they have been asked.
   */
  merge(other) {
    return this.#access.write(NAMES, async (stores) => {
      const counts = Object.fromEntries(NAMES.map((name) => [name, 0]));
      const put = async (name, record) => {
        await stores[name].put(record);
        counts[name] += 1;
      };
      for (const record of other.exchanges ?? []) {
        const here = await stores.exchanges.get(record.url);
        // That an exchange is trusted is the person's word, not a file's.
        if (here === undefined) await put("exchanges", { ...record, accepted: null });
      }
      for (const record of other.reserves ?? []) {
        const here = await stores.reserves.get(record.reservePub);
        if (here === undefined || isFurther(record, here)) await put("reserves", { ...record, doubt: true, claimed: true });
      }
      for (const record of other.purchases ?? []) {
        const here = await stores.purchases.get(record.id);
        if (here === undefined) await put("purchases", record);
        else if (isOver(here) && record.state === PurchaseState.paid) await put("purchases", joined(here, record));
      }
      for (const record of other.refreshes ?? []) {
        if ((await stores.refreshes.get(record.id)) === undefined) await put("refreshes", { ...record, doubt: true, claimed: true });
      }
      const refundable = refundableCoins(other.purchases ?? []);
      for (const record of other.coins ?? []) {
        const here = await stores.coins.get(record.coinPub);
        const doubt = record.state !== CoinState.spent || refundable.has(record.coinPub);
        if (here === undefined) await put("coins", { ...await released(stores, record), doubt, claimed: true });
        else if (!isAsSeen(here, record)) await stores.coins.put({ ...here, doubt: true });
      }
      counts.ledger = await mergeLedger(stores, other.ledger ?? []);
      await agree(stores);
      return counts;
    });
  }
}

/** Coins of payments of which something may have come back since. */
function refundableCoins(purchases) {
  const open = purchases.filter(({ refundDeadline }) => typeof refundDeadline === "number" && refundDeadline > now() - LATE_REFUNDS);
  return new Set(open.flatMap(({ coins }) => coins.map(({ coinPub }) => coinPub)));
}

/** A purchase that is over here and paid there: what was refused, paid and given back is known of both tries. */
function joined(here, paid) {
  const join = (name, keyOf) => [...new Map([...here[name] ?? [], ...paid[name] ?? []].map((one) => [keyOf(one), one])).values()];
  return {
    ...here, ...paid, coins: join("coins", ({ coinPub }) => coinPub), refusals: join("refusals", (one) => JSON.stringify(one)),
    refunds: join("refunds", ({ coinPub, transactionID }) => `${coinPub} ${transactionID}`),
  };
}

function isFurther(one, here) {
  const drawn = (reserve) => (reserve.withdrawn === null ? 0n : unitsOf(reserve.withdrawn));
  if (drawn(one) !== drawn(here)) return drawn(one) > drawn(here);
  return RANK[one.state] > RANK[here.state];
}

/** A coin whose holder has ended here is free: the exchange will say what is left of it. */
async function released(stores, coin) {
  if (coin.lockedFor === null) return coin;
  const isHeld = coin.state === CoinState.locked
    ? (await stores.purchases.get(coin.lockedFor))?.state === PurchaseState.pending
    : [RefreshState.planned, RefreshState.melted].includes((await stores.refreshes.get(coin.lockedFor))?.state);
  return isHeld ? coin : { ...coin, state: CoinState.free, lockedFor: null };
}

/** Adds the entries that are not here: entries have no name of their own, so equal ones are counted. */
async function mergeLedger(stores, entries) {
  const counts = new Map();
  const add = (entry, by) => counts.set(nameOf(entry), (counts.get(nameOf(entry)) ?? 0) + by);
  for (const entry of await stores.ledger.all()) add(entry, 1);
  let added = 0;
  for (const entry of entries) {
    const here = counts.get(nameOf(entry)) ?? 0;
    add(entry, here > 0 ? -1 : 0);
    if (here > 0) continue;
    const { number, ...rest } = entry;
    await stores.ledger.put(rest);
    added += 1;
  }
  return added;
}

function nameOf({ time, masterPub, kind, sign, amount, fee, reference, title }) {
  return JSON.stringify([time, masterPub, kind, sign, amount, fee, reference, title]);
}

/** One entry for each exchange whose coins differ from the ledger. */
async function agree(stores) {
  const differences = new Map();
  const add = (masterPub, currency, units) => {
    const key = JSON.stringify([masterPub, currency]);
    differences.set(key, (differences.get(key) ?? 0n) + units);
  };
  for (const coin of await stores.coins.all()) add(coin.masterPub, currencyOf(coin.value), unitsOf(coin.remaining));
  for (const entry of await stores.ledger.all()) add(entry.masterPub, entry.currency, unitsOf(entry.amount) * BigInt(-entry.sign));
  for (const [key, units] of differences) {
    const [masterPub, currency] = JSON.parse(key);
    await book(stores, { kind: units < 0n ? Entry.loss : Entry.found, masterPub, currency, units, reference: "" });
  }
}
