// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What stands below an offer that the wallet cannot pay: how much is missing, what the wallet holds besides, and where money comes from. */

import { element, foreignSite } from "./elements.js";

/** So many exchanges of a contract are named. */
const NAMED = 4;

/** `shortage`: see shortageOf; null says only that it is too little. `hints` are nodes. */
export function insufficientView(words, offer, shortage, hints) {
  const why = shortage === null ? [] : reasons(words, offer, shortage).map((nodes) => element("li", {}, element("span", {}, ...nodes)));
  return [element("p", { id: "insufficient", class: "note" }, words.text("window_insufficient")),
    why.length === 0 ? null : element("ul", { class: "why", id: "shortage" }, ...why),
    hints.length === 0 ? null : element("div", { class: "actions", id: "hints" }, ...hints),
    element("p", { class: "note" }, words.text("window_waits"))];
}

function reasons(words, offer, { held, missing, bound, otherExchanges, otherCurrencies, takes }) {
  const { currency } = offer.amount;
  return [
    missing.isZero ? words.nodes("window_missing_fees", { held }) : words.nodes("window_missing", { held, missing }),
    ...(bound.isZero ? [] : [words.nodes("window_bound", { amount: bound })]),
    ...otherExchanges.map(({ exchange, amount }) => words.nodes("window_other_exchange", { amount, exchange: foreignSite(exchange) })),
    ...otherCurrencies.map((amount) => words.nodes("window_other_currency", { amount, currency })),
    words.nodes("window_shop_takes", { exchanges: names(takes) }),
  ];
}

function names(addresses) {
  const shown = addresses.slice(0, NAMED).map((url) => foreignSite(url));
  const parts = shown.flatMap((node, i) => (i === 0 ? [node] : [", ", node]));
  return element("span", {}, ...parts, addresses.length > NAMED ? ", …" : null);
}
