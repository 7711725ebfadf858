// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer sees of an offer: merchant, lines with taxes, delivery, sums. */

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
    deliveries(offer),
    sums(offer, plan),
    plan === null ? element("p", { id: "insufficient", class: "note" }, "Your wallet holds too little for this purchase.") : null,
    element("p", { class: "note" }, `The offer is valid until ${dateText(offer.expiry)}. Its signature has been verified.`),
    buttons);
}

/** A line for each product: how many, what, the price of them all, and the taxes in it. */
function productList(offer) {
  const rows = offer.products.map(({ description, quantity, price, taxes }) => element("li", {},
    element("span", {}, quantity === null || quantity === 1 ? null : `${quantity} × `, foreign(description),
      ...taxes.map(({ name, amount }) => element("small", { class: "tax" }, `includes ${money(amount)} `, foreign(name, 40)))),
    element("span", { class: "number" }, price === null ? "" : money(price))));
  return element("ul", { id: "products" }, ...rows);
}

/** Each place once, with what is delivered there and when. What is opened at an address of the web is not delivered. Null when nothing is. */
function deliveries({ products }) {
  const places = new Map();
  for (const { deliveryPlace, deliveryDate, description } of products) {
    if (deliveryDate === null && (deliveryPlace === null || isWebAddress(deliveryPlace))) continue;
    const place = deliveryPlace === null ? "" : deliveryPlace.join(", ");
    if (!places.has(place)) places.set(place, []);
    if (deliveryDate !== null) places.get(place).push([description, deliveryDate]);
  }
  if (places.size === 0) return null;
  return element("div", { id: "delivery" }, element("h2", {}, "Delivery"), ...[...places].flatMap(([place, things]) => [
    place === "" ? null : element("p", { class: "place" }, foreign(place)),
    ...things.map(([description, date]) => element("p", { class: "date" }, foreign(description), ": ", foreign(date)))]).filter((one) => one !== null));
}

function isWebAddress(place) {
  return place.length === 1 && /^https?:/.test(place[0]);
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
