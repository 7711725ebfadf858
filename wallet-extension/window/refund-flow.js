// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window as a shop's page opened it to give money back. */

import { endView, refundView } from "./end-views.js";
import { Message } from "./messages.js";

export class RefundFlow {
  #wallet;
  #channel;
  #words;
  #page;
  #close;

  /** As in PurchaseFlow. */
  constructor({ wallet, channel, words, page, close }) {
    this.#wallet = wallet;
    this.#channel = channel;
    this.#words = words;
    this.#page = page;
    this.#close = close;
  }

  async run({ contract, text }) {
    this.#page.status(this.#words.text("progress_checking_refund"));
    try {
      const { purchase, credited } = await this.#wallet.refunds.collect(String(contract), this.#channel.origin, String(text));
      this.#page.balance(this.#words, await this.#wallet.balances());
      this.#page.status("");
      this.#page.show(refundView(this.#words, purchase, credited, this.#close));
      this.#channel.send(Message.refunded, { contract });
    } catch (error) {
      if (error?.reason === undefined) throw error;
      this.#page.status("");
      this.#page.error(this.#words.error(error));
      this.#page.show(endView(this.#words, this.#words.text("window_nothing_back"), this.#words.text("window_only_signed"), this.#close));
    }
  }
}
