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
import { CoinState, PurchaseState } from "./records.js";

/** The coins that a payment was planned with are not free any more. */
export class CoinsTaken extends Error {}

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

  purchase(id) {
    return this.#database.get("purchases", id);
  }

  async purchases() {
    return (await this.#database.all("purchases")).sort((a, b) => b.created - a.created);
  }

  /**
   * The purchase that an offer repeats: of the same merchant and shop (origin), with the same repurchase_correlation_id, and paid or
   * perhaps paid. A paid one goes before the others. Null for an offer without that id, and when there is none.
   */
  async earlierPurchase(wanted) {
    return repeated(wanted, await this.purchases());
  }

  /** The shop knows this purchase no more: who is offered the same thing again buys it anew. */
  uncouplePurchase(id) {
    return this.#database.write(["purchases"], async ({ purchases }) => {
      const purchase = await purchases.get(id);
      if (purchase !== undefined) await purchases.put({ ...purchase, correlation: null });
    });
  }

  /**
   * Stores a signed purchase and locks its coins; throws CoinsTaken when another window was faster with one, with this contract, or with
   * another contract for the same thing.
   */
  commitPurchase(purchase) {
    return this.#database.write(["purchases", "coins"], async (stores) => {
      const earlier = await stores.purchases.get(purchase.id);
      if (earlier !== undefined && earlier.state !== PurchaseState.refused) throw new CoinsTaken("this contract has a permission already");
      if (repeated(purchase, await stores.purchases.all()) !== null) throw new CoinsTaken("another contract for this has a permission already");
      for (const { coinPub, remaining } of purchase.coins) {
        const coin = await stores.coins.get(coinPub);
        if (coin?.state !== CoinState.free || coin.remaining !== remaining) throw new CoinsTaken("a coin is not free any more");
        await stores.coins.put({ ...coin, state: CoinState.locked, lockedFor: purchase.id });
      }
      await stores.purchases.put({ ...purchase, refusals: earlier?.refusals ?? [] });
    });
  }

  /** The shop took the money: the contributions leave their coins. Again changes nothing. */
  settlePurchase(id, url) {
    return this.#resolve(id, async (purchase, stores) => {
      await stores.purchases.put({ ...purchase, state: PurchaseState.paid, url });
      await eachLocked(purchase, stores, (coin, contribution) => {
        const rest = Amount.parse(coin.remaining).subtract(Amount.parse(contribution));
        return { ...coin, remaining: rest.toString(), state: rest.isZero ? CoinState.spent : CoinState.free, lockedFor: null };
      });
    });
  }

  coin(coinPub) {
    return this.#database.get("coins", coinPub);
  }

  /**
   * Money that came back: `parts` {coinPub, transactionID, amount, credited} that the purchase does not have yet are added to their coins,
   * and given. After the whole price came back, an offer of the same thing is a new purchase.
   */
  creditRefunds(id, parts, isWhole) {
    return this.#database.write(["purchases", "coins"], async (stores) => {
      const purchase = await stores.purchases.get(id);
      const known = purchase.refunds ?? [];
      const isKnown = (part) => known.some((one) => one.coinPub === part.coinPub && one.transactionID === part.transactionID);
      const news = parts.filter((part) => !isKnown(part));
      for (const { coinPub, credited } of news) {
        const coin = await stores.coins.get(coinPub);
        const remaining = Amount.parse(coin.remaining).add(Amount.parse(credited));
        const state = coin.state === CoinState.spent && !remaining.isZero ? CoinState.free : coin.state;
        await stores.coins.put({ ...coin, remaining: remaining.toString(), state });
      }
      const correlation = isWhole ? null : purchase.correlation;
      await stores.purchases.put({ ...purchase, correlation, refunds: [...known, ...news] });
      return news;
    });
  }

  /** The shop refused for good: the coins are free again but for `namedCoin` (base32, or null), which gets `namedState`. */
  refusePurchase(id, refusal, namedCoin, namedState) {
    return this.#resolve(id, async (purchase, stores) => {
      await stores.purchases.put({ ...purchase, state: PurchaseState.refused, refusals: [...purchase.refusals, refusal] });
      await eachLocked(purchase, stores, (coin) => (
        { ...coin, state: coin.coinPub === namedCoin ? namedState : CoinState.free, lockedFor: null }
      ));
    });
  }

  #resolve(id, body) {
    return this.#database.write(["purchases", "coins"], async (stores) => {
      const purchase = await stores.purchases.get(id);
      if (purchase?.state === PurchaseState.pending) await body(purchase, stores);
    });
  }
}

function repeated({ merchantPub, correlation, origin }, purchases) {
  if (typeof correlation !== "string") return null;
  const same = purchases.filter((one) => one.state !== PurchaseState.refused
    && one.correlation === correlation && one.merchantPub === merchantPub && one.origin === origin);
  return same.find(({ state }) => state === PurchaseState.paid) ?? same[0] ?? null;
}

async function eachLocked(purchase, stores, change) {
  for (const { coinPub, contribution } of purchase.coins) {
    const coin = await stores.coins.get(coinPub);
    if (coin?.state === CoinState.locked && coin.lockedFor === purchase.id) await stores.coins.put(change(coin, contribution));
  }
}
