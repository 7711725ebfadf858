// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How much money the wallet holds, each currency and exchange by itself. */

import { element, foreignSite, money } from "../../window/elements.js";
import { siteName } from "./names.js";

const PARTS = [
  ["doubtful", "popup_balance_doubtful"],
  ["locked", "popup_balance_locked"], ["change", "popup_balance_change"], ["arriving", "popup_balance_arriving"],
];

/** `balances`: as wallet.balances() gives them. */
export function balanceView(words, balances) {
  const heading = element("h2", { id: "balances-title", class: "hidden-text" }, words.text("popup_balance"));
  if (balances.length === 0) {
    return [heading, element("p", { id: "balance", class: "strong" }, words.text("popup_balance_empty")),
      element("p", { class: "note" }, words.text("popup_balance_how"))];
  }
  return [heading, element("ul", { class: "balances" }, ...balances.map((one, i) => line(words, one, i === 0)))];
}

function line(words, balance, isFirst) {
  const { exchange, free } = balance;
  const parts = PARTS.filter(([name]) => balance[name] !== undefined && !balance[name].isZero).map(([name, key]) => element("span",
    { class: "part", "data-part": name }, money(words, balance[name]), " ", words.text(key)));
  return element("li", { class: "held", "data-exchange": exchange },
    element("span", { class: "free", id: isFirst ? "balance" : null, "data-amount": free.toString() }, words.money(free)),
    element("small", {}, ...words.nodes("popup_balance_at", { exchange: foreignSite(siteName(exchange)) })),
    ...parts);
}
