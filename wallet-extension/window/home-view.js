// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet opened by itself: money, purchases, withdrawals. */

import { Amount, sum } from "../core/amount.js";
import { dateText, element, foreign, money } from "./elements.js";
import { moneyButton } from "./money-button.js";

const PURCHASE_WORDS = { pending: "not finished", paid: "paid", refused: "refused, nothing was charged" };

/** The view over the records of the store; `refresh` shows it anew. */
export function homeView(wallet, purchases, reserves, refresh) {
  return element("div", {},
    element("section", { class: "card" },
      element("p", { class: "note" }, `Play money of the sandbox, in ${wallet.configuration.currency}. It is worth nothing outside.`),
      element("div", { class: "actions" }, moneyButton(wallet, refresh))),
    element("section", { class: "card", id: "purchases" }, element("h2", {}, "Purchases"),
      list(purchases, purchaseRow, "Nothing yet. Press “Pay with Taler” in a shop.")),
    element("section", { class: "card", id: "withdrawals" }, element("h2", {}, "Withdrawals"),
      list(reserves, reserveRow, "None yet.")));
}

function list(records, row, empty) {
  return records.length === 0 ? element("p", { class: "note" }, empty) : element("ul", {}, ...records.map(row));
}

function purchaseRow(purchase) {
  const title = purchase.title === "" ? purchase.origin : purchase.title;
  return element("li", {},
    element("span", {}, foreign(title, 80), element("small", {},
      purchase.merchant === null ? "" : foreign(purchase.merchant, 80), ` · ${dateText(purchase.created)} · ${PURCHASE_WORDS[purchase.state]}${cameBack(purchase)}`),
    link(purchase)),
    element("span", { class: "number" }, money(Amount.parse(purchase.total))));
}

function cameBack({ refunds = [] }) {
  if (refunds.length === 0) return "";
  const amounts = refunds.map(({ credited }) => Amount.parse(credited));
  return `, ${money(sum(amounts[0].currency, amounts))} came back`;
}

/** To what was bought (a shop that named no address for it has an execution page); or to the shop's page that finishes a payment without an answer. Both are of the shop's own origin. */
function link({ state, origin, url, execURL, title }) {
  const [target, label] = state === "paid" ? [url ?? execURL, "Open again"] : state === "pending" ? [execURL, "Finish at the shop"] : [null, ""];
  if (target === null || !target.startsWith(`${origin}/`)) return null;
  return element("a", { href: target, target: "_blank", rel: "noreferrer noopener", "aria-label": `${label}: ${title}` }, label);
}

function reserveRow({ amount, withdrawn, state, problem, created }) {
  const words = state === "done" ? `${money(Amount.parse(withdrawn))} in coins` : problem ?? "under way";
  return element("li", {},
    element("span", {}, "Sandbox bank", element("small", {}, `${dateText(created)} · `, foreign(words))),
    element("span", { class: "number" }, money(Amount.parse(amount))));
}
