// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer sees of an offer: merchant, lines with taxes, delivery, sums. The contract's own texts stay as they are, isolated. */

import { consentButton } from "./consent.js";
import { actionButton, element, foreign, foreignSite, isBlank } from "./elements.js";
import { insufficientView } from "./insufficient-view.js";

/**
 * The offer with merchant, products, price and fees. `choice` is null when the wallet holds too little: then `shortage` (see shortageOf) says of
 * what, and `hints` are nodes that say where money comes from. `left` is what the wallet holds of the choice's exchange after the payment.
 */
export function contractView(words, offer, { origin, choice, left = null, shortage = null, hints = [], pay, cancel }) {
  const buttons = element("div", { class: "actions" }, actionButton("cancel", words.text("window_cancel"), cancel, "secondary"));
  if (choice !== null) buttons.prepend(consentButton("pay", words.text("window_pay", { amount: choice.plan.total }), pay));
  return element("section", { class: "card" },
    element("p", { class: "label" }, words.text("window_buy_from")),
    element("h1", { id: "merchant" }, offer.merchantName === null || isBlank(offer.merchantName) ? words.text("window_nameless_merchant") : foreign(offer.merchantName)),
    element("p", { class: "origin", id: "origin" }, origin),
    merchantAddress(words, offer),
    productList(words, offer),
    deliveries(words, offer),
    sums(words, offer, choice, left),
    ...(choice === null ? insufficientView(words, offer, shortage, hints) : []),
    element("p", { class: "note" }, `${words.text("window_valid_until", { date: words.date(offer.expiry) })} ${words.text("window_verified")}`),
    buttons);
}

function merchantAddress(words, { merchantAddress: lines }) {
  if (lines === null) return null;
  return element("p", { class: "origin", id: "merchant-address" }, ...words.nodes("window_merchant_address", { address: foreign(lines.join(", ")) }));
}

/** A line for each product: how many, what, the price of them all, and the taxes in it. */
function productList(words, offer) {
  const rows = offer.products.map(({ description, quantity, price, taxes }) => element("li", {},
    element("span", {}, quantity === null || quantity === 1 ? null : words.text("window_quantity", { count: quantity }), described(words, description),
      ...taxes.map(({ name, amount }) => element("small", { class: "tax" }, ...words.nodes("window_tax", { amount, tax: foreign(name, 40) })))),
    element("span", { class: "number" }, price === null ? "" : words.money(price))));
  return element("ul", { id: "products" }, ...rows);
}

function described(words, description) {
  return isBlank(description) ? words.text("window_no_description") : foreign(description);
}

/** Each place once, with what is delivered there and when. What is opened at an address of the web is not delivered. Null when nothing is. */
function deliveries(words, { products }) {
  const places = new Map();
  for (const { deliveryPlace, deliveryDate, description } of products) {
    if (deliveryDate === null && (deliveryPlace === null || isWebAddress(deliveryPlace))) continue;
    const place = deliveryPlace === null ? "" : deliveryPlace.join(", ");
    if (!places.has(place)) places.set(place, []);
    if (deliveryDate !== null) places.get(place).push([description, deliveryDate]);
  }
  if (places.size === 0) return null;
  return element("div", { id: "delivery" }, element("h2", {}, words.text("window_delivery")), ...[...places].flatMap(([place, things]) => [
    place === "" ? null : element("p", { class: "place" }, foreign(place)),
    ...things.map(([description, date]) => element("p", { class: "date" },
      ...words.nodes("window_pair", { name: described(words, description), value: foreign(date) })))]));
}

function isWebAddress(place) {
  return place.length === 1 && /^https?:/.test(place[0]);
}

/** Fees and total depend on the coins: without a choice there is the price alone. */
function sums(words, offer, choice, left) {
  const price = row(words, "window_price", offer.amount, { id: "price" });
  if (choice === null) return element("dl", { class: "sums" }, ...price);
  const { total, feesByBuyer, fees } = choice.plan;
  const change = choice.change ?? null;
  return element("dl", { class: "sums" }, ...price,
    ...row(words, "window_fees", feesByBuyer, { id: "fees" }),
    element("dt", { class: "fine" }, words.text("window_fees_shop", { amount: offer.maxFee })),
    element("dd", { class: "number fine", id: "shop-fees" }, words.money(fees.compare(offer.maxFee) < 0 ? fees : offer.maxFee)),
    ...row(words, "window_total", total, { id: "total" }, "strong"),
    ...(change === null || change.isZero ? [] : row(words, "window_change_cost", change, { id: "change-cost" }, "fine")),
    element("dt", { class: "fine" }, words.text("window_coins_of")),
    element("dd", { class: "number fine", id: "coins-of" }, foreignSite(choice.exchange, 300)),
    ...(left === null ? [] : row(words, "window_left", left, { id: "left" }, "fine")));
}

function row(words, key, amount, { id }, kind = "") {
  const classes = kind === "" ? "number" : `number ${kind}`;
  return [element("dt", kind === "" ? {} : { class: kind }, words.text(key)),
    element("dd", { id, class: classes, "data-amount": amount.toString() }, words.money(amount))];
}
