// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Whom the background believes, and what. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { installBrowser } from "./support/fake-browser.mjs";

installBrowser();
const { understand } = await import("../extension/background/messages.js");

const PAGE = { id: "wallet", url: "http://shop.example:81/product?a=1", origin: "http://shop.example:81", frameId: 0, tab: { id: 7 }, documentId: "D" };
const OFFER = { taler: "offer", text: "{}", touched: null };

test("a content script's word comes with the page as the browser knows it", () => {
  assert.deepEqual(understand(OFFER, PAGE), {
    message: OFFER, page: { origin: "http://shop.example:81", url: "http://shop.example:81/product?a=1", tabId: 7, documentId: "D" },
  });
});

test("Firefox names neither origin nor document, and its word is taken", () => {
  const { origin, documentId, ...sender } = PAGE;
  assert.deepEqual(understand(OFFER, sender).page, { origin, url: PAGE.url, tabId: 7, documentId: null });
});

for (const [who, change] of Object.entries({
  "another extension": { id: "other" },
  "nobody": { id: undefined },
  "a frame in the page": { frameId: 3 },
  "a page in a sandbox": { origin: "null" },
  "a page whose origin is not that of its address": { origin: "http://evil.example" },
  "a page without a tab": { tab: undefined },
  "a tab that is none": { tab: { id: -1 } },
  "a file": { url: "file:///tmp/shop.html", origin: undefined },
  "about:blank": { url: "about:blank", origin: undefined },
  "a page without an address": { url: undefined },
  "another extension's page in a tab": { url: "chrome-extension://other/page.html", origin: "chrome-extension://other" },
})) {
  test(`${who} is not heard`, () => assert.equal(understand(OFFER, { ...PAGE, ...change }), null));
}

const OWN = { id: "wallet", url: "chrome-extension://wallet/extension/pages/popup.html", origin: "chrome-extension://wallet" };

test("the wallet's own pages ask for what pages may not, and the other way round", () => {
  assert.deepEqual(understand({ taler: "finish", purchase: "C" }, OWN), { message: { taler: "finish", purchase: "C" }, page: null });
  assert.equal(understand({ taler: "finish", purchase: "C" }, PAGE), null);
  assert.equal(understand({ taler: "wake" }, PAGE), null);
  assert.equal(understand(OFFER, OWN), null);
  assert.equal(understand({ taler: "wake" }, { ...PAGE, url: "http://chrome-extension://wallet/" }), null);
});

const LONG = "x".repeat(1_048_577);
for (const [what, message] of Object.entries({
  "no object": "offer", "nothing": null, "a list": [OFFER], "no word": {}, "an unknown word": { taler: "drain" },
  "a word that every object has": { taler: "constructor" }, "a word that is none": { taler: ["offer"] },
  "an offer without a text": { taler: "offer" }, "an offer that is an object": { taler: "offer", text: {} }, "an offer that is too long": { taler: "offer", text: LONG },
  "an execution without an address": { taler: "execute", contract: "C" }, "an address that is too long": { taler: "execute", contract: "C", payURL: LONG },
  "an outcome of a try that is none": { taler: "outcome", purchase: "C", attempt: 0, status: 200, body: "" },
  "an outcome of a strange status": { taler: "outcome", purchase: "C", status: "200", body: "" },
  "an outcome of a negative status": { taler: "outcome", purchase: "C", status: -1, body: "" },
  "an outcome with a long body": { taler: "outcome", purchase: "C", status: 409, body: LONG },
  "a reserve with too many ways": { taler: "reserve", amount: "KUDOS:1", callbackURL: "/", wireTypes: Array(17).fill("test") },
  "a reserve with odd ways": { taler: "reserve", amount: "KUDOS:1", callbackURL: "/", wireTypes: [1] },
})) {
  test(`${what} is no message`, () => assert.equal(understand(message, PAGE), null));
}

test("what is in a frame of the wallet's pages, or only seems to be one of them, asks for nothing", () => {
  const wake = { taler: "wake" };
  assert.notEqual(understand(wake, { ...OWN, frameId: 0 }), null);
  assert.notEqual(understand(wake, { id: OWN.id, url: OWN.url }), null);
  for (const change of [{ frameId: 2 }, { origin: "http://evil.example" }, { origin: "null" }]) assert.equal(understand(wake, { ...OWN, ...change }), null);
});

test("an address that is too long costs the outcome nothing but the address", () => {
  const outcome = { taler: "outcome", purchase: "C", status: 200, body: "" };
  for (const url of [`http://shop.example/${LONG}`, 5, {}]) assert.equal(understand({ ...outcome, url }, PAGE).message.url, null);
  assert.equal(understand({ ...outcome, url: "http://shop.example/essay" }, PAGE).message.url, "http://shop.example/essay");
});

test("what is not asked for does not come through", () => {
  const { message } = understand({ taler: "outcome", purchase: "C", status: 0, body: "", extra: 1, session: undefined }, PAGE);
  assert.deepEqual(message, { taler: "outcome", purchase: "C", attempt: null, status: 0, body: "", session: null, url: null });
});
