// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The background as its events reach it: over a wallet that only remembers what it was asked. */

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { beforeEach, test } from "node:test";

import { installBrowser } from "./support/fake-browser.mjs";

globalThis.crypto ??= webcrypto;
const browser = installBrowser();
const { Wallet } = await import("../engine/wallet.js");

const BANK = "http://bank.example";
const SHOP = "http://shop.example";
let worked = 0;
Wallet.open = async () => ({
  store: { purchases: { get: async (id) => ({ id, origin: SHOP }), pending: async () => [] } },
  payments: { record: async () => ({ state: "paid", code: null }) },
  withdrawals: { confirm: async (key, origin) => key === "MINE" && origin === BANK },
  work: { run: async () => { worked += 1; return { again: null }; } },
  changes: { subscribe() {} },
});
const { sessions } = await import("../extension/sessions.js");
await import("../extension/background/main.js");
await settle();

let tabId;

beforeEach(async () => {
  await settle();
  browser.reset();
  worked = 0;
  tabId = browser.addPage(`${SHOP}/product`, () => null);
});

async function settle() {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => { setImmediate(resolve); });
}

/** A content script's word; gives the answer. */
async function say(message, origin = SHOP) {
  const sender = { id: "wallet", url: `${origin}/product`, origin, frameId: 0, tab: { id: tabId } };
  const answer = await new Promise((resolve) => { browser.runtime.onMessage.fire(message, sender, resolve); });
  await settle();
  return answer;
}

const offer = (text, touched) => say({ taler: "offer", text, touched });

async function closeWindow() {
  const [session] = await sessions.all();
  browser.pages.delete(session.walletTabId);
  await browser.tabs.onRemoved.fire(session.walletTabId);
}

test("a confirmation of a reserve that is not the site's own starts no work, and is answered alike", async () => {
  assert.deepEqual([await say({ taler: "confirm", reservePub: "OTHER" }, BANK), worked], [true, 0]);
  assert.deepEqual([await say({ taler: "confirm", reservePub: "MINE" }, SHOP), worked], [true, 0]);
  assert.deepEqual([await say({ taler: "confirm", reservePub: "MINE" }, BANK), worked], [true, 1]);
});

test("after three windows that nobody asked for the page is answered as by a “no”, and the button shows that something waits", async () => {
  for (let i = 0; i < 3; i += 1) {
    assert.match((await offer(`{${i}`, false)).session, /^[0-9a-f]{32}$/);
    await closeWindow();
  }
  assert.deepEqual(await offer("{", false), { session: null, reason: "cancelled", message: "" });
  assert.deepEqual([browser.opened.length, browser.badges.at(-1)], [3, [tabId, "!"]]);
  assert.match((await offer("{", true)).session, /^[0-9a-f]{32}$/);
});

for (const [what, message] of Object.entries({
  "a click in the page that led there": { taler: "touched" },
  "a payment": { taler: "outcome", purchase: "C", session: null, status: 200, url: null, body: "" },
})) {
  test(`${what} makes the count new`, async () => {
    for (let i = 0; i < 3; i += 1) {
      await offer(`{${i}`, false);
      await closeWindow();
    }
    await say(message);
    assert.notEqual((await offer("{", false)).session, null);
  });
}

const ACCEPTED = {
  statusCode: 202, frameId: 0, url: `${BANK}/accepted`, responseHeaders: Object.entries({
    "X-Taler-Operation": "create-reserve", "X-Taler-Amount": "KUDOS:5", "X-Taler-Callback-Url": `${BANK}/callback`,
  }).map(([name, value]) => ({ name, value })),
};

test("202 takes the tab to the wallet, but not for a page that the browser only prepares", async () => {
  for (const change of [{ documentLifecycle: "prerender" }, { frameId: 4 }, { statusCode: 200 }, { tabId: -1 }]) {
    await browser.webRequest.onHeadersReceived.fire({ ...ACCEPTED, tabId, ...change });
    assert.equal(browser.pages.get(tabId).url, `${SHOP}/product`);
  }
  await browser.webRequest.onHeadersReceived.fire({ ...ACCEPTED, tabId, documentLifecycle: "active" });
  assert.match(browser.pages.get(tabId).url, /withdraw\.html#[0-9a-f]{32}$/);
});
