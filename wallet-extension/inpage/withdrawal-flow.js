// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window as a bank's page opened it: what is to be withdrawn, the person's consent, the way back to the bank, and the coins. */

import { Amount } from "../core/amount.js";
import { consentButton } from "../window/consent.js";
import { actionButton, element } from "../window/elements.js";
import { endView } from "../window/end-views.js";
import { Message } from "../window/messages.js";
import { ContractError } from "../core/contract.js";

/** The money is looked for this often (milliseconds) as long as the window is open. */
const LOOK_EVERY = 3_000;

export class WithdrawalFlow {
  #wallet;
  #channel;
  #words;
  #page;
  #close;

  /** As in PurchaseFlow; the wallet has a `configuration`, whose exchange is the only one. */
  constructor({ wallet, channel, words, page, close }) {
    this.#wallet = wallet;
    this.#channel = channel;
    this.#words = words;
    this.#page = page;
    this.#close = close;
  }

  async run() {
    const request = await this.#channel.request();
    try {
      if (request?.taler !== Message.withdraw) throw new ContractError("withdraw_silent", "The bank's page does not answer.");
      await this.#ask(readRequest(request, this.#channel.origin));
    } catch (error) {
      this.#end(this.#words.error(error));
    }
  }

  async #ask({ amount, callback }) {
    const words = this.#words;
    const quote = await this.#wallet.withdrawals.quote(amount, this.#wallet.configuration.exchangeURL);
    if (quote.coins === 0) throw new ContractError("amount", "The exchange has no coins so small.");
    this.#page.show(element("section", { class: "card" },
      element("p", { class: "label" }, words.text("window_withdraw_title")),
      element("h1", { id: "amount", "data-amount": amount.toString() }, words.text("window_bank_asks", { amount })),
      element("p", { class: "origin", id: "origin" }, this.#channel.origin),
      sums(words, quote, this.#wallet.configuration.exchangeURL),
      element("p", { class: "note" }, words.text("window_withdraw_note")),
      element("div", { class: "actions" },
        consentButton("confirm", words.text("window_withdraw_go"), () => this.#agreed(amount, callback)),
        actionButton("cancel", words.text("window_cancel"), () => this.#cancel(), "secondary"))));
  }

  /** The reserve is stored before the bank hears of it. */
  async #agreed(amount, callback) {
    const { withdrawals, configuration } = this.#wallet;
    try {
      const reserve = await withdrawals.create({
        amount, exchange: configuration.exchangeURL, source: { kind: "page", origin: this.#channel.origin, callback },
      });
      await withdrawals.handed(reserve.reservePub);
      this.#channel.send(Message.go, { address: withdrawals.callbackAddress(reserve) });
      this.#page.show(endView(this.#words, this.#words.text("window_withdraw_handed"), this.#words.text("window_withdraw_waits"), this.#close));
      await this.#arrive(reserve);
    } catch (error) {
      this.#end(this.#words.error(error));
    }
  }

  async #arrive(reserve) {
    for (;;) {
      try {
        await this.#wallet.withdrawals.run(reserve, (step) => this.#page.status(this.#words.progress(step)), { patience: LOOK_EVERY });
        break;
      } catch (error) {
        if (error?.reason !== "on_its_way" && error?.reason !== "no_answer") throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    this.#page.status("");
    this.#page.balance(this.#words, await this.#wallet.balances());
    this.#page.show(element("div", { id: "arrived" },
      endView(this.#words, this.#words.text("window_withdraw_done"), this.#words.text("window_can_close"), this.#close)));
  }

  #cancel() {
    this.#channel.send(Message.declined, { reason: "cancelled", message: "" });
    this.#close();
    this.#end("");
  }

  #end(problem) {
    this.#page.status("");
    this.#page.error(problem);
    this.#page.show(endView(this.#words, this.#words.text("window_withdraw_none"), this.#words.text("window_withdraw_nothing"), this.#close));
  }
}

function sums(words, { amount, fees, value }, exchange) {
  const row = (key, sum, id, kind = "") => [element("dt", { class: kind }, words.text(key)),
    element("dd", { class: `number ${kind}`, id, "data-amount": sum.toString() }, words.money(sum))];
  return element("dl", { class: "sums" },
    ...row("window_withdraw_amount", amount, "withdraw-amount"), ...row("window_withdraw_fees", fees, "withdraw-fees"),
    ...row("window_withdraw_coins", value, "withdraw-coins", "strong"),
    element("dt", { class: "fine" }, words.text("window_coins_of")), element("dd", { class: "number fine" }, exchange));
}

/** {amount, callback} of what the page wants, whose callback address is of its own origin. */
function readRequest({ text, page }, origin) {
  try {
    const { amount, callback_url: callback } = JSON.parse(String(text));
    const url = new URL(callback, page);
    if (new URL(page).origin !== origin || url.origin !== origin) throw new SyntaxError("the bank sends elsewhere");
    return { amount: Amount.fromJSON(amount), callback: url.href };
  } catch (error) {
    throw new ContractError("withdraw_request", "The bank's request cannot be read.", { cause: error });
  }
}
