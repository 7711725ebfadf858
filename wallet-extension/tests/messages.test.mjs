// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { messageFrom } from "../window/messages.js";

const peer = {};
const expected = { peer, origin: "http://shop.example", nonce: "00ff" };
const event = (changes = {}, data = {}) => (
  { source: peer, origin: "http://shop.example", data: { taler: "ready", nonce: "00ff", ...data }, ...changes }
);

test("a message of the peer, its origin and its nonce is heard", () => {
  assert.equal(messageFrom(event(), expected).taler, "ready");
});

const forged = {
  "another window": event({ source: {} }),
  "no window": event({ source: null }),
  "another origin": event({ origin: "http://shop.example.evil.example" }),
  "an origin without a name": event({ origin: "null" }),
  "another nonce": event({}, { nonce: "00fe" }),
  "no nonce": event({}, { nonce: undefined }),
  "no kind": event({}, { taler: undefined }),
  "no object": event({ data: "ready" }),
  "null": event({ data: null }),
};

for (const [name, message] of Object.entries(forged)) {
  test(`a message of ${name} is not`, () => assert.equal(messageFrom(message, expected), null));
}
