// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What happened to the money: a line for each entry of the ledger. */

import { Amount } from "../../core/amount.js";
import { element, foreign } from "../../window/elements.js";

const KINDS = {
  withdrawal: "popup_kind_withdrawal", payment: "popup_kind_payment", refund: "popup_kind_refund", refresh: "popup_kind_refresh",
  loss: "popup_kind_loss", found: "popup_kind_found",
};

/** `entries`: as wallet.history() gives them; `after` are nodes below the list. */
export function movementView(words, entries, ...after) {
  const heading = element("h2", { id: "movements-title" }, words.text("popup_history"));
  if (entries.length === 0) return [heading, element("p", { class: "note" }, words.text("popup_history_empty"))];
  return [heading, element("ul", { id: "history" }, ...entries.map((entry) => line(words, entry))), ...after];
}

function line(words, { time, kind, sign, amount, fee, title, purchase }) {
  const sum = amountOf(amount);
  const fees = amountOf(fee);
  const what = title || purchase?.title || purchase?.merchant || "";
  const detail = [
    ...(time > 0 ? [words.date(time)] : []),
    ...(fees === null || fees.isZero ? [] : [words.text("popup_fees", { amount: fees })]),
  ].join(" · ");
  return element("li", { "data-kind": kind },
    element("span", {}, words.text(KINDS[kind] ?? kind), ...(what === "" ? [] : [": ", foreign(what, 80)]),
      detail === "" ? null : element("small", {}, detail)),
    element("span", { class: sign < 0 ? "number" : "number plus", "data-amount": sum.toString(), "data-sign": String(sign) },
      `${sign < 0 ? "\u2212" : "+"}${words.money(sum)}`));
}

function amountOf(amount) {
  return amount instanceof Amount || amount === null || amount === undefined ? amount ?? null : Amount.parse(amount);
}
