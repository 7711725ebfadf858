// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A page's conversation with the wallet: the POST, its redirects, and what the page hears of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeTab, settle } from "./support/fake-tab.mjs";

const ORIGIN = "http://shop.example";
const PAY = { taler: "pay", session: "S", origin: ORIGIN, purchase: "C", attempt: 2, payURL: "/pay?order=1", permission: '{"coins":[]}' };

/** A tab that has made an offer, for which the session S is open. `recorded` is what the background makes of an outcome. */
async function offered({ respond, recorded = { state: "paid", code: null, attended: true }, elsewhere = null, event = ["taler-contract", "{}"], session = "S" } = {}) {
  const answers = {
    offer: () => ({ session }), execute: () => ({ session }), outcome: () => recorded, elsewhere: () => elsewhere, left: () => null,
  };
  const tab = new FakeTab({ respond, answer: ({ taler }) => answers[taler]() });
  await settle();
  tab.dispatch(...event);
  await settle();
  return tab;
}

const EXECUTE = ["taler-execute-payment", { H_contract: "C", pay_url: "/pay" }];
const results = (tab) => tab.heard.filter(({ name }) => name === "taler-payment-result").map(({ detail }) => detail);
const CANCELLED = { success: false, status: 0, reason: "cancelled", responseText: "" };

test("the text goes to pay_url with the page's cookies; its outcome is recorded, then the tab goes to the end of the redirects", async () => {
  const tab = await offered({ respond: () => ({ redirected: true, url: `${ORIGIN}/essay?sig=1`, body: "<h1>" }) });
  const answer = await tab.say(PAY);
  assert.deepEqual({ ...answer }, { status: 200, url: `${ORIGIN}/essay?sig=1`, body: "", state: "paid", code: null, handled: true });
  const [{ url, method, body, credentials, mode, redirect, headers }] = tab.requests;
  assert.deepEqual([url, method, body, credentials, mode, redirect], [`${ORIGIN}/pay?order=1`, "POST", PAY.permission, "same-origin", "same-origin", "follow"]);
  assert.deepEqual({ ...headers }, { "Content-Type": "application/json", Accept: "text/html,application/json" });
  assert.deepEqual(tab.told.at(-1), { taler: "outcome", session: "S", purchase: "C", attempt: 2, status: 200, url: `${ORIGIN}/essay?sig=1`, body: "" });
  assert.deepEqual([tab.went, results(tab)], [[`${ORIGIN}/essay?sig=1`], []]);
});

test("what the page behind a redirect answers is no refusal: the shop may have the money", async () => {
  const respond = () => ({ status: 404, redirected: true, url: `${ORIGIN}/essay`, body: '{"code":2005}' });
  const tab = await offered({ respond, recorded: { state: "pending", code: null, attended: true } });
  const { status, url, body } = await tab.say(PAY);
  assert.deepEqual([status, url, body.includes("2005")], [0, null, false]);
});

test("nothing is posted to another origin, whatever the wallet is told", async () => {
  const tab = await offered({ recorded: { state: "pending", attended: true } });
  for (const payURL of ["http://evil.example/", "https://shop.example/pay", "http://shop.example:81/", "//evil.example/", "javascript:alert(1)", "data:,x", "blob:http://shop.example/1", "http://"]) {
    assert.equal((await tab.say({ ...PAY, payURL })).status, 0);
  }
  assert.deepEqual(tab.requests, []);
});

test("a page of another origin than the wallet means posts nothing", async () => {
  const tab = await offered();
  assert.equal(await tab.say({ ...PAY, origin: "http://evil.example" }), null);
  assert.deepEqual(tab.requests, []);
});

test("nobody but the extension is heard", async () => {
  const tab = await offered();
  assert.equal(await tab.say(PAY, { id: "another extension" }), undefined);
  assert.equal(await tab.say(PAY, {}), undefined);
  assert.deepEqual(tab.requests, []);
});

