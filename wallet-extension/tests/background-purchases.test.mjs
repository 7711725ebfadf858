// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Outcomes that pages tell, and payments that are finished later: over a wallet that only remembers what it was told. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { installBrowser } from "./support/fake-browser.mjs";

const browser = installBrowser();
const { Wallet } = await import("../engine/wallet.js");

let purchases;
let recorded;
Wallet.open = async () => ({
  store: { purchases: { get: async (id) => purchases.get(id), pending: async () => [...purchases.values()].filter(({ state }) => state === "pending") } },
  payments: {
    async record(id, outcome, attempt) {
      recorded.push([id, outcome, attempt]);
      return { state: outcome.status === 200 ? "paid" : "pending", code: null };
    },
  },
  refunds: { collect: async (id, origin, text) => { recorded.push([id, origin, text]); return { credited: "KUDOS:1", isWhole: false }; } },
});

const { collectRefund, countUnfinished, finishPurchase, recordOutcome } = await import("../extension/background/purchases.js");
const { deliver, showBought } = await import("../extension/delivery.js");
const { sessions } = await import("../extension/sessions.js");

const SHOP = "http://shop.example:81";
const PAGE = { origin: SHOP, url: `${SHOP}/product`, tabId: 7, documentId: null };
const OUTCOME = { purchase: "C", attempt: 2, session: null, status: 200, url: `${SHOP}/essay`, body: "" };

beforeEach(() => {
  browser.reset();
  recorded = [];
  purchases = new Map([["C", { id: "C", origin: SHOP, page: `${SHOP}/product`, payURL: `${SHOP}/pay`, permission: "{}", attempt: 2, state: "pending" }]]);
});

test("an outcome is recorded when a page of the purchase's own shop tells it, and of nobody else", async () => {
  assert.equal(await recordOutcome(OUTCOME, { ...PAGE, origin: "http://evil.example" }), null);
  assert.equal(await recordOutcome(OUTCOME, { ...PAGE, origin: "http://shop.example" }), null);
  assert.equal(await recordOutcome({ ...OUTCOME, purchase: "D" }, PAGE), null);
  assert.deepEqual(recorded, []);
  assert.deepEqual(await recordOutcome(OUTCOME, PAGE), { state: "paid", code: null, attended: false });
  assert.deepEqual(recorded, [["C", { status: 200, url: `${SHOP}/essay`, body: "" }, 2]]);
  await recordOutcome({ ...OUTCOME, attempt: null }, PAGE);
  assert.equal(recorded[1][2], 1);
});

test("the page hears whether the wallet's window is still there", async () => {
  const id = "0".repeat(32);
  await sessions.put({ id, kind: "offer" });
  assert.equal((await recordOutcome({ ...OUTCOME, session: id }, PAGE)).attended, true);
});

test("a refund's list is taken from the shop of the purchase only", async () => {
  assert.equal(await collectRefund({ contract: "C", text: "{}" }, { ...PAGE, origin: "http://evil.example" }), null);
  assert.deepEqual(await collectRefund({ contract: "C", text: "{}" }, PAGE), { credited: "KUDOS:1", isWhole: false });
  assert.deepEqual(recorded, [["C", SHOP, "{}"]]);
});

/** A shop's content script, whose POST ends well; the background hears of it from a page of `origin`. */
const script = (origin) => async ({ taler, permission, payURL, session, purchase, attempt }) => {
  if (taler === "ping") return origin;
  assert.deepEqual([permission, payURL, session, purchase, attempt], ["{}", `${SHOP}/pay`, null, "C", 2]);
  await recordOutcome(OUTCOME, { ...PAGE, origin });
  return { status: 200, url: `${SHOP}/essay`, body: "", state: "paid", code: null, handled: false };
};

/** A tab at `url` whose process is somebody else's: it says what it likes. */
function liar(url) {
  const got = [];
  const tabId = browser.addPage(url, async ({ taler, permission }) => {
    if (taler === "ping") return SHOP;
    got.push(permission);
    await recordOutcome(OUTCOME, { ...PAGE, origin: new URL(url).origin });
    return { status: 200, url, body: "", state: "paid", code: null, handled: true };
  });
  return { tabId, got };
}

test("a tab that another site is in by now gets no permission, whatever it answers", async () => {
  const { tabId, got } = liar("http://evil.example/");
  const shop = browser.addPage(`${SHOP}/other`, script(SHOP));
  const outcome = await deliver(purchases.get("C"), { session: null, tabId });
  assert.deepEqual([got, outcome.tabId, outcome.state], [[], shop, "paid"]);
});

