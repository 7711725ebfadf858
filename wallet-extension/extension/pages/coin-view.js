// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The coins themselves, in a disclosure: how many of each value, in which state. */

import { Amount } from "../../core/amount.js";
import { element, foreignSite } from "../../window/elements.js";
import { siteName } from "./names.js";

const STATES = {
  free: "popup_coin_free", exposed: "popup_coin_exposed", locked: "popup_coin_locked", melting: "popup_coin_melting", refused: "popup_coin_refused",
};

/**
 * Coins that are alike, counted, largest first: [{exchange, masterPub, value, remaining, state, number}]. Spent ones are left out; a free
 * one that is to be changed has the state `exposed`.
 */
export function coinGroups(coins) {
  const groups = new Map();
  for (const { exchange, masterPub, value, remaining, state, exposed } of coins) {
    if (state === "spent") continue;
    const shown = state === "free" && exposed ? "exposed" : state;
    const key = [exchange, masterPub, value, remaining, shown].join(" ");
    const group = groups.get(key) ?? { exchange, masterPub, value, remaining, state: shown, number: 0 };
    group.number += 1;
    groups.set(key, group);
  }
  const units = (text) => Amount.parse(text).units;
  const order = (a, b) => (a < b ? 1 : a > b ? -1 : 0);
  return [...groups.values()].sort((a, b) => order(b.exchange ?? "", a.exchange ?? "") || order(units(a.value), units(b.value))
    || order(units(a.remaining), units(b.remaining)));
}

/** The disclosure over coinGroups(…); null when there is no coin. */
export function coinView(words, groups) {
  if (groups.length === 0) return null;
  const number = groups.reduce((all, group) => all + group.number, 0);
  const exchanges = [...new Set(groups.map(({ exchange }) => exchange))];
  return element("details", { id: "all-coins", "data-count": String(number) },
    element("summary", { "aria-controls": "coins" }, words.count("popup_coins", number)),
    element("div", { id: "coins" }, ...exchanges.map((exchange) => table(words, exchange, groups.filter((group) => group.exchange === exchange)))));
}

function table(words, exchange, groups) {
  const heads = ["popup_coins_value", "popup_coins_number", "popup_coins_state"].map((key) => element("th", { scope: "col" }, words.text(key)));
  return element("table", {},
    element("caption", {}, ...words.nodes("popup_coins_caption", { exchange: foreignSite(siteName(exchange ?? "")) })),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...groups.map((group) => row(words, group))));
}

function row(words, { value, remaining, state, number }) {
  const left = value === remaining ? null : element("small", {}, words.text("popup_coins_left", { amount: Amount.parse(remaining) }));
  return element("tr", { "data-state": state },
    element("td", {}, words.money(Amount.parse(value)), left), element("td", {}, words.number(number)), element("td", {}, words.text(STATES[state] ?? state)));
}
