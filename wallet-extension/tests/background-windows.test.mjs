// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One window for each tab, withdrawals in the tab itself, and scripts for pages that were open before. */

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { beforeEach, test } from "node:test";

import { installBrowser } from "./support/fake-browser.mjs";

globalThis.crypto ??= webcrypto;
const browser = installBrowser();
const { forgetWindows } = await import("../extension/background/allowance.js");
const { end, inTurn, openWindow, sessionOf } = await import("../extension/background/windows.js");
const { beginWithdrawal, readDetail, readHeader } = await import("../extension/background/reserves.js");
const { injectOnce } = await import("../extension/background/injection.js");
const { sessions } = await import("../extension/sessions.js");

const SHOP = "http://shop.example";
let page;

beforeEach(() => {
  browser.reset();
  page = { origin: SHOP, url: `${SHOP}/product`, tabId: browser.addPage(`${SHOP}/product`), documentId: "D" };
});

const offer = (text, isTouched = true) => inTurn(page.tabId, () => openWindow(page, { kind: "offer", text }, isTouched));

test("an offer gets a window at the wallet's own address, which names a session and nothing else", async () => {
  const session = await offer("A");
  assert.match(session.id, /^[0-9a-f]{32}$/);
  assert.deepEqual(browser.opened, [`chrome-extension://wallet/extension/pages/confirm.html#${session.id}`]);
  const { created, ...kept } = await sessions.get(session.id);
  assert.deepEqual(kept, {
    id: session.id, kind: "offer", text: "A", origin: SHOP, page: `${SHOP}/product`, tabId: page.tabId, documentId: "D",
    walletTabId: session.walletTabId, walletWindowId: session.walletWindowId,
  });
});

test("the same offer again gets that window to the front", async () => {
  const first = await offer("A");
  assert.equal((await offer("A")).id, first.id);
  assert.deepEqual([browser.opened.length, browser.focused], [1, [first.walletWindowId]]);
});

test("a page that nobody touches takes the front from nobody", async () => {
  const first = await offer("A", false);
  assert.equal((await offer("A", false)).id, first.id);
  await offer("B", false);
  assert.deepEqual([browser.opened.length, browser.focused], [1, []]);
});

test("another offer takes the place of the first in its window, without a word to the page", async () => {
  const first = await offer("A");
  const second = await offer("B");
  assert.deepEqual([second.walletTabId, second.walletWindowId, browser.focused], [first.walletTabId, first.walletWindowId, [first.walletWindowId]]);
  assert.equal(browser.pages.get(first.walletTabId).url, `chrome-extension://wallet/extension/pages/confirm.html#${second.id}`);
  assert.deepEqual([await sessions.get(first.id), (await sessionOf(page.tabId)).id, browser.said], [null, second.id, []]);
});

test("a hundred offers at once leave one window", async () => {
  await Promise.all(Array.from({ length: 100 }, (_, i) => offer(`${i % 3}`)));
  assert.equal([...browser.pages.values()].filter(({ url }) => url.includes("confirm.html")).length, 1);
  assert.equal((await sessions.all()).length, 1);
});

test("the same text in another document of the tab is another offer", async () => {
  const first = await offer("A");
  page = { ...page, documentId: "E" };
  assert.notEqual((await offer("A")).id, first.id);
});

test("when the window of the same offer is gone, another one comes", async () => {
  const first = await offer("A");
  browser.pages.delete(first.walletTabId);
  assert.notEqual((await offer("A")).id, first.id);
  assert.equal(browser.opened.length, 2);
});

test("a tab opens three windows by itself, and then none without a click; loading the page again changes nothing", async () => {
  const closed = async (isTouched) => {
    const session = await offer("{", isTouched);
    if (session !== null) await end(session);
    page = { ...page, documentId: `${page.documentId}+` };
    return session !== null;
  };
  const tries = async (...touches) => {
    const opened = [];
    for (const isTouched of touches) opened.push(await closed(isTouched));
    return opened;
  };
  assert.deepEqual(await tries(false, false, false, false, false), [true, true, true, false, false]);
  page = { ...page, origin: "http://other.example" };
  assert.deepEqual(await tries(false), [false]);
  assert.deepEqual(await tries(true, false, false, false), [true, true, true, false]);
  await forgetWindows(page.tabId);
  assert.deepEqual(await tries(false, true, true, true, true), [true, true, true, true, true]);
  page = { ...page, tabId: browser.addPage(SHOP) };
  assert.deepEqual(await tries(false), [true]);
});