test("what a tab says of a payment counts only as far as a page of the shop has told it to the background", async () => {
  const { tabId } = liar(`${SHOP}/product`);
  // Between the look at its address and the message another site has come into it.
  browser.pages.get(tabId).answer = async (message) => {
    if (message.taler === "ping") return SHOP;
    await recordOutcome(OUTCOME, { ...PAGE, origin: "http://evil.example" });
    return { status: 200, url: "http://evil.example/", body: "", state: "paid", code: null, handled: false };
  };
  const outcome = await deliver(purchases.get("C"), { session: null, tabId });
  assert.deepEqual([outcome.status, outcome.url, outcome.state, outcome.result, recorded], [0, null, null, null, []]);
  assert.deepEqual(await finishPurchase({ purchase: "C" }), { state: "pending", status: 0, code: null });
  assert.deepEqual(browser.opened, []);
});

test("the page that asked is meant, not the tab that it was in", async () => {
  const tabId = browser.addPage(`${SHOP}/product`, script(SHOP));
  browser.pages.get(tabId).documentId = "D";
  const seen = [];
  const { sendMessage } = browser.tabs;
  browser.tabs.sendMessage = (id, message, target) => { seen.push([message.taler, target]); return sendMessage(id, message, target); };
  try {
    assert.equal((await deliver(purchases.get("C"), { tabId, documentId: "D" })).state, "paid");
    // Loaded anew it is another document, of the same shop: that will do.
    assert.equal((await deliver(purchases.get("C"), { tabId, documentId: "E" })).state, "paid");
  } finally {
    browser.tabs.sendMessage = sendMessage;
  }
  assert.deepEqual(seen, [
    ["ping", { documentId: "D" }], ["pay", { documentId: "D" }], ["ping", { documentId: "E" }], ["ping", { frameId: 0 }], ["pay", { frameId: 0 }],
  ]);
});

test("what was bought is shown in the shop's tab only while that is at the shop", async () => {
  const tabId = browser.addPage("http://elsewhere.example/", undefined);
  const outcome = { state: "paid", url: `${SHOP}/essay`, handled: false, tabId, isOpened: false, origin: SHOP };
  await showBought(outcome, true);
  assert.deepEqual([browser.pages.get(tabId).url, browser.opened], ["http://elsewhere.example/", [`${SHOP}/essay`]]);
  browser.pages.get(tabId).url = `${SHOP}/product`;
  await showBought(outcome, true);
  assert.deepEqual([browser.pages.get(tabId).url, browser.opened.length], [`${SHOP}/essay`, 1]);
});

test("what waits is finished by a page of the shop that is open, and shown in a tab of its own", async () => {
  browser.addPage("http://shop.example/", script("http://shop.example"));
  browser.addPage(`${SHOP}/asleep`, undefined);
  const tab = browser.addPage(`${SHOP}/other`, script(SHOP));
  assert.deepEqual(await finishPurchase({ purchase: "C" }), { state: "paid", status: 200, code: null });
  assert.deepEqual(browser.said.filter(({ taler }) => taler === "pay").map(({ id }) => id), [tab]);
  assert.deepEqual([browser.opened, browser.pages.get(tab).url], [[`${SHOP}/essay`], `${SHOP}/other`]);
});

test("without one, the page of the purchase is opened, and goes on to what was bought", async () => {
  browser.scriptFor = () => script(SHOP);
  assert.equal((await finishPurchase({ purchase: "C" })).state, "paid");
  assert.deepEqual([browser.opened, [...browser.pages.values()].map(({ url }) => url)], [[`${SHOP}/product`], [`${SHOP}/essay`]]);
});

test("a page that is of another site by now gets no permission", async () => {
  browser.addPage(`${SHOP}/product`, ({ taler }) => (taler === "ping" ? "http://evil.example" : assert.fail("the permission was sent")));
  purchases.get("C").page = "http://evil.example/";
  assert.equal((await finishPurchase({ purchase: "C" })).state, "unreachable");
  assert.deepEqual(browser.opened, []);
});

test("what is unknown or over is not sent", async () => {
  assert.equal((await finishPurchase({ purchase: "D" })).state, "unknown");
  for (const state of ["refused", "givenUp"]) {
    purchases.get("C").state = state;
    assert.equal((await finishPurchase({ purchase: "C" })).state, state);
  }
  assert.deepEqual(browser.said, []);
});

test("two clicks send one payment", async () => {
  browser.addPage(`${SHOP}/product`, script(SHOP));
  const [first, second] = await Promise.all([finishPurchase({ purchase: "C" }), finishPurchase({ purchase: "C" })]);
  assert.deepEqual([first.state, second.state], ["paid", "busy"]);
});

test("the number on the button is that of the payments that wait", async () => {
  purchases.set("D", { id: "D", state: "paid" });
  assert.equal(await countUnfinished(), 1);
});
