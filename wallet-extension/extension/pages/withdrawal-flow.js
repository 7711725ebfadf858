// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A withdrawal that a bank's page has begun: the person's choice and consent, one reserve, and back to the bank. */

import { AGAIN, consentButton } from "../../window/consent.js";
import { actionButton, element, foreignSite, money } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { sessions } from "../sessions.js";
import { ExchangeChoice, choicesOf } from "./exchange-choice.js";
import { ExchangeProblem, lookAt } from "./exchange-look.js";
import { complain, focusOn } from "./frame.js";
import { quoteView } from "./quote-view.js";
import { isTrusted, trustView } from "./trust-view.js";

export class WithdrawalFlow {
  #words;
  #wallet;
  #session;
  #request;
  #choice = null;
  #result = element("div", { id: "offer" });
  #looks = 0;

  /** `request`: the session's, as readRequest gives it. */
  constructor(words, wallet, session, request) {
    this.#words = words;
    this.#wallet = wallet;
    this.#session = session;
    this.#request = request;
  }

  async run() {
    const reserve = await this.#known(this.#session);
    if (reserve !== null) this.#again(reserve);
    else await this.#ask();
  }

  /** The reserve that this session has led to before, or null. */
  async #known({ reserve }) {
    return typeof reserve !== "string" ? null : (await this.#wallet.store.reserves.get(reserve)) ?? null;
  }

  async #ask() {
    const { amount, suggested } = this.#request;
    const choices = choicesOf(await this.#wallet.exchanges.list(), suggested, amount.currency);
    this.#choice = new ExchangeChoice(this.#words, choices, (address) => this.#look(address));
    page.show(this.#head(), this.#choice.node, this.#result, element("div", { class: "actions" }, this.#cancelButton()));
    await this.#choice.begin();
  }

  #head() {
    const { amount, origin } = this.#request;
    return element("section", { class: "card", "aria-labelledby": "from" },
      element("h2", { id: "from", class: "label" }, this.#words.text("withdraw_from")),
      element("p", { class: "sum" }, money(this.#words, amount, { id: "amount" })),
      element("p", { class: "origin" }, `${this.#words.text("withdraw_bank")}: `, element("span", { id: "bank" }, foreignSite(origin, 300))));
  }

  /** Shows what the exchange at `address` makes of the amount, and whether it did; only the last look counts. Null shows nothing. */
  async #look(address) {
    const number = this.#looks += 1;
    this.#result.replaceChildren();
    page.status(address === null ? "" : this.#words.text("withdraw_asking"));
    if (address === null) return false;
    try {
      const found = await lookAt(this.#wallet, address, this.#request);
      if (number !== this.#looks) return false;
      this.#offer(found);
      return true;
    } catch (error) {
      if (!(error instanceof ExchangeProblem)) throw error;
      if (number === this.#looks) this.#choice.say(this.#words.text(error.key, error.parameters));
      return false;
    } finally {
      if (number === this.#looks) page.status("");
    }
  }

  #offer({ preview, quote }) {
    const words = this.#words;
    const parts = [quoteView(words, this.#request.amount, quote, new URL("terms", preview.url).href)];
    if (preview.known !== "accepted") parts.push(trustView(words, preview));
    this.#result.replaceChildren(...parts, element("div", { class: "actions" }, this.#confirmButton(preview)));
  }

  #confirmButton(preview) {
    const words = this.#words;
    return consentButton("confirm", words.text("withdraw_confirm"), async () => {
      page.error("");
      page.status(words.text("withdraw_leaving"));
      try {
        await this.#leave(preview);
        return null;
      } catch (error) {
        complain(words, error);
        return AGAIN;
      }
    }, { isReady: () => isTrusted(words) });
  }

  /** One reserve for one session, in however many tabs it is confirmed: it is stored, remembered, and only then known to the bank. */
  async #leave(preview) {
    const reserve = await navigator.locks.request(`taler-withdrawal-${this.#session.id}`, async () => {
      const session = (await sessions.get(this.#session.id)) ?? this.#session;
      const known = await this.#known(session);
      if (known !== null) return known;
      if (preview.known !== "accepted") await this.#wallet.exchanges.accept(preview);
      const { amount, origin, callback } = this.#request;
      const made = await this.#wallet.withdrawals.create({ amount, exchange: preview.url, source: { kind: "page", origin, callback } });
      await sessions.put({ ...session, reserve: made.reservePub });
      return made;
    });
    await this.#toBank(reserve);
  }

  async #toBank(reserve) {
    const address = this.#wallet.withdrawals.callbackAddress(reserve);
    await this.#wallet.withdrawals.handed(reserve.reservePub);
    location.assign(address);
  }

  /** The page was opened again after it had been confirmed. */
  #again({ state, reservePub }) {
    const words = this.#words;
    const isOpen = state === "created" || state === "handed";
    const text = state === "done" ? "withdraw_again_done" : "withdraw_again_note";
    const onward = isOpen ? actionButton("continue", words.text("withdraw_again_go"), async () => {
      await this.#toBank(await this.#wallet.store.reserves.get(reservePub));
    }) : null;
    const heading = element("h2", {}, words.text("withdraw_again_title"));
    page.show(element("section", { class: "card center", id: "confirmed", "data-reserve": reservePub }, heading,
      element("p", { class: "note" }, words.text(text)),
      element("div", { class: "actions" }, onward, element("a", { href: "popup.html#full", class: "button secondary" }, words.text("withdraw_wallet")))));
    focusOn(heading);
  }

  #cancelButton() {
    return actionButton("cancel", this.#words.text("withdraw_cancel"), async () => {
      await sessions.remove(this.#session.id);
      if (this.#request.page === null) history.back();
      else location.replace(this.#request.page);
    }, "secondary");
  }
}
