// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Payments whose time is over: those without an outcome, and those that a shop's word alone calls paid, end by what the exchange knows of their coins. */

import { now } from "../core/time.js";
import { dueTime, isOpen } from "./due-time.js";
import { exclusively } from "./locks.js";
import { PurchaseState } from "./records.js";
import { attemptOf, coinsOf } from "./store/tries.js";

export class ExpiredPayments {
  #store;
  #inquiry;
  #proof;

  constructor(store, inquiry, proof) {
    this.#store = store;
    this.#inquiry = inquiry;
    this.#proof = proof;
  }

  /**
   * After the expiry no shop takes a payment any more; one that took it in time may still be delivering it. What the exchange has got is paid.
   * Coins that it has not got are free, and exposed: they are refreshed next, and then it can no longer accept them. So it goes with what a shop has
   * called paid (a page to log in answers in the same way) when its refund deadline has passed. Without an answer of the exchange a payment stays as it
   * is. Gives [{purchase, state}] of those that ended.
   */
  async run() {
    const ended = [];
    const coins = new Map((await this.#store.coins.all()).map((coin) => [coin.coinPub, coin]));
    for (const purchase of (await this.#store.purchases.all()).reverse()) {
      if (!isOpen(purchase, coins) || dueTime(purchase, coins) > now()) continue;
      const { id } = purchase;
      const state = await exclusively(`taler-purchase-${id}`, () => this.#end(id)).catch(() => null);
      if (state !== null) ended.push({ purchase: id, state });
    }
    return ended;
  }

  async #end(id) {
    const purchase = await this.#store.purchases.get(id);
    if (purchase.state === PurchaseState.paid) return this.#verify(purchase);
    const deposited = new Set();
    for (const { coinPub } of purchase.coins) {
      const coin = await this.#store.coins.get(coinPub);
      if (coin?.lockedFor !== id) continue;
      const { deposits } = await this.#inquiry.facts(coin);
      if ([...deposits].includes(id)) deposited.add(coinPub);
    }
    return this.#store.purchases.giveUp(id, attemptOf(purchase), deposited);
  }

  /** Null when nothing was to be changed, or not all that is to be known is known. */
  async #verify(purchase) {
    if (purchase.proven === true) return null;
    const proofs = await this.#proof.ofAll(coinsOf(purchase));
    if ([...proofs.values()].some(({ facts }) => facts === null)) return null;
    const state = await this.#store.purchases.verify(purchase.id, attemptOf(purchase), proofs);
    return state === PurchaseState.paid ? null : state;
  }
}