test("a redirect to another site of the shop is where the tab goes, when the browser saw that it carried nothing there", async () => {
  const respond = () => new TypeError("Failed to fetch");
  const seen = await offered({ respond, elsewhere: "https://media.example/essay" });
  assert.deepEqual({ ...(await seen.say(PAY)) }, { status: 200, url: "https://media.example/essay", body: "", state: "paid", code: null, handled: true });
  assert.deepEqual(seen.told.find(({ taler }) => taler === "elsewhere"), { taler: "elsewhere", address: `${ORIGIN}/pay?order=1` });
  assert.deepEqual(seen.went, ["https://media.example/essay"]);
  const unseen = await offered({ respond, recorded: { state: "pending", attended: true } });
  assert.deepEqual([(await unseen.say(PAY)).status, unseen.went], [0, []]);
});

test("without a redirect the answer may name where to go, on the shop's own origin", async () => {
  for (const [body, url] of [['{"fulfillment_url":"/essay"}', `${ORIGIN}/essay`], ['{"fulfillment_url":"http://evil.example/"}', null], ['{"fulfillment_url":"javascript:alert(1)"}', null], ["paid", null]]) {
    const tab = await offered({ respond: () => ({ body }) });
    assert.equal((await tab.say(PAY)).url, url);
    assert.deepEqual([tab.went, results(tab)], url === null ? [[], [{ success: true, status: 200 }]] : [[url], []]);
  }
});

test("a payment that the page asked for is answered with an event, and the tab stays", async () => {
  const tab = await offered({ event: EXECUTE, respond: () => ({ redirected: true, url: `${ORIGIN}/essay` }) });
  assert.deepEqual(tab.told[0], { taler: "execute", contract: "C", payURL: "/pay", touched: false });
  await tab.say(PAY);
  assert.deepEqual([tab.went, results(tab)], [[], [{ success: true, status: 200, fulfillmentUrl: `${ORIGIN}/essay` }]]);
});

test("the tab goes to no script: only http(s) is gone to", async () => {
  for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", 5, null]) {
    const tab = await offered();
    await tab.say({ taler: "recorded", session: "S", paid: true, status: 200, url, body: "" });
    assert.deepEqual([tab.went, results(tab)], [[], [{ success: true, status: 200 }]]);
  }
});

test("what the shop refused is told once, by the window when there is one", async () => {
  const respond = () => ({ status: 409, body: '{"code":1012}' });
  const tab = await offered({ respond, recorded: { state: "refused", code: 1012, attended: true } });
  await tab.say(PAY);
  assert.deepEqual(results(tab), []);
  await tab.say({ taler: "recorded", session: "S", paid: false, status: 409, url: null, body: '{"code":1012}' });
  await tab.say({ taler: "closed", session: "S" });
  assert.deepEqual(results(tab), [{ success: false, status: 409, reason: "shop", responseText: '{"code":1012}' }]);
});

test("when the window was closed meanwhile, the page hears the outcome all the same", async () => {
  let finish;
  const respond = () => new Promise((resolve) => { finish = () => resolve({ status: 502, body: "" }); });
  const tab = await offered({ respond, recorded: { state: "pending", code: null, attended: false } });
  const posted = tab.say(PAY);
  await settle();
  await tab.say({ taler: "closed", session: "S" });
  assert.deepEqual(results(tab), []);
  finish();
  await posted;
  assert.deepEqual(results(tab), [{ success: false, status: 502, reason: "shop", responseText: "" }]);
});

test("a purchase that is paid by what the exchange knows, and refused by the shop, is told as refused", async () => {
  const tab = await offered({ respond: () => ({ status: 403, body: '{"code":2157}' }), recorded: { state: "paid", code: 2157, attended: false } });
  await tab.say(PAY);
  assert.deepEqual([tab.went, results(tab).map(({ success, status }) => [success, status])], [[], [[false, 403]]]);
});

test("without an answer it is the network", async () => {
  const tab = await offered({ respond: () => new TypeError("Failed to fetch"), recorded: { state: "pending", code: null, attended: false } });
  await tab.say(PAY);
  assert.deepEqual(results(tab), [{ success: false, status: 0, reason: "network", responseText: "Failed to fetch" }]);
});

test("a second try after a failure is told as well", async () => {
  const answers = [{ status: 500, body: "" }, { redirected: true, url: `${ORIGIN}/essay` }];
  const tab = await offered({ event: EXECUTE, respond: () => answers.shift(), recorded: { state: "pending", code: null, attended: true } });
  await tab.say(PAY);
  await tab.say({ taler: "recorded", session: "S", paid: false, status: 500, url: null, body: "" });
  await tab.say(PAY);
  await tab.say({ taler: "recorded", session: "S", paid: true, status: 200, url: `${ORIGIN}/essay`, body: "" });
  assert.deepEqual(results(tab).map(({ success, reason }) => reason ?? success), ["shop", true]);
});

