// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { encodeBase32 } from "../core/base32.js";
import { Payments } from "../engine/payments.js";

const coin = encodeBase32(new Uint8Array(32).fill(200));

/** Payments over a store that writes down what it is told. */
function payments() {
  const calls = [];
  const store = {
    settlePurchase: async (id, url) => { calls.push(["settle", id, url]); },
    refusePurchase: async (id, refusal, named, state) => { calls.push(["refuse", id, refusal.code, named, state]); },
  };
  return { calls, payments: new Payments({}, store, { keys: async () => null }) };
}

async function record(outcome) {
  const { calls, payments: subject } = payments();
  const result = await subject.record("C", { url: null, body: "", ...outcome });
  return { calls, ...result };
}

test("an answer of success settles the purchase", async () => {
  const { calls, state } = await record({ status: 200, url: "http://shop.example/essay" });
  assert.equal(state, "paid");
  assert.deepEqual(calls, [["settle", "C", "http://shop.example/essay"]]);
});

test("a coin that was spent elsewhere is taken out, the others are freed", async () => {
  const { calls, state, coinSpent } = await record({ status: 409, body: JSON.stringify({ code: 1012, coin_pub: coin.toLowerCase() }) });
  assert.equal(state, "refused");
  assert.equal(coinSpent, true);
  assert.deepEqual(calls, [["refuse", "C", 1012, coin, "spent"]]);
});

test("a coin that the shop cannot verify is set aside", async () => {
  const { calls, coinSpent } = await record({ status: 403, body: JSON.stringify({ code: 2157, coin_pub: coin }) });
  assert.equal(coinSpent, false);
  assert.deepEqual(calls, [["refuse", "C", 2157, coin, "refused"]]);
});

test("a refusal that names no coin, or none that can be, frees all", async () => {
  for (const named of [{}, { coin_pub: "x" }, { coin_pub: 7 }]) {
    const { calls } = await record({ status: 410, body: JSON.stringify({ code: 2161, ...named }) });
    assert.deepEqual(calls, [["refuse", "C", 2161, null, "refused"]]);
  }
});

const unresolved = {
  "no answer": { status: 0 },
  "a failed gateway": { status: 502, body: '{"code":2170}' },
  "a time-out of the gateway": { status: 504, body: '{"code":2011}' },
  "too many requests": { status: 429, body: '{"code":1}' },
  "a refusal without a code": { status: 404, body: "<h1>Not Found</h1>" },
  "a refusal whose code is a text": { status: 409, body: '{"code":"1012"}' },
  "a redirect that was not followed": { status: 301, body: '{"code":1}' },
  "JSON that is no object": { status: 400, body: "7" },
};

for (const [name, outcome] of Object.entries(unresolved)) {
  test(`${name} leaves the permission to be sent again`, async () => {
    const { calls, state } = await record(outcome);
    assert.equal(state, "pending");
    assert.deepEqual(calls, []);
  });
}
