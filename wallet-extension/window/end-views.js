// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer sees while a payment is sent and when it has ended. */

import { Amount } from "../core/amount.js";
import { actionButton, element, foreign, isBlank } from "./elements.js";

/** A payment that is sent again: of something bought before, or one that never got its answer. */
export function replayView(words, purchase) {
  const paid = purchase.state === "paid";
  return element("section", { class: "card center", id: "bought-before" },
    element("h1", {}, words.text(paid ? "window_bought_before" : "window_finishing")),
    summary(words, purchase),
    element("p", { class: "note" }, words.text(paid ? "window_replay_paid" : "window_replay_pending")));
}

function summary(words, { title, total, created }) {
  return element("p", {}, ...(isBlank(title) ? [] : [foreign(title, 120), element("br")]),
    `${words.money(Amount.parse(total))}, ${words.date(created)}`);
}

/** The end of a purchase that succeeded; `before` when it had been paid before and nothing was paid now. */
export function paidView(words, purchase, before = false) {
  const merchant = purchase.merchant === null || isBlank(purchase.merchant) ? words.text("window_the_shop") : foreign(purchase.merchant);
  return element("section", { class: "card center" },
    element("div", { class: "tick", "aria-hidden": "true" }, "✓"),
    element("h1", { id: "paid" }, words.text(before ? "window_bought_before" : "window_paid")),
    before ? summary(words, purchase) : element("p", {}, ...words.nodes("window_paid_to", { amount: Amount.parse(purchase.total), merchant })),
    element("p", { class: "note" }, before ? `${words.text("window_nothing_again")} ` : "", words.text("window_shop_shows")));
}

/** Money that came back; `credited` is zero when the wallet had it already. */
export function refundView(words, purchase, credited, close) {
  return element("section", { class: "card center" },
    element("div", { class: "tick", "aria-hidden": "true" }, "✓"),
    element("h1", { id: "came-back", "data-amount": credited.toString() },
      credited.isZero ? words.text("window_had_already") : words.text("window_came_back", { amount: credited })),
    summary(words, purchase),
    element("p", { class: "note" }, words.text("window_refund_note")),
    element("div", { class: "actions" }, actionButton("cancel", words.text("window_close"), close, "secondary")));
}

/** A failed payment, of which #error says why. */
export function retryView(words, { title, label, again, cancel }) {
  return element("section", { class: "card center" },
    element("h1", {}, title),
    element("div", { class: "actions" }, actionButton("try-again", label, again), actionButton("cancel", words.text("window_close"), cancel, "secondary")));
}

/** A plain statement; with a button that closes the window when `close` is given. */
export function endView(words, title, text, close = null) {
  return element("section", { class: "card center" }, element("h1", {}, title), element("p", { class: "note" }, text),
    close === null ? null : element("div", { class: "actions" }, actionButton("cancel", words.text("window_close"), close, "secondary")));
}
