// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The in-page wallet opened by itself: money, coins, what came in and went out, purchases, withdrawals. */

import { Amount, sum } from "../core/amount.js";
import { element, foreign, foreignSite, isBlank } from "../window/elements.js";
import { coinList } from "./coin-list.js";

/** The view: a card with the `button` that gets sandbox money, and sections that `update` fills. */
export function homeView(words, { currency, button }) {
  return element("div", { id: "home" },
    element("section", { class: "card" },
      element("p", { class: "note" }, words.text("window_play_money", { currency })),
      element("div", { class: "actions" }, button)));
}

/**
 * Shows `records`, {balances, history, coins, purchases, reserves}, in a view that homeView made. Only sections that have become others are
 * replaced: whoever reads or tabs through the rest keeps the place.
 */
export function update(words, view, records) {
  for (const section of sections(words, records)) {
    const old = [...view.children].find(({ id }) => id === section.id);
    if (old === undefined) view.append(section);
    else if (!old.isEqualNode(section)) replace(old, section);
  }
}

function replace(old, section) {
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  old.replaceWith(section);
  if (focused !== null) [...section.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
}

function sections(words, { balances, history, coins, purchases, reserves }) {
  return [
    element("section", { id: "moving" }, ...moving(words, balances)),
    part(words, "purchases", "window_purchases", purchases.map((one) => purchaseRow(words, one)), "window_no_purchases"),
    part(words, "withdrawals", "window_withdrawals", reserves.map((one) => reserveRow(words, one)), "window_no_withdrawals"),
    part(words, "history", "window_history", history.map((one) => entryRow(words, one)), "window_no_history"),
    part(words, "coins", "window_coins", coinList(words, coins), "window_no_coins"),
  ];
}

function part(words, id, title, rows, empty) {
  return element("section", { class: "card", id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, words.text(title)),
    rows.length === 0 ? element("p", { class: "note" }, words.text(empty)) : element("ul", {}, ...rows));
}

/** What is neither free nor in a payment. */
function moving(words, balances) {
  return [["change", "window_changing"], ["arriving", "window_arriving"]].flatMap(([member, key]) => (
    balances.filter((one) => !one[member].isZero).map((one) => element("p", { class: "note", id: member }, words.text(key, { amount: one[member] })))));
}

function purchaseRow(words, purchase) {
  const title = isBlank(purchase.title) ? purchase.origin : purchase.title;
  const facts = [words.date(purchase.created), words.text(`window_state_${purchase.state}`) + cameBack(words, purchase)].join(" · ");
  return element("li", {},
    element("span", {}, foreign(title, 80), element("small", {},
      ...(purchase.merchant === null || isBlank(purchase.merchant) ? [] : [foreign(purchase.merchant, 80), " · "]), facts),
    link(words, purchase)),
    element("span", { class: "number" }, words.money(Amount.parse(purchase.total))));
}

function cameBack(words, { refunds = [] }) {
  if (refunds.length === 0) return "";
  const amounts = refunds.map(({ credited }) => Amount.parse(credited));
  return `, ${words.text("window_refunded", { amount: sum(amounts[0].currency, amounts) })}`;
}

/** To what was bought (a shop that named no address for it has an execution page); or to the shop's page that finishes a payment without an answer. Both are of the shop's own origin. */
function link(words, { state, origin, url, execURL, title }) {
  const [target, label] = state === "paid" ? [url ?? execURL, "window_open_again"] : state === "pending" ? [execURL, "window_finish_at_shop"] : [null, ""];
  if (target === null || target === undefined || !target.startsWith(`${origin}/`)) return null;
  const name = words.text("window_link_about", { link: words.text(label), title });
  return element("a", { href: target, target: "_blank", rel: "noreferrer noopener", "aria-label": name }, words.text(label));
}

function reserveRow(words, reserve) {
  const { amount, created, source } = reserve;
  const from = source.kind === "page" ? foreignSite(source.origin) : words.text("window_sandbox_bank");
  return element("li", { "data-state": reserve.state },
    element("span", {}, from, element("small", {}, `${words.date(created)} · ${standing(words, reserve)}`)),
    element("span", { class: "number" }, words.money(Amount.parse(amount))));
}

function standing(words, { state, withdrawn, problem }) {
  if (state === "done") return words.text("window_reserve_done", { amount: Amount.parse(withdrawn) });
  if (state === "failed") return problem === null ? words.text("window_reserve_failed") : words.error(problem);
  return words.text(state === "handed" ? "window_reserve_handed" : "window_reserve_open");
}

/** An entry of the ledger. */
function entryRow(words, { kind, sign, amount, ownFee: fee, title, time }) {
  const facts = [...(time > 0 ? [words.date(time)] : []), ...(fee.isZero ? [] : [words.text("window_entry_fee", { amount: fee })])].join(" · ");
  return element("li", { "data-kind": kind },
    element("span", {}, words.text(`window_entry_${kind}`), ...(title === "" ? [] : [" · ", foreign(title, 80)]), facts === "" ? null : element("small", {}, facts)),
    element("span", { class: "number", "data-amount": amount.toString() }, `${sign < 0 ? "−" : "+"}${words.money(amount)}`));
}
