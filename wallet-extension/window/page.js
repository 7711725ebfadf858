// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The window's frame: balance, what is going on (#status), what went wrong (#error), and the view. */

import { sum } from "../core/amount.js";
import { element } from "./elements.js";

const byID = (id) => document.getElementById(id);

export const page = {
  /** The currency whose balance stands first, also when there is nothing of it; null for none. */
  currency: null,

  show(...nodes) {
    byID("view").replaceChildren(...nodes.filter((node) => node !== null));
  },

  /** A text that ends in “…” is of something that goes on; "" for none. */
  status(text) {
    byID("status").textContent = text;
    byID("status").classList.toggle("busy", text.endsWith("…"));
    byID("status").hidden = text === "";
  },

  error(text) {
    byID("error").textContent = text;
    byID("error").hidden = text === "";
  },

  /**
   * `balances` as the wallet gives them. #balance is what is free or being changed, of each currency; its data-amount that of the currency that
   * stands first. #locked is what is bound in payments.
   */
  balance(words, balances) {
    const order = [...new Set([page.currency, ...balances.map(({ currency }) => currency)])].filter((one) => one !== null);
    const total = (currency, ...members) => (
      sum(currency, balances.filter((one) => one.currency === currency).flatMap((one) => members.map((member) => one[member]))));
    const free = order.map((currency) => total(currency, "free", "change"));
    byID("balance").replaceChildren(...free.map((amount) => element("span", { class: "amount" }, words.money(amount))));
    if (free.length > 0) byID("balance").dataset.amount = free[0].toString();
    const locked = order.map((currency) => total(currency, "locked")).filter((amount) => !amount.isZero);
    byID("locked").textContent = locked.length === 0 ? ""
      : words.text("window_locked", { amount: words.list(locked.map((amount) => words.money(amount))) });
  },
};
