// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer sees of a purchase. */

import { Amount } from "../core/amount.js";
import { actionButton, dateText, element, foreign, money } from "./elements.js";
import { moneyButton } from "./money-button.js";

/** So long (milliseconds) an offer is on the screen before it can be paid: a click meant for what was there before must not pay. */
const THINK = 500;

/**
 * The offer with merchant, products, price and fees. `plan` is null when the wallet holds too little; actions are
 * {origin, pay, cancel, again}. #pay comes into being only when it can be pressed.
 */
export function contractView(wallet, offer, plan, { origin, pay, cancel, again }) {
  const buttons = element("div", { class: "actions" }, actionButton("cancel", "Cancel", cancel, "secondary"));
  if (plan === null) buttons.prepend(moneyButton(wallet, again));
  else setTimeout(() => buttons.prepend(actionButton("pay", `Pay ${money(plan.total)}`, pay)), THINK);
  return element("section", { class: "card" },
    element("p", { class: "label" }, "You buy from"),
    element("h1", { id: "merchant" }, offer.merchantName === null ? "a merchant without a name" : foreign(offer.merchantName)),
    element("p", { class: "origin" }, origin),
    productList(offer),
    sums(offer, plan),
    plan === null ? element("p", { id: "insufficient", class: "note" }, "Your wallet holds too little for this purchase.") : null,
    element("p", { class: "note" }, `The offer is valid until ${dateText(offer.expiry)}. Its signature has been verified.`),
    buttons);
}

function productList(offer) {
  const rows = offer.products.map(({ description, quantity, price }) => element("li", {},
    element("span", {}, quantity === null || quantity === 1 ? null : `${quantity} × `, foreign(description)),
    element("span", { class: "number" }, price === null ? "" : money(price))));
  return element("ul", { id: "products" }, ...rows);
}

/** Fees and total depend on the coins: without a plan there is the price alone. */
function sums(offer, plan) {
  const price = [
    element("dt", {}, "Price"), element("dd", { id: "price", class: "number", "data-amount": offer.amount.toString() }, money(offer.amount))];
  if (plan === null) return element("dl", { class: "sums" }, ...price);
  const { total, feesByBuyer, fees } = plan;
  return element("dl", { class: "sums" }, ...price,
    element("dt", {}, "Fees that you pay"),
    element("dd", { id: "fees", class: "number", "data-amount": feesByBuyer.toString() }, money(feesByBuyer)),
    element("dt", { class: "fine" }, `Fees that the shop pays, of at most ${money(offer.maxFee)}`),
    element("dd", { class: "number fine" }, money(fees.compare(offer.maxFee) < 0 ? fees : offer.maxFee)),
    element("dt", { class: "strong" }, "Total"),
    element("dd", { id: "total", class: "number strong", "data-amount": total.toString() }, money(total)));
}

/** The end of a purchase that succeeded. */
export function paidView(purchase) {
  return element("section", { class: "card center" },
    element("div", { class: "tick", "aria-hidden": "true" }, "✓"),
    element("h1", { id: "paid" }, "Paid"),
    element("p", {}, `${money(Amount.parse(purchase.total))} to `, purchase.merchant === null ? "the shop" : foreign(purchase.merchant)),
    element("p", { class: "note" }, "The shop's page shows what you bought."));
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
