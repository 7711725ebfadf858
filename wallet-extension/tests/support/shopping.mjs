// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A purchase at a shop of these tests, whose backend deposits at the exchange of these tests. */

import { canonicalJSON } from "../../core/canonical-json.js";
import { now } from "../../core/time.js";
import { makeOffer, makeTerms } from "./offers.mjs";

const PAGE = { page: "http://shop.example/essay", origin: "http://shop.example" };

let number = 1000;

/** {text, terms} of an offer of `price` (text without currency) that `exchange` can be paid with. */
export async function offerFor(exchange, price, changes = {}) {
  const [value, fraction = ""] = price.split(".");
  const amount = { value: Number(value), fraction: Number(fraction.padEnd(8, "0")), currency: exchange.keys.currency };
  const terms = await makeTerms({
    amount, products: [], transaction_id: number += 1, timestamp: `/Date(${now()})/`, refund_deadline: `/Date(${now() + 86_400})/`,
    expiry: `/Date(${now() + 3600})/`, mints: [{ url: exchange.url, master_pub: exchange.masterPub }], ...changes,
  });
  return { terms, text: canonicalJSON(await makeOffer(terms)) };
}

/** The buyer agrees: the purchase, stored and not sent. */
export async function sign({ wallet, exchange }, price, changes) {
  const { terms, text } = await offerFor(exchange, price, changes);
  const { offer, choice, context } = await wallet.payments.look(text, PAGE);
  if (choice === null) throw new Error("the wallet holds too little");
  return { terms, purchase: await wallet.payments.commit(offer, choice, context) };
}

/** Bought and paid. */
export async function buy(world, price, changes) {
  const { terms, purchase } = await sign(world, price, changes);
  await world.exchange.deposit(purchase.permission, terms);
  await world.wallet.payments.record(purchase.id, { status: 200, url: "http://shop.example/fulfillment", body: "" });
  return { terms, purchase: await world.wallet.store.purchases.get(purchase.id) };
}
