// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { readOffer } from "../core/contract.js";
import { contractView } from "../window/contract-view.js";
import { installPage } from "./support/fake-page.mjs";
import { offerText } from "./support/offers.mjs";
import { english, wordsIn } from "./support/words.mjs";

const kudos = (value, fraction = 0) => ({ value, fraction, currency: "KUDOS" });

const PRODUCTS = [
  { description: "A lamp", quantity: 2, price: kudos(4), product_id: "lamp", taxes: [{ VAT: kudos(0, 64_000_000) }, { "Lamp tax": kudos(0, 1_000_000) }],
    delivery_location: "delivery", delivery_date: "by 3 March" },
  { description: "A wick", quantity: 1, price: kudos(1), delivery_location: "delivery", delivery_date: "by 3 March" },
  { description: "An essay", price: kudos(0, 50_000_000), delivery_location: "http://shop.example/product/essay" },
];

const LOCATIONS = {
  here: { country: "DE" },
  delivery: { name: "Ada", street: "Row", street_number: "7", zip_code: 12345, city: "Köln\u202e", country: "DE" },
};

function shown(offer, words = english) {
  installPage();
  return contractView(words, offer, { origin: "http://shop.example", choice: null, pay() {}, cancel() {} });
}

test("each line has its quantity, price and taxes", async () => {
  const offer = await readOffer(await offerText({ products: PRODUCTS, locations: LOCATIONS }));
  assert.deepEqual(offer.products[0].taxes.map(({ name, amount }) => [name, amount.toString()]), [["VAT", "KUDOS:0.64"], ["Lamp tax", "KUDOS:0.01"]]);
  const lines = shown(offer).find("products").children.map((line) => line.textContent);
  assert.deepEqual(lines, [
    "2 × A lampincludes 0.64\u00a0KUDOS VATincludes 0.01\u00a0KUDOS Lamp tax4.00\u00a0KUDOS", "A wick1.00\u00a0KUDOS", "An essay0.50\u00a0KUDOS"]);
});

test("each place is told once, with what comes there and when, without characters that reorder", async () => {
  const products = [...PRODUCTS, { description: "A later one", delivery_location: "elsewhere: by pigeon", delivery_date: "\u202esoon" },
    { description: "Postage", delivery_location: "delivery" }];
  const offer = await readOffer(await offerText({ products, locations: LOCATIONS }));
  assert.deepEqual(shown(offer).find("delivery").children.map((one) => one.textContent), [
    "Delivery details", "Ada, Row 7, 12345 Köln, DE", "A lamp: by 3 March", "A wick: by 3 March", "elsewhere: by pigeon", "A later one: soon"]);
});

test("what is opened in the web is not delivered", async () => {
  assert.equal(shown(await readOffer(await offerText({ products: [PRODUCTS[2]] }))).find("delivery"), null);
});

test("a contract without delivery has no such part", async () => {
  assert.equal(shown(await readOffer(await offerText())).find("delivery"), null);
});

test("labels that are no location of the contract are shown as they are", async () => {
  for (const label of ["nowhere", "toString", "__proto__"]) {
    const offer = await readOffer(await offerText({ products: [{ description: "x", delivery_location: label }] }));
    assert.deepEqual(offer.products[0].deliveryPlace, [label]);
  }
});

test("taxes that cannot be read make the contract unreadable", async () => {
  for (const taxes of ["VAT", { VAT: kudos(1) }, [{ VAT: "much" }]]) {
    await assert.rejects(readOffer(await offerText({ products: [{ description: "x", taxes }] })), { reason: "malformed" });
  }
  const offer = await readOffer(await offerText({ products: [{ description: "x", taxes: null }] }));
  assert.deepEqual(offer.products[0].taxes, []);
});

test("the merchant's address stands below its name, when the contract has one", async () => {
  const offer = await readOffer(await offerText({ locations: { here: { street: "Row", street_number: "7\u202e", city: "Köln", country: "DE" } } }));
  assert.deepEqual(shown(offer).find("merchant-address").textContent, "Address: Row 7, Köln, DE");
  assert.equal(shown(await readOffer(await offerText({ merchant: { name: "x", address: "nowhere" } }))).find("merchant-address"), null);
});

test("the wallet's own words are in the reader's language, the contract's as they are", async () => {
  const text = shown(await readOffer(await offerText({ products: [PRODUCTS[0], {}], locations: LOCATIONS })), wordsIn("de", "de-DE")).textContent;
  for (const part of ["Sie kaufen bei", "A lamp", "davon 0,64\u00a0KUDOS VAT", "4,00\u00a0KUDOS", "(ohne Beschreibung)", "Abbrechen"]) assert.ok(text.includes(part), part);
});

test("a merchant or a product whose name shows nothing counts as nameless", async () => {
  const offer = await readOffer(await offerText({ products: [{ description: "\u3164" }], merchant: { name: "\u3164\u2800 \u00ad" } }));
  const view = shown(offer);
  assert.equal(view.find("merchant").textContent, english.text("window_nameless_merchant"));
  assert.match(view.find("products").textContent, new RegExp(english.text("window_no_description")));
});
