// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Purchases: a permission is stored, with its coins locked, before the shop gets it. No contract and no thing is paid twice: both are
 * checked in the transaction that locks the coins. `taken` of a purchase's coin: its contribution has left the coin.
 */

import { CoinState, Entry, Exposed, PurchaseState } from "../records.js";
import { StateChanged } from "./access.js";
import { book, currencyOf, holding, unitsOf } from "./entries.js";
import { applyFacts, FACT_STORES, isCredited, refundKey, take } from "./facts.js";

/** The coins that a payment was planned with are not free any more, or what it is for is paid or being paid. */
export class CoinsTaken extends Error {}

const STORES = ["purchases", "coins", "ledger"];

export class Purchases {
  #access;

  constructor(access) {
    this.#access = access;
  }

  get(id) {
    return this.#access.get("purchases", id);
  }

  /** Newest first. */
  async all() {
    return (await this.#access.all("purchases")).sort((a, b) => b.created - a.created);
  }

  /** Those whose outcome is not known, oldest first. */
  async pending() {
    return (await this.all()).filter(({ state }) => state === PurchaseState.pending).reverse();
  }

  /**
   * The purchase that an offer repeats: of the same merchant and shop (origin), with the same repurchase_correlation_id, and paid or
   * perhaps paid. A paid one goes before the others. Null for an offer without that id, and when there is none.
   */
  async earlier(wanted) {
    return repeated(wanted, await this.all());
  }

  /** The shop knows this purchase no more: who is offered the same thing again buys it anew. */
  uncouple(id) {
    return this.#access.write(["purchases"], async ({ purchases }) => {
      const purchase = await purchases.get(id);
      if (purchase !== undefined) await purchases.put({ ...purchase, correlation: null });
    });
  }

  /**
   * Stores a signed purchase and locks its coins; throws CoinsTaken when another window was faster with one, with this contract, or with
   * another contract for the same thing.
   */
  commit(purchase) {
    return this.#access.write(["purchases", "coins"], async (stores) => {
      const earlier = await stores.purchases.get(purchase.id);
      if (earlier !== undefined && !isOver(earlier)) throw new CoinsTaken("this contract has a permission already");
      if (repeated(purchase, await stores.purchases.all()) !== null) throw new CoinsTaken("another contract for this has a permission already");
      for (const { coinPub, remaining } of purchase.coins) {
        const coin = await stores.coins.get(coinPub);
        const isFree = coin?.state === CoinState.free && coin.doubt !== true && coin.remaining === remaining;
        if (!isFree) throw new CoinsTaken("a coin is not free any more");
        await stores.coins.put({ ...coin, state: CoinState.locked, lockedFor: purchase.id });
      }
      const coins = purchase.coins.map((part) => ({ ...part, taken: false }));
      const stored = { ...purchase, coins, state: PurchaseState.pending, refusals: earlier?.refusals ?? [], refunds: earlier?.refunds ?? [], tries: 0 };
      await stores.purchases.put(stored);
      return stored;
    });
  }

  /** An attempt brought no outcome. */
  tried(id) {
    return this.#resolve(id, [PurchaseState.pending], (purchase, stores) => stores.purchases.put({ ...purchase, tries: (purchase.tries ?? 0) + 1 }));
  }

  /**
   * The shop took the money: the contributions leave their coins, and what is left of a coin is exposed. Gives whether it did; again changes
   * nothing, but that a paid purchase without an address gets it.
   */
  async settle(id, url) {
    const did = await this.#resolve(id, [PurchaseState.pending], (purchase, stores) => takeAll(stores, { ...purchase, url }, () => true));
    if (!did && url !== null) {
      await this.#resolve(id, [PurchaseState.paid], (purchase, stores) => stores.purchases.put({ ...purchase, url: purchase.url ?? url }));
    }
    return did;
  }

  /**
   * The shop refused for good: the coins are free again but for `named` ({coinPub, facts, doubt}, or null), which becomes what the facts
   * prove, or is set aside when they are null (`doubt`: until the exchange can be asked). Gives whether the purchase was waiting for an outcome.
   */
  refuse(id, refusal, named = null) {
    return this.#resolve(id, [PurchaseState.pending], async (purchase, stores) => {
      await stores.purchases.put({ ...purchase, state: PurchaseState.refused, refusals: [...(purchase.refusals ?? []), refusal] });
      for (const { coin } of await locked(stores, purchase)) {
        const free = { ...coin, state: CoinState.free, lockedFor: null };
        if (coin.coinPub !== named?.coinPub) await stores.coins.put(holding(free, unitsOf(free.remaining)));
        else if (named.facts === null) await stores.coins.put({ ...free, state: CoinState.refused, doubt: named.doubt === true });
        else await applyFacts(stores, free, named.facts);
      }
    }, FACT_STORES);
  }

  /**
   * The contract can no longer be paid, and the histories of all its coins have told: what was `deposited` (coin keys) is paid. The other coins
   * are free, and exposed, for their signatures are still with others. Gives the state then, null when the purchase was not pending.
   */
  async giveUp(id, deposited) {
    const did = await this.#resolve(id, [PurchaseState.pending], (purchase, stores) => takeAll(stores, purchase, (coinPub) => deposited.has(coinPub)));
    return did ? (await this.get(id)).state : null;
  }

  /** A purchase that counted as refused or given up is shown as paid by the shop: its coins' histories will tell what was taken of them. */
  arrived(id, url) {
    return this.#resolve(id, [PurchaseState.refused, PurchaseState.givenUp], (purchase, stores) => (
      stores.purchases.put({ ...purchase, state: PurchaseState.paid, url: url ?? purchase.url })));
  }

  /**
   * Money that came back: `parts` {coinPub, transactionID, amount, credited} that the books do not have yet are added to their coins,
   * and given. A refund proves that its coin had paid. After the whole price came back, an offer of the same thing is a new purchase.
   * Throws StateChanged when a coin would be worth more than when it was new.
   */
  credit(id, parts, isWhole) {
    return this.#access.write(STORES, async (stores) => {
      let purchase = await stores.purchases.get(id);
      if (purchase === undefined) throw new StateChanged("the purchase is missing");
      if (parts.length > 0) purchase = await provenPaid(stores, purchase, new Set(parts.map(({ coinPub }) => coinPub)));
      const news = [];
      for (const part of parts) {
        const coin = await stores.coins.get(part.coinPub);
        if (coin === undefined || isCredited({ refunds: [...(purchase.refunds ?? []), ...news] }, coin, id, part.transactionID)) continue;
        await creditCoin(stores, id, coin, part);
        news.push(part);
      }
      const correlation = isWhole ? null : purchase.correlation;
      await stores.purchases.put({ ...purchase, correlation, refunds: [...(purchase.refunds ?? []), ...news] });
      await bookCredits(stores, purchase, news);
      return news;
    });
  }

  /** Runs `body` when the purchase is in one of `states`; gives whether it did. */
  #resolve(id, states, body, names = STORES) {
    return this.#access.write(names, async (stores) => {
      const purchase = await stores.purchases.get(id);
      if (!states.includes(purchase?.state)) return false;
      await body(purchase, stores);
      return true;
    });
  }
}

