// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Purchases: a permission is stored, with its coins locked, before the shop gets it. No contract and no thing is paid twice: both are
 * checked in the transaction that locks the coins. `taken` of a purchase's coin: its contribution has left the coin. An outcome is about one try
 * (`attempt`, see tries.js): a word about another one changes nothing.
 */

import { CoinState, PurchaseState } from "../records.js";
import { StateChanged } from "./access.js";
import { FACT_STORES, isCredited } from "./facts.js";
import { bookCredits, creditCoin, isOver, provenPaid, refuseAll, takeAll, verifyAll } from "./outcomes.js";
import { attemptOf, nextAttempt, tryOf } from "./tries.js";

export { isOver };

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
   * Stores a signed purchase and locks its coins; a try of before, which is over, is kept: the shop has its permission. Throws CoinsTaken when another window was faster with one, with this contract, or with
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
      const stored = { ...purchase, coins, state: PurchaseState.pending, tries: 0, ...heritage(earlier) };
      await stores.purchases.put(stored);
      return stored;
    });
  }

  /** An attempt brought no outcome. */
  tried(id, attempt) {
    return this.#resolve(id, [PurchaseState.pending], attempt, (purchase, stores) => stores.purchases.put({ ...purchase, tries: (purchase.tries ?? 0) + 1 }));
  }

  /**
   * The shop took the money: the contributions leave their coins, and what is left of a coin is exposed. Gives whether it did; again changes
   * nothing, but that a paid purchase without an address gets it.
   */
  async settle(id, url, attempt) {
    const did = await this.#resolve(id, [PurchaseState.pending], attempt, (purchase, stores) => takeAll(stores, { ...purchase, url }, () => true));
    if (!did && url !== null) {
      await this.#resolve(id, [PurchaseState.paid], attempt, (purchase, stores) => stores.purchases.put({ ...purchase, url: purchase.url ?? url }));
    }
    return did;
  }

  /** The shop refused for good; see refuseAll. Gives whether the purchase was waiting for an outcome. */
  refuse(id, refusal, attempt, proofs) {
    return this.#resolve(id, [PurchaseState.pending], attempt, (purchase, stores) => (
      refuseAll(stores, { ...purchase, refusals: [...(purchase.refusals ?? []), refusal] }, proofs)), FACT_STORES);
  }

  /** The histories of the coins of a paid purchase have told; see verifyAll. Gives the state then, null when it was not paid. */
  async verify(id, attempt, proofs) {
    const did = await this.#resolve(id, [PurchaseState.paid], attempt, (purchase, stores) => verifyAll(stores, purchase, proofs), FACT_STORES);
    return did ? (await this.get(id)).state : null;
  }

  /**
   * The contract can no longer be paid, and the histories of all its coins have told: what was `deposited` (coin keys) is paid. The other coins
   * are free, and exposed, for their signatures are still with others. Gives the state then, null when the purchase was not pending.
   */
  async giveUp(id, attempt, deposited) {
    const did = await this.#resolve(id, [PurchaseState.pending], attempt, (purchase, stores) => (
      takeAll(stores, { ...purchase, proven: true }, (coinPub) => deposited.has(coinPub))));
    return did ? (await this.get(id)).state : null;
  }

  /** A purchase that counted as refused or given up is shown as paid by the shop: its coins' histories will tell what was taken of them. */
  arrived(id, url, attempt) {
    return this.#resolve(id, [PurchaseState.refused, PurchaseState.givenUp], attempt, (purchase, stores) => (
      stores.purchases.put({ ...purchase, state: PurchaseState.paid, proven: false, url: url ?? purchase.url })));
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

  /** Runs `body` when the purchase is in one of `states`, and `attempt` is the try that counts; gives whether it did. */
  #resolve(id, states, attempt, body, names = STORES) {
    return this.#access.write(names, async (stores) => {
      const purchase = await stores.purchases.get(id);
      if (!states.includes(purchase?.state) || attemptOf(purchase) !== (attempt ?? 1)) return false;
      await body(purchase, stores);
      return true;
    });
  }
}

function repeated({ id, merchantPub, correlation, origin }, purchases) {
  if (typeof correlation !== "string") return null;
  const same = purchases.filter((one) => one.id !== id && !isOver(one)
    && one.correlation === correlation && one.merchantPub === merchantPub && one.origin === origin);
  return same.find(({ state }) => state === PurchaseState.paid) ?? same[0] ?? null;
}

/** What a new try takes over from the purchase as it was. */
function heritage(earlier) {
  if (earlier === undefined) return { attempt: 1, earlier: [], refusals: [], refunds: [] };
  const { refusals = [], refunds = [] } = earlier;
  return { attempt: nextAttempt(earlier), earlier: [...(earlier.earlier ?? []), tryOf(earlier)], refusals: refusals ?? [], refunds: refunds ?? [] };
}
