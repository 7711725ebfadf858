// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { postPermission } from "../inpage/post-permission.js";

let requests = [];

/** A shop's page at http://shop.example/product whose server answers with `answer`. */
function page(answer) {
  globalThis.document = { URL: "http://shop.example/product" };
  globalThis.location = new URL(document.URL);
  globalThis.fetch = async (url, options) => {
    requests.push({ url: url.href, ...options });
    if (answer instanceof Error) throw answer;
    const { status = 200, redirected = false, url: end = url.href, body = "" } = answer;
    return { ok: status < 300, status, redirected, url: end, text: async () => body };
  };
}

beforeEach(() => { requests = []; });

test("the text goes to pay_url with the page's cookies, and the end of the redirect comes back", async () => {
  page({ redirected: true, url: "http://shop.example/essay?sig=1", body: "<h1>essay</h1>" });
  assert.deepEqual(await postPermission("/taler/pay?order=1", "{}"), { status: 200, url: "http://shop.example/essay?sig=1", body: "" });
  const [{ url, method, body, credentials, mode, redirect, headers }] = requests;
  assert.deepEqual([url, method, body, credentials, redirect], ["http://shop.example/taler/pay?order=1", "POST", "{}", "same-origin", "follow"]);
  // A redirect that repeats the POST (307) ends at the border of the shop's site.
  assert.equal(mode, "same-origin");
  assert.deepEqual(headers, { "Content-Type": "application/json", Accept: "text/html,application/json" });
});

test("nothing is sent to another origin", async () => {
  page({});
  for (const address of ["http://evil.example/", "https://shop.example/pay", "http://shop.example:81/", "//evil.example/pay", "data:,x"]) {
    assert.equal((await postPermission(address, "{}")).status, 0);
  }
  assert.deepEqual(requests, []);
});

test("a refusal comes back with its body", async () => {
  page({ status: 409, body: '{"code":1012}' });
  assert.deepEqual(await postPermission("/pay", "{}"), { status: 409, url: null, body: '{"code":1012}' });
});

test("what the page behind a redirect answers is no refusal: the shop may have the money", async () => {
  page({ status: 404, redirected: true, url: "http://shop.example/essay", body: '{"code":2005}' });
  const { status, url, body } = await postPermission("/pay", "{}");
  assert.deepEqual([status, url, body.includes("2005")], [0, null, false]);
});

test("without a redirect the answer may name where to go, on the shop's own origin", async () => {
  page({ body: '{"fulfillment_url":"/essay"}' });
  assert.equal((await postPermission("/pay", "{}")).url, "http://shop.example/essay");
  page({ body: '{"fulfillment_url":"http://evil.example/"}' });
  assert.equal((await postPermission("/pay", "{}")).url, null);
  page({ body: "paid" });
  assert.equal((await postPermission("/pay", "{}")).url, null);
});

test("a dead network is status 0", async () => {
  page(new TypeError("Failed to fetch"));
  assert.deepEqual(await postPermission("/pay", "{}"), { status: 0, url: null, body: "Failed to fetch" });
});