test("one site's offers leave room for another's, and for what is being paid", async () => {
  const long = "x".repeat(1 << 20);
  const tabs = [];
  for (let i = 0; i < 12; i += 1) {
    page = { ...page, tabId: browser.addPage(SHOP, () => null), url: `${SHOP}/${i}` };
    tabs.push(await offer(long));
  }
  assert.ok((await sessions.all()).length <= 3);
  assert.notEqual(await sessions.get(tabs.at(-1).id), null);
  assert.deepEqual([await sessions.get(tabs[0].id), browser.pages.has(tabs[0].walletTabId)], [null, false]);
  assert.deepEqual(browser.said.find(({ taler }) => taler === "closed"), { id: tabs[0].tabId, taler: "closed", session: tabs[0].id });
});

test("many sites together leave room as well", async () => {
  const long = "x".repeat(1 << 20);
  const paid = await offer(long);
  await sessions.put({ ...paid, isPosting: true });
  for (let i = 0; i < 30; i += 1) {
    page = { ...page, origin: `http://s${i % 6}.example`, tabId: browser.addPage(SHOP, () => null) };
    await offer(long);
  }
  page = { ...page, origin: "http://honest.example", tabId: browser.addPage(SHOP, () => null) };
  const honest = await offer("{}");
  assert.notEqual(await sessions.get(honest.id), null);
  assert.notEqual(await sessions.get(paid.id), null);
});

test("where there are no windows, the wallet gets a tab", async () => {
  browser.hasWindows = false;
  const session = await offer("A");
  assert.deepEqual([browser.pages.get(session.walletTabId).url.includes("confirm.html#"), session.walletWindowId], [true, null]);
});

test("what the browser has no room for opens no window and leaves nothing behind", async () => {
  browser.storage.session.quota = 100;
  await assert.rejects(offer("A".repeat(200)), /quota/);
  assert.deepEqual([browser.opened, await sessions.all()], [[], []]);
});

test("a name that is no session's is looked up nowhere", async () => {
  await browser.storage.session.set({ injected: true, "session:x": { id: "x" } });
  for (const id of ["", "x", null, undefined, 5, "../injected", "G".repeat(32)]) assert.equal(await sessions.get(id), null);
});

const BANK = "http://bank.example";
const DETAIL = { amount: { value: 5, fraction: 50000000, currency: "KUDOS" }, callbackURL: `${BANK}/withdrawals/1`, wireTypes: ["test"], suggestedExchange: null };

test("a withdrawal goes on at the wallet's page in the bank's tab", async () => {
  const bank = bankPage();
  const { tabId } = bank;
  assert.equal(await beginWithdrawal(bank, DETAIL), true);
  Object.assign(browser.pages.get(tabId), { url: bank.url });
  assert.equal(await beginWithdrawal(bank, { ...DETAIL, amount: "KUDOS:6" }), true);
  const [session, ...others] = await sessions.all();
  assert.deepEqual([others, session.kind, session.origin, session.detail], [[], "withdraw", BANK, {
    amount: "KUDOS:6", callbackURL: `${BANK}/withdrawals/1`, wireTypes: ["test"], suggestedExchange: null,
  }]);
  assert.equal(browser.pages.get(tabId).url, `chrome-extension://wallet/extension/pages/withdraw.html#${session.id}`);
});

/** A bank's page, with its script in it. */
function bankPage() {
  const url = `${BANK}/account/withdraw`;
  const tabId = browser.addPage(url, ({ taler }) => (taler === "ping" ? BANK : assert.fail(taler)));
  browser.pages.get(tabId).documentId = "D";
  return { origin: BANK, url, tabId, documentId: "D" };
}

for (const [where, change] of Object.entries({
  "is at another site by now": { url: "http://elsewhere.example/" },
  "is on its way to another site": { pendingUrl: "http://elsewhere.example/" },
  "is on its way out of the web": { pendingUrl: "about:blank" },
  "shows another page of the bank by now": { documentId: "E" },
  "shows a page whose script was taken away": { answer: undefined },
})) {
  test(`a tab that ${where} stays as it is`, async () => {
    const bank = bankPage();
    Object.assign(browser.pages.get(bank.tabId), change);
    assert.equal(await beginWithdrawal(bank, DETAIL), false);
    assert.deepEqual([browser.pages.get(bank.tabId).url, await sessions.all()], [change.url ?? bank.url, []]);
  });
}

