// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer sees while a payment is sent and when it has ended. */

import { Amount } from "../core/amount.js";
import { actionButton, dateText, element, foreign, money } from "./elements.js";

/** A payment that is sent again: of something bought before, or one that never got its answer. */
export function replayView(purchase) {
  const paid = purchase.state === "paid";
  return element("section", { class: "card center", id: "bought-before" },
    element("h1", {}, paid ? "You have bought this already" : "Finishing your payment"),
    summary(purchase),
    element("p", { class: "note" }, paid
      ? "The shop is shown the same coins again and opens what you bought. Nothing more is paid."
      : "You agreed to pay for this, and the shop has not answered yet. The same payment is sent again: it is never taken twice."));
}

function summary({ title, total, created }) {
  return element("p", {}, ...(title === "" ? [] : [foreign(title, 120), element("br")]),
    `${money(Amount.parse(total))}, ${dateText(created)}`);
}

/** The end of a purchase that succeeded; `before` when it had been paid before and nothing was paid now. */
export function paidView(purchase, before = false) {
  return element("section", { class: "card center" },
    element("div", { class: "tick", "aria-hidden": "true" }, "✓"),
    element("h1", { id: "paid" }, before ? "You have bought this already" : "Paid"),
    before ? summary(purchase)
      : element("p", {}, `${money(Amount.parse(purchase.total))} to `, purchase.merchant === null ? "the shop" : foreign(purchase.merchant)),
    element("p", { class: "note" }, `${before ? "Nothing was paid again. " : ""}The shop’s page shows what you bought.`));
}

/** Money that came back; `credited` is zero when the wallet had it already. */
export function refundView(purchase, credited, close) {
  return element("section", { class: "card center" },
    element("div", { class: "tick", "aria-hidden": "true" }, "✓"),
    element("h1", { id: "came-back", "data-amount": credited.toString() }, credited.isZero ? "You have this money already" : `${money(credited)} came back`),
    summary(purchase),
    element("p", { class: "note" }, "The coins with which you paid can be spent again. The exchange keeps its fee for each of them."),
    element("div", { class: "actions" }, actionButton("cancel", "Close", close, "secondary")));
}

/** A failed payment, of which #error says why. */
export function retryView({ title, label, again, cancel }) {
  return element("section", { class: "card center" },
    element("h1", {}, title),
    element("div", { class: "actions" }, actionButton("try-again", label, again), actionButton("cancel", "Close", cancel, "secondary")));
}

/** A plain statement; with a button that closes the window when `close` is given. */
export function endView(title, text, close = null) {
  return element("section", { class: "card center" }, element("h1", {}, title), element("p", { class: "note" }, text),
    close === null ? null : element("div", { class: "actions" }, actionButton("cancel", "Close", close, "secondary")));
}
