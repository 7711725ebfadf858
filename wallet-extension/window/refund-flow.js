// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window as a shop's page opened it to give money back. */

import { canonicalHash } from "../core/base32.js";
import { endView, refundView } from "./end-views.js";
import { Message } from "./messages.js";
import { page } from "./page.js";
import { RefundError } from "../engine/refunds.js";

export class RefundFlow {
  #wallet;
  #channel;

  constructor(wallet, channel) {
    this.#wallet = wallet;
    this.#channel = channel;
  }

  async run({ contract, text }) {
    const id = canonicalHash(contract);
    page.status("Checking what came back…");
    try {
      const { purchase, credited } = await this.#wallet.refunds.collect(id, this.#channel.origin, String(text));
      await this.#wallet.showBalance();
      page.status("");
      page.show(refundView(purchase, credited, () => window.close()));
      this.#channel.send(Message.refunded, { contract: id });
    } catch (error) {
      if (!(error instanceof RefundError)) throw error;
      this.#end(error.message);
    }
  }

  #end(problem) {
    page.status("");
    page.error(problem);
    page.show(endView("Nothing came back", "The wallet believes only what the exchange has signed.", () => window.close()));
  }
}
