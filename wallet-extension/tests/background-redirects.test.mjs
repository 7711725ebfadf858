// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Redirects } from "../extension/background/redirects.js";

const PAY = "http://shop.example/pay";
const ELSEWHERE = "https://media.example/essay";
const redirect = (change = {}) => (
  { requestId: "1", tabId: 7, frameId: 0, method: "POST", statusCode: 303, url: PAY, redirectUrl: ELSEWHERE, ...change }
);

function after(...all) {
  const redirects = new Redirects();
  for (const one of all) redirects.note(redirect(one));
  return redirects;
}

test("a redirect to another site that leaves the text behind is known, once", () => {
  for (const statusCode of [301, 302, 303]) {
    const redirects = after({ statusCode });
    assert.equal(redirects.take(8, PAY), null);
    assert.equal(redirects.take(7, `${PAY}?x`), null);
    assert.equal(redirects.take(7, PAY), ELSEWHERE);
    assert.equal(redirects.take(7, PAY), null);
  }
});

test("one that would take the text along is no answer", () => {
  for (const statusCode of [307, 308, 300]) assert.equal(after({ statusCode }).take(7, PAY), null);
});

test("a way over several addresses is followed to where it leaves the site", () => {
  const inside = { redirectUrl: "http://shop.example/done" };
  const out = { method: "GET", url: "http://shop.example/done", statusCode: 307 };
  assert.equal(after(inside, out).take(7, PAY), ELSEWHERE);
  assert.equal(after(inside).take(7, PAY), null);
  assert.equal(after({ ...inside, statusCode: 307 }, { ...out, method: "POST" }).take(7, PAY), null);
});

test("only what is a POST of a tab's own page counts, and only to the web", () => {
  for (const change of [{ method: "GET" }, { frameId: 2 }, { tabId: -1 }, { redirectUrl: "ftp://media.example/" }, { redirectUrl: "data:,x" }]) {
    assert.equal(after(change).take(7, PAY), null);
  }
});

test("however many there are, few are remembered", () => {
  const redirects = after(...Array.from({ length: 1000 }, (_, i) => ({ requestId: `${i}`, url: `${PAY}/${i}` })));
  const known = Array.from({ length: 1000 }, (_, i) => redirects.take(7, `${PAY}/${i}`)).filter((place) => place !== null);
  assert.equal(known.length, 64);
});
