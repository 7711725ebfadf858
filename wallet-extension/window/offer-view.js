// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An offer on the screen, for as long as the buyer thinks: what it costs is found out again whenever the wallet's money changes. */

import { contractView } from "./contract-view.js";
import { shortageOf } from "./shortage.js";

/** Changes come in groups: so long (milliseconds) they are gathered. */
const GATHER = 150;

export class OfferView {
  #parts;
  #seen = null;
  #shown = null;
  #unsubscribe = null;
  #timer = null;
  #ended = false;
  #hints = null;

  /** `parts`: {wallet, channel, words, page, look, pay, cancel, bought}; `look` gives what payments.look gives, `pay` gets it, `bought` the replay. */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Whether there is too little money for the offer. */
  get isWaiting() {
    return !this.#ended && this.#seen !== null && this.#seen.choice === null;
  }

  async show(found) {
    this.#unsubscribe ??= this.#parts.wallet.changes.subscribe(() => this.#changed());
    await this.#draw(found);
  }

  /** Nothing is shown any more. */
  end() {
    this.#ended = true;
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
  }

  #changed() {
    if (this.#timer !== null || this.#ended) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#again();
    }, GATHER);
  }

  /** What another window has paid is an offer no more. One that has ended, or is being paid, stays as it is: pressing the button tells. */
  async #again() {
    const found = await this.#parts.look().catch(() => null);
    if (this.#ended || found === null) return;
    if (found.kind === "offer") await this.#draw(found);
    else if (found.purchase.state === "paid") {
      this.end();
      await this.#parts.bought(found);
    }
  }

  /** Draws only what has changed: a button that is drawn anew cannot be pressed at once. Coins that are away to be changed are back in a moment. */
  async #draw(found) {
    const { wallet, words, page, channel, pay, cancel } = this.#parts;
    const balances = await wallet.balances();
    if (this.#ended || (found.choice === null && this.#seen?.choice && balances.some(({ change }) => !change.isZero))) return;
    const wasWaiting = this.isWaiting;
    this.#seen = found;
    const { offer, choice } = found;
    page.currency = offer.amount.currency;
    page.balance(words, balances);
    const left = choice === null ? null : leftOf(choice, balances);
    const shortage = choice === null ? shortageOf(offer, balances) : null;
    const shown = faceOf(choice, left, shortage);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#hints ??= channel.hints?.(offer) ?? [];
    page.show(contractView(words, offer, {
      origin: channel.origin, choice, left, shortage, hints: this.#hints, pay: () => pay(this.#seen), cancel,
    }));
    if (wasWaiting && choice !== null) page.status(words.text("window_now_enough"));
  }
}

/** What the rest of a split coin will cost is gone, too. */
function leftOf({ masterPub, plan, change }, balances) {
  const held = balances.find((one) => one.masterPub === masterPub)?.free ?? null;
  const spent = change ? plan.total.add(change) : plan.total;
  return held === null || held.compare(spent) < 0 ? null : held.subtract(spent);
}

/** All that the buyer sees of the money, as a text to compare. */
function faceOf(choice, left, shortage) {
  if (choice === null) return JSON.stringify(shortage, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  const { exchange, plan, change } = choice;
  return [exchange, plan.total, plan.fees, plan.feesByBuyer, change, left].join(" ");
}