test("a window that is closed without a word has cancelled; one that said why has not", async () => {
  const silent = await offered();
  await silent.say({ taler: "closed", session: "S" });
  assert.deepEqual(results(silent), [CANCELLED]);
  const spoke = await offered();
  await spoke.say({ taler: "declined", session: "S", reason: "hash", message: "The contract was changed." });
  await spoke.say({ taler: "closed", session: "S" });
  assert.deepEqual(results(spoke), [{ success: false, status: 0, reason: "hash", responseText: "The contract was changed." }]);
});

test("words for another session than this page's are not for it", async () => {
  const tab = await offered();
  for (const taler of ["closed", "declined", "recorded"]) await tab.say({ taler, session: "T", paid: true, url: `${ORIGIN}/essay`, reason: "hash" });
  assert.deepEqual([results(tab), tab.went], [[], []]);
});

test("a payment from the wallet's list is posted, and leaves the page as it is", async () => {
  const tab = await offered({ respond: () => ({ redirected: true, url: `${ORIGIN}/essay` }) });
  const { state, handled } = await tab.say({ ...PAY, session: null });
  assert.deepEqual([state, handled, tab.went, results(tab)], ["paid", false, [], []]);
});

test("a wallet that cannot open a window says so in the page", async () => {
  const tab = new FakeTab({ answer: () => ({ session: null, reason: "busy", message: "no room" }) });
  await settle();
  tab.dispatch("taler-contract", "{}");
  await settle();
  assert.deepEqual(results(tab), [{ success: false, status: 0, reason: "busy", responseText: "no room" }]);
});

test("a page that was sent away twice opens no window again until the person does something", async () => {
  let count = 0;
  const tab = new FakeTab({ answer: ({ taler }) => (taler === "offer" ? { session: `S${count += 1}` } : null) });
  await settle();
  const offer = async () => {
    tab.dispatch("taler-contract", "{}");
    await settle();
    tab.runTimers();
    await settle();
  };
  await offer();
  await tab.say({ taler: "closed", session: "S1" });
  await offer();
  await tab.say({ taler: "declined", session: "S2", reason: "cancelled", message: "" });
  await tab.say({ taler: "closed", session: "S2" });
  await offer();
  assert.deepEqual([count, results(tab)], [2, [CANCELLED, CANCELLED, CANCELLED]]);
  // What a script makes is no click.
  tab.dispatch("click");
  await offer();
  assert.equal(count, 2);
  tab.click();
  await offer();
  assert.equal(count, 3);
});

test("an answer that never ends is read as far as it can matter; one that breaks off is none", async () => {
  let read = 0;
  const endless = await offered({ respond: () => ({ body: () => { read += 1; return "x".repeat(10_000); } }) });
  assert.deepEqual([(await endless.say(PAY)).status, read], [200, 7]);
  const broken = await offered({ respond: () => ({ body: () => { throw new TypeError("network error"); } }), recorded: { state: "pending", attended: false } });
  assert.deepEqual([(await broken.say(PAY)).status, results(broken)[0].reason], [0, "network"]);
  const refused = await offered({ respond: () => ({ status: 409, body: () => "x".repeat(10_000) }), recorded: { state: "pending", attended: false } });
  assert.equal((await refused.say(PAY)).body.length, 65_536);
});

test("an address with a name and a password is not the page's", async () => {
  const tab = await offered({ recorded: { state: "pending", attended: true } });
  assert.equal((await tab.say({ ...PAY, payURL: "//me:secret@shop.example/pay" })).status, 0);
  assert.deepEqual(tab.requests, []);
});

test("a page that is left takes its undecided offer along, and none that is being paid", async () => {
  const left = (tab) => tab.told.filter(({ taler }) => taler === "left");
  const undecided = await offered();
  undecided.leave();
  undecided.leave();
  assert.deepEqual(left(undecided), [{ taler: "left", session: "S" }]);
  const paying = await offered({ respond: () => new Promise(() => {}) });
  paying.say(PAY);
  paying.leave();
  assert.deepEqual(left(paying), []);
});
