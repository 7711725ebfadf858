// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The coins in the wallet, those that are alike in one line. */

import { Amount } from "../core/amount.js";
import { element } from "../window/elements.js";

/** Lines for records of coins, the largest first; what is spent is left out. */
export function coinList(words, coins) {
  const groups = new Map();
  for (const { value, remaining, state } of coins.filter((one) => one.state !== "spent")) {
    const key = [value, remaining, state].join(" ");
    const group = groups.get(key) ?? { value: Amount.parse(value), remaining: Amount.parse(remaining), state, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort(bySize).map((group) => row(words, group));
}

function bySize(a, b) {
  return b.value.compare(a.value) || b.remaining.compare(a.remaining) || a.state.localeCompare(b.state);
}

function row(words, { value, remaining, state, count }) {
  const isWhole = value.compare(remaining) === 0;
  const text = isWhole ? words.text("window_coin_row", { count, value }) : words.text("window_coin_split", { count, rest: remaining, value });
  return element("li", { "data-state": state }, element("span", {}, text), element("small", {}, words.text(`window_coin_${state}`)));
}
