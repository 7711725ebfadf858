// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What becomes of the money that a bank sends: coins, fees, and what is too small for a coin. */

import { element, money } from "../../window/elements.js";

/** `quote`: as lookAt gives it; `terms`: the address of the exchange's terms. */
export function quoteView(words, amount, { coins, value, fees, left }, terms) {
  const rows = [
    ["withdraw_quote_sent", amount, "quote-sent", ""],
    ["withdraw_quote_fees", fees, "quote-fees", ""],
    ...(left.isZero ? [] : [["withdraw_quote_left", left, "quote-left", ""]]),
    ["withdraw_quote_coins", value, "quote-coins", "strong"],
  ];
  return element("section", { class: "card", id: "quote", "aria-labelledby": "quote-title" },
    element("h2", { id: "quote-title" }, words.text("withdraw_quote")),
    element("dl", { class: "sums" }, ...rows.flatMap(([key, sum, id, style]) => [
      element("dt", { class: style }, words.text(key)), element("dd", { class: `number ${style}`.trim() }, money(words, sum, { id }))])),
    element("p", { class: "note", id: "quote-number", "data-count": String(coins) }, words.count("withdraw_quote_number", coins)),
    element("p", { class: "note" }, element("a", { href: terms, target: "_blank", rel: "noreferrer noopener" }, words.text("withdraw_terms"))));
}
