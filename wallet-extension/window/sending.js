// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** From the stored permission to its outcome: the shop's page posts it, the wallet stores the answer, the buyer reads what it means. */

import { PurchaseState } from "../engine/records.js";
import { isOver } from "../engine/store/purchases.js";
import { attemptOf } from "../engine/store/tries.js";
import { paidView, replayView, retryView } from "./end-views.js";
import { Message } from "./messages.js";
import { explainForgotten, explainRefusal, explainUnknown } from "./refusal-text.js";

/** The window of a paid purchase closes by itself after this many milliseconds. */
const FAREWELL = 1_800;

export class Sending {
  #wallet;
  #channel;
  #words;
  #page;
  #close;
  #reopen;

  /** `reopen(text, page, notice)` shows an offer (again). The rest is as in PurchaseFlow. */
  constructor({ wallet, channel, words, page, close, reopen }) {
    this.#wallet = wallet;
    this.#channel = channel;
    this.#words = words;
    this.#page = page;
    this.#close = close;
    this.#reopen = reopen;
  }

  /** A payment that was just agreed to. */
  first(purchase, payURL) {
    return this.#send(purchase, payURL, null);
  }

  /**
   * One that was agreed to before. `anew` is given when the shop made another offer of what this purchase bought. Should the shop refuse
   * this one for good, it is called with the reason in words, to show that offer.
   */
  again(purchase, payURL, anew = null) {
    this.#page.show(replayView(this.#words, purchase));
    return this.#send(purchase, payURL, anew);
  }

  async #send(purchase, payURL, anew) {
    this.#page.error("");
    this.#page.status(this.#words.text("progress_sending"));
    await this.#showBalance();
    const attempt = attemptOf(purchase);
    // Another window may have ended this try meanwhile: its permission is not for anybody any more.
    if (await this.#isOver(purchase, attempt)) return this.#reopen(purchase.text, purchase.page);
    const { result: known = null, ...outcome } = await this.#channel.post(payURL, purchase.permission, purchase.id, attempt)
      ?? { status: 0, url: null, body: "" };
    // Recorded once, by whoever knows where it came from.
    const result = known ?? await this.#wallet.payments.record(purchase.id, outcome, attempt);
    await this.#showBalance();
    this.#page.status("");
    if (result.isLate) return this.#reopen(purchase.text, purchase.page);
    const wasPaid = purchase.state === PurchaseState.paid;
    // That the exchange has the money in spite of the shop's refusal is news: the buyer reads it before anything else is offered.
    const isNews = result.isPaid && !wasPaid;
    if (result.state === PurchaseState.refused && anew !== null && !isNews) return anew(explainForgotten(this.#words, purchase, result));
    this.#channel.send(Message.recorded, { paid: result.state === PurchaseState.paid, ...outcome });
    if (result.state === PurchaseState.paid) this.#paid(purchase);
    else this.#failed(isNews ? { ...purchase, state: PurchaseState.paid } : purchase, payURL, anew, outcome, result);
    return undefined;
  }

  async #isOver(purchase, attempt) {
    const stored = await this.#wallet.store.purchases.get(purchase.id);
    return stored !== undefined && (isOver(stored) || attemptOf(stored) !== attempt);
  }

  #paid(purchase) {
    const wasPaid = purchase.state === PurchaseState.paid;
    this.#page.show(paidView(this.#words, purchase, wasPaid));
    this.#page.status(this.#words.text(wasPaid ? "window_nothing_again" : "window_paid_status"));
    setTimeout(this.#close, FAREWELL);
  }

  #failed(purchase, payURL, anew, { status }, result) {
    const words = this.#words;
    const refused = result.state === PurchaseState.refused && purchase.state !== PurchaseState.paid;
    this.#page.error(refused ? explainRefusal(words, status, result) : explainUnknown(words, status, purchase, result.code));
    this.#page.show(retryView(words, {
      title: words.text(titleOf(purchase, refused)),
      label: words.text(result.coinSpent ? "window_other_coins" : "window_try_again"),
      again: () => (refused ? this.#reopen(purchase.text, purchase.page) : this.#send(purchase, payURL, anew)),
      cancel: this.#close,
    }));
  }

  async #showBalance() {
    this.#page.balance(this.#words, await this.#wallet.balances());
  }
}

/** A payment without an answer may have arrived: only a refusal is called a failure. */
function titleOf(purchase, refused) {
  if (purchase.state === PurchaseState.paid) return "window_not_shown";
  return refused ? "window_failed" : "window_not_finished";
}