/** Whether nothing of a purchase is under way or paid. */
export function isOver({ state }) {
  return state === PurchaseState.refused || state === PurchaseState.givenUp;
}

function repeated({ id, merchantPub, correlation, origin }, purchases) {
  if (typeof correlation !== "string") return null;
  const same = purchases.filter((one) => one.id !== id && !isOver(one)
    && one.correlation === correlation && one.merchantPub === merchantPub && one.origin === origin);
  return same.find(({ state }) => state === PurchaseState.paid) ?? same[0] ?? null;
}

/** The parts of a purchase whose coins it holds: [{part, coin}]. */
async function locked(stores, purchase) {
  const held = [];
  for (const part of purchase.coins) {
    const coin = await stores.coins.get(part.coinPub);
    if (coin?.state === CoinState.locked && coin.lockedFor === purchase.id) held.push({ part, coin });
  }
  return held;
}

/** Takes the contributions of the coins that `isPaid` names and frees the others; one entry in the ledger for each exchange. */
async function takeAll(stores, purchase, isPaid) {
  const coins = [...purchase.coins];
  const sums = new Map();
  for (const { part, coin } of await locked(stores, purchase)) {
    const free = { ...coin, lockedFor: null };
    if (!isPaid(coin.coinPub)) {
      await stores.coins.put(holding(free, unitsOf(coin.remaining), { state: CoinState.free, exposed: Exposed.givenUp }));
      continue;
    }
    const next = holding(free, unitsOf(coin.remaining) - unitsOf(part.contribution), { state: CoinState.free, exposed: Exposed.split });
    await stores.coins.put(next);
    coins[coins.indexOf(part)] = { ...part, taken: true };
    const sum = sums.get(coin.masterPub) ?? { units: 0n, fee: 0n };
    sums.set(coin.masterPub, {
      units: sum.units + unitsOf(next.remaining) - unitsOf(coin.remaining), fee: sum.fee + unitsOf(coin.feeDeposit),
    });
  }
  for (const [masterPub, { units, fee }] of sums) {
    await book(stores, {
      kind: Entry.payment, masterPub, currency: currencyOf(purchase.total), units, fee, reference: purchase.id, title: purchase.title,
    });
  }
  const state = coins.some(({ coinPub, taken }) => taken || isPaid(coinPub)) ? PurchaseState.paid : PurchaseState.givenUp;
  await stores.purchases.put({ ...purchase, coins, state });
}

/** A purchase of which something came back was paid: a pending one as a whole, one that was over by the coins that are proven. */
async function provenPaid(stores, purchase, coinPubs) {
  if (purchase.state === PurchaseState.pending) await takeAll(stores, purchase, () => true);
  if (!isOver(purchase)) return stores.purchases.get(purchase.id);
  const coins = [];
  for (const part of purchase.coins) {
    const isNew = coinPubs.has(part.coinPub) && !part.taken;
    const coin = isNew ? await stores.coins.get(part.coinPub) : undefined;
    if (coin !== undefined) {
      const next = await take(stores, purchase, part, coin);
      await stores.coins.put(holding(next, unitsOf(next.remaining)));
    }
    coins.push(isNew ? { ...part, taken: true } : part);
  }
  return { ...purchase, coins, state: PurchaseState.paid };
}

async function creditCoin(stores, id, coin, { transactionID, credited }) {
  const units = unitsOf(coin.remaining) + unitsOf(credited);
  if (units > unitsOf(coin.value)) throw new StateChanged("a coin would be worth more than when it was new");
  const refunds = [...(coin.refunds ?? []), refundKey(id, transactionID)];
  await stores.coins.put(holding(coin, units, { refunds, exposed: Exposed.refunded }));
}

async function bookCredits(stores, purchase, news) {
  const sums = new Map();
  for (const { coinPub, amount, credited } of news) {
    const { masterPub } = await stores.coins.get(coinPub);
    const sum = sums.get(masterPub) ?? { units: 0n, fee: 0n };
    sums.set(masterPub, { units: sum.units + unitsOf(credited), fee: sum.fee + unitsOf(amount) - unitsOf(credited) });
  }
  for (const [masterPub, { units, fee }] of sums) {
    await book(stores, {
      kind: Entry.refund, masterPub, currency: currencyOf(purchase.amount), units, fee, reference: purchase.id, title: purchase.title,
    });
  }
}
