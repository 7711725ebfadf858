// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { encodeBase32 } from "../core/base32.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { checkPayable, ContractError, exchangeURLIn, readOffer } from "../core/contract.js";
import { makeOffer, makeTerms, masterKey, offerText } from "./support/offers.mjs";

const wallet = { time: 1_700_000_100, currency: "KUDOS", masterKey };

/** The reason for which an offer's text is refused. */
async function refusal(text, expected = wallet) {
  try {
    checkPayable(await readOffer(text), expected);
  } catch (error) {
    assert.ok(error instanceof ContractError, error.stack);
    return error.reason;
  }
  return "none";
}

test("an ordinary offer is read", async () => {
  const offer = await readOffer(await offerText());
  checkPayable(offer, wallet);
  assert.equal(offer.amount.toString(), "KUDOS:5.5");
  assert.equal(offer.maxFee.toString(), "KUDOS:0.1");
  assert.equal(offer.merchantName, "The shop");
  assert.deepEqual(offer.products.map(({ description, quantity }) => [description, quantity]), [["An essay", 2]]);
  assert.equal(offer.payURL, "/taler/pay?order=1");
  assert.equal(exchangeURLIn(offer, masterKey), "http://exchange.example/");
});

test("unknown members are part of what is hashed", async () => {
  const text = await offerText({ zz_new: [1, { deep: "é" }] });
  assert.equal(await refusal(text), "none");
  assert.equal(await refusal(text.replace('"deep":"é"', '"deep":"e"')), "hash");
});

test("the order of members and white space mean nothing", async () => {
  const offer = await makeOffer(await makeTerms());
  assert.equal(await refusal(JSON.stringify(offer, null, 2)), "none");
});

test("a changed price has another hash", async () => {
  const text = (await offerText()).replace('"value":5', '"value":4');
  assert.equal(await refusal(text), "hash");
});

test("a changed price with its hash made to fit lacks the signature", async () => {
  const offer = await makeOffer(await makeTerms());
  const changed = await makeOffer(await makeTerms({ amount: "KUDOS:1" }));
  assert.equal(await refusal(canonicalJSON({ ...changed, sig: offer.sig })), "signature");
});

test("a signature of somebody else's contract, a flipped or cut one is refused", async () => {
  const offer = await makeOffer(await makeTerms());
  const other = await makeOffer(await makeTerms({ transaction_id: 63 }));
  const flip = (text) => (text[5] === "0" ? `${text.slice(0, 5)}1${text.slice(6)}` : `${text.slice(0, 5)}0${text.slice(6)}`);
  assert.equal(await refusal(canonicalJSON({ ...offer, sig: other.sig })), "signature");
  assert.equal(await refusal(canonicalJSON({ ...offer, sig: flip(offer.sig) })), "signature");
  assert.equal(await refusal(canonicalJSON({ ...offer, sig: offer.sig.slice(1) })), "malformed");
  assert.equal(await refusal(canonicalJSON({ ...offer, H_contract: flip(offer.H_contract) })), "hash");
});

test("a contract naming another merchant key is refused", async () => {
  assert.equal(await refusal(await offerText({ merchant_pub: encodeBase32(masterKey) })), "signature");
});

test("an expired offer can be read and not be paid", async () => {
  assert.equal(await refusal(await offerText(), { ...wallet, time: 1_700_003_600 }), "expired");
  assert.equal(await refusal(await offerText({ expiry: "/Date(1700000100)/" })), "expired");
  assert.equal(await refusal(await offerText({ expiry: "/never/" })), "none");
});

test("another currency and another exchange are refused", async () => {
  assert.equal(await refusal(await offerText({ amount: "EUR:1", max_fee: "EUR:0" })), "currency");
  assert.equal(await refusal(await offerText({ amount: "EUR:1" })), "malformed");
  assert.equal(await refusal(await offerText({ mints: [] })), "exchange");
  const other = [{ url: "http://exchange.example/", master_pub: encodeBase32(new Uint8Array(32).fill(9)) }];
  assert.equal(await refusal(await offerText({ mints: other })), "exchange");
});

const malformed = {
  "a float": async () => (await offerText()).replace('"transaction_id":62', '"transaction_id":62.0'),
  "a duplicate member": async () => (await offerText()).replace('"auditors":[]', '"auditors":[],"auditors":[]'),
  "a duplicate beside the contract": async () => (await offerText()).replace('"pay_url"', '"sig":"x","pay_url"'),
  "an integer beyond 2^53": async () => (await offerText()).replace(":62", ":9007199254740993"),
  "a fraction of a whole": () => offerText({ amount: { value: 5, fraction: 100_000_000, currency: "KUDOS" } }),
  "a negative amount": () => offerText({ amount: { value: -5, fraction: 0, currency: "KUDOS" } }),
  "a control character": () => offerText({ merchant: { name: "The\u0007shop" } }),
  "$forgettable": () => offerText({ extra: { a: 1, $forgettable: { a: "SALT" } } }),
  "a wire hash that is too short": () => offerText({ H_wire: "ABC" }),
  "no products": () => offerText({ products: null }),
  "a refund deadline of never": () => offerText({ refund_deadline: "/never/" }),
  "a transaction_id that is a text": () => offerText({ transaction_id: "62" }),
  "an array": async () => "[]",
  "no JSON": async () => "<html>",
  "no contract": async () => '{"sig":"A"}',
};

for (const [name, make] of Object.entries(malformed)) {
  test(`${name} is malformed`, async () => assert.equal(await refusal(await make()), "malformed"));
}