test("where documents have no names, the tab's address tells", async () => {
  const bank = { ...bankPage(), documentId: null };
  assert.equal(await beginWithdrawal(bank, DETAIL), true);
  assert.equal(await beginWithdrawal(bank, DETAIL), false);
});

test("a bank that answers 202 is where the tab is going, not where it is", async () => {
  const bank = { ...bankPage(), documentId: null };
  browser.pages.get(bank.tabId).url = "about:blank";
  assert.equal(await beginWithdrawal(bank, DETAIL, { isArriving: true }), true);
});

test("a page that its own header puts into a sandbox has no wallet by header either", () => {
  const fields = (policy) => [
    { name: "X-Taler-Operation", value: "confirm-reserve" }, { name: "X-Taler-Reserve-Pub", value: "R" }, { name: "Content-Security-Policy", value: policy },
  ];
  for (const policy of ["sandbox", "default-src 'self'; Sandbox allow-scripts", "default-src 'self', sandbox;"]) assert.equal(readHeader(fields(policy)), null, policy);
  for (const policy of ["default-src 'self'", "sandbox allow-scripts allow-same-origin", "script-src http://sandbox/"]) assert.notEqual(readHeader(fields(policy)), null, policy);
});

test("a bank's word that makes no sense moves nothing", async () => {
  const tabId = browser.addPage(`${BANK}/`);
  for (const change of [
    { callbackURL: "http://evil.example/" }, { callbackURL: "javascript:alert(1)" }, { callbackURL: "/withdrawals/1" }, { callbackURL: "data:,x" },
    { callbackURL: "https://bank.example/" }, { amount: null }, { amount: {} }, { amount: "KUDOS:0" }, { amount: { value: -1, fraction: 0, currency: "KUDOS" } },
    { amount: { value: 1, fraction: 0, currency: "kudos" } }, { amount: { value: 1.5, fraction: 0, currency: "KUDOS" } },
  ]) {
    assert.equal(await beginWithdrawal({ origin: BANK, url: `${BANK}/`, tabId, documentId: null }, { ...DETAIL, ...change }), false);
  }
  assert.deepEqual([await sessions.all(), browser.pages.get(tabId).url], [[], `${BANK}/`]);
});

test("an exchange that a bank suggests is an address, or none", () => {
  const suggested = (suggestedExchange) => readDetail({ ...DETAIL, suggestedExchange }, BANK).suggestedExchange;
  assert.deepEqual(["https://exchange.example/", "javascript:alert(1)", "exchange", 5, null].map(suggested), ["https://exchange.example/", null, null, null, null]);
});

test("the header fields of a 202 say the same as the event", () => {
  const header = (name, value) => ({ name, value });
  const fields = [
    header("x-taler-operation", "create-reserve"), header("X-Taler-Amount", '{"value":5,"fraction":50000000,"currency":"KUDOS"}'),
    header("X-Taler-Callback-Url", `${BANK}/withdrawals/1`), header("X-Taler-Wt-Types", '["test"]'), header("X-Taler-Suggested-Exchange", "http://exchange.example/"),
  ];
  assert.deepEqual(readDetail(readHeader(fields), BANK), {
    amount: "KUDOS:5.5", callbackURL: `${BANK}/withdrawals/1`, wireTypes: ["test"], suggestedExchange: "http://exchange.example/",
  });
  assert.deepEqual(readHeader([header("X-Taler-Operation", "confirm-reserve"), header("X-Taler-Reserve-Pub", "R")]), { operation: "confirm-reserve", reservePub: "R" });
  for (const other of [[], undefined, [header("X-Taler-Operation", "drain")], [{ name: "X-Taler-Operation", binaryValue: [1] }]]) assert.equal(readHeader(other), null);
  assert.equal(readDetail(readHeader([fields[0]]), BANK), null);
  assert.equal(readDetail(readHeader([...fields.slice(0, 1), header("X-Taler-Amount", "{"), ...fields.slice(2)]), BANK), null);
});

test("pages that were open before the extension get its scripts, once", async () => {
  const other = browser.addPage("https://store.example/");
  browser.pages.get(browser.addPage("http://asleep.example/")).discarded = true;
  await Promise.all([injectOnce(), injectOnce()]);
  await injectOnce();
  assert.deepEqual(browser.injected, [[page.tabId, ["a.js", "b.js"]]]);
  assert.ok(browser.pages.has(other));
});
