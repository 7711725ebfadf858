// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What happened to the money: a line for each entry of the ledger. */

import { element, foreign } from "../../window/elements.js";

const KINDS = {
  withdrawal: "popup_kind_withdrawal", payment: "popup_kind_payment", refund: "popup_kind_refund", refresh: "popup_kind_refresh",
  loss: "popup_kind_loss", found: "popup_kind_found",
};

/**
 * `entries`: [{time, kind, sign, amount, fee (Amounts; what of it the wallet's owner bears), title, isProven (a loss: the exchange has shown with
 * the coin's own signature where it went)}]; `after` are nodes below the list, or null.
 */
export function movementView(words, entries, ...after) {
  const heading = element("h2", { id: "movements-title" }, words.text("popup_history"));
  if (entries.length === 0) return [heading, element("p", { class: "note" }, words.text("popup_history_empty"))];
  return [heading, element("ul", { id: "history" }, ...entries.map((entry) => line(words, entry))), ...after.filter((node) => node !== null)];
}

function line(words, { time, kind, sign, amount, fee, title, isProven = false }) {
  const detail = [
    ...(time > 0 ? [words.date(time)] : []),
    ...(fee.isZero ? [] : [feeWords(words, kind, sign, amount, fee)]),
  ].join(" · ");
  return element("li", { "data-kind": kind },
    element("span", {}, ...named(words, words.text(kind === "loss" && isProven ? "popup_kind_elsewhere" : KINDS[kind] ?? kind), title),
      detail === "" ? null : element("small", {}, detail)),
    element("span", { class: sign < 0 ? "number" : "number plus", "data-amount": amount.toString(), "data-sign": String(sign) },
      `${sign < 0 ? "\u2212" : "+"}${words.money(amount)}`));
}

function named(words, name, title) {
  return title === "" ? [name] : words.nodes("window_pair", { name, value: foreign(title, 80) });
}

/** What changing coins takes is the exchange's fee and nothing else: its amount stands beside it. */
function feeWords(words, kind, sign, amount, fee) {
  if (kind === "refresh" && sign < 0 && fee.compare(amount) === 0) return words.text("popup_fee_change");
  return words.text("popup_fees", { amount: fee });
}
