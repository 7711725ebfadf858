// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Wallet } from "../engine/wallet.js";
import { installBrowser } from "./support/fake-browser.mjs";
import { installDocument } from "./support/fake-document.mjs";
import { FakeExchange } from "./support/fake-exchange.mjs";
import { install } from "./support/fake-web.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { english as words } from "./support/words.mjs";
import { BANK, makeWorld } from "./support/world.mjs";

const browser = installBrowser();
const { readRequest } = await import("../extension/pages/withdraw-request.js");
const { WithdrawalFlow } = await import("../extension/pages/withdrawal-flow.js");
const { choicesOf } = await import("../extension/pages/exchange-choice.js");
const { lookAt } = await import("../extension/pages/exchange-look.js");
const { sessions } = await import("../extension/sessions.js");

const ID = "0".repeat(32);
const DETAIL = { amount: "KUDOS:5", callbackURL: `${BANK}/captcha?step=2`, wireTypes: ["test"], suggestedExchange: "http://exchange.example/" };
const session = (detail = {}) => ({ id: ID, kind: "withdraw", origin: BANK, page: `${BANK}/withdraw`, detail: { ...DETAIL, ...detail } });

/** A flow at its question, over a real engine: the exchange that is chosen at first has been looked at. */
async function ask(world, detail) {
  browser.reset();
  const page = installDocument();
  await sessions.put(session(detail));
  await new WithdrawalFlow(words, world.wallet, session(detail), readRequest(session(detail))).run();
  return page;
}

const choiceOf = (page, url) => [...page.body.all()].find((node) => node.value === url && node.attributes.type === "radio");

const problem = ({ find }) => find("exchange-problem").textContent;

test("a bank's word is taken as it is meant", () => {
  const { amount, callback, transfers, suggested, page } = readRequest(session());
  assert.deepEqual([`${amount}`, callback, [...transfers], suggested, page],
    ["KUDOS:5", DETAIL.callbackURL, ["x-taler-bank"], DETAIL.suggestedExchange, `${BANK}/withdraw`]);
  assert.equal(`${readRequest(session({ amount: { value: 1, fraction: 50_000_000, currency: "KUDOS" } })).amount}`, "KUDOS:1.5");
  assert.equal(readRequest(session({ suggestedExchange: "javascript:alert(1)" })).suggested, null);
  assert.equal(readRequest({ ...session(), page: "http://elsewhere.example/" }).page, null);
});

const refused = {
  "another site's callback": [{ callbackURL: "http://elsewhere.example/" }, "withdraw_bad_callback"],
  "a callback that runs": [{ callbackURL: "javascript:alert(1)" }, "withdraw_bad_callback"],
  "no callback": [{ callbackURL: undefined }, "withdraw_bad_callback"],
  "nothing to withdraw": [{ amount: "KUDOS:0" }, "withdraw_bad_zero"],
  "no amount": [{ amount: "much" }, "withdraw_bad_amount"],
  "an amount of nobody": [{ amount: "KUDOS:9999999999" }, "withdraw_bad_absurd"],
  "an amount beyond all amounts": [{ amount: "KUDOS:99999999999999999999" }, "withdraw_bad_absurd"],
  "a transfer that nobody knows": [{ wireTypes: ["pigeon"] }, "withdraw_bad_types"],
  "no transfers": [{ wireTypes: "test" }, "withdraw_bad_types"],
};

for (const [name, [detail, reason]] of Object.entries(refused)) {
  test(`a withdrawal with ${name} is refused in words`, () => {
    assert.throws(() => readRequest(session(detail)), { reason });
    assert.ok(words.has(reason));
  });
}

test("accepted exchanges of the currency are offered, the bank's suggestion first", () => {
  const accepted = [{ url: "http://a.example/", currency: "KUDOS" }, { url: "http://b.example/", currency: "KUDOS" }, { url: "http://c.example/", currency: "EUR" }];
  const names = (suggested) => choicesOf(accepted, suggested, "KUDOS").map(({ url, isKnown, isSuggested }) => [url, isKnown, isSuggested]);
  assert.deepEqual(names("http://b.example"), [["http://b.example/", true, true], ["http://a.example/", true, false]]);
  assert.deepEqual(names("http://new.example"), [["http://a.example/", true, false], ["http://b.example/", true, false], ["http://new.example/", false, true]]);
  assert.deepEqual(names(null).length, 2);
});

test("what is confirmed is stored, handed over and only then known to the bank; clicked twice it is one reserve", async () => {
  const world = await makeWorld();
  const page = await ask(world);
  const confirm = page.find("confirm");
  assert.equal(page.find("trust"), null);
  assert.equal(page.find("quote-coins").getAttribute("data-amount").startsWith("KUDOS:"), true);
  await Promise.all([confirm.click(), confirm.click()]);
  const [reserve, ...more] = await world.wallet.store.reserves.all();
  assert.deepEqual([more.length, reserve.state, reserve.source.origin], [0, "handed", BANK]);
  assert.deepEqual(page.gone, [world.wallet.withdrawals.callbackAddress(reserve)]);
  assert.equal((await sessions.get(ID)).reserve, reserve.reservePub);
});

test("two pages of one session make one reserve", async () => {
  const world = await makeWorld();
  const first = await ask(world);
  const one = first.find("confirm");
  const second = installDocument();
  await new WithdrawalFlow(words, world.wallet, session(), readRequest(session())).run();
  const two = second.find("confirm");
  await Promise.all([one.click(), two.click()]);
  assert.equal((await world.wallet.store.reserves.all()).length, 1);
});

test("a page that is loaded again after it was confirmed makes no second reserve", async () => {
  const world = await makeWorld();
  const page = await ask(world);
  await page.find("confirm").click();
  const again = installDocument();
  const stored = await sessions.get(ID);
  await new WithdrawalFlow(words, world.wallet, stored, readRequest(stored)).run();
  assert.equal(again.find("confirm"), null);
  again.find("continue").click();
  await again.left;
  assert.deepEqual(again.gone, page.gone);
  assert.equal((await world.wallet.store.reserves.all()).length, 1);
});

test("a new exchange is used only by who says that it is trusted", async () => {
  const world = await makeWorld();
  const other = await FakeExchange.make("http://other.example/", { seed: 9 });
  install(world.exchange, other);
  const page = await ask(world, { suggestedExchange: other.url });
  await choiceOf(page, other.url).dispatch("change");
  await page.find("look-suggested").click();
  assert.equal(page.find("master-key").textContent.replaceAll(" ", ""), other.masterPub);
  const confirm = page.find("confirm");
  await confirm.click();
  assert.equal(page.find("trust-problem").textContent, words.text("withdraw_first_missing"));
  assert.equal(document.activeElement, page.find("trust"));
  assert.deepEqual([page.gone, await world.wallet.store.reserves.all()], [[], []]);
  page.find("trust").checked = true;
  await confirm.click();
  assert.equal((await world.wallet.store.reserves.all())[0].exchange, other.url);
  assert.equal((await world.wallet.exchanges.list()).length, 2);
});

test("an exchange that only the bank's page has named is asked nothing before the person wants to look at it", async () => {
  const world = await makeWorld();
  const suggested = await FakeExchange.make("http://other.example/", { seed: 9 });
  const asked = [];
  const answer = (...request) => {
    asked.push(request[1]);
    return suggested.answer(...request);
  };
  for (const wallet of [Wallet.over(new MemoryDatabase()), world.wallet]) {
    install(world.exchange, { url: suggested.url, answer });
    asked.length = 0;
    const page = await ask({ wallet }, { suggestedExchange: suggested.url });
    const box = choiceOf(page, suggested.url);
    await box.dispatch("change");
    await page.find("look-suggested").listeners.click({ isTrusted: false });
    assert.deepEqual([asked, page.find("confirm"), page.find("suggestion").hidden], [[], null, false]);
    assert.match(page.find("exchange").textContent, /other\.example/);
    await page.find("look-suggested").click();
    assert.ok(asked.length > 0);
    assert.deepEqual([page.find("suggestion").hidden, document.activeElement], [true, page.find("quote-title")]);
    assert.ok(page.find("confirm"));
    // Chosen again, it is looked at anew only by a press.
    asked.length = 0;
    await box.dispatch("change");
    assert.deepEqual([asked, page.find("confirm"), page.find("suggestion").hidden], [[], null, false]);
  }
});

test("a press that no person made, or in a window that is not in front, confirms nothing", async () => {
  const world = await makeWorld();
  const page = await ask(world);
  const confirm = page.find("confirm");
  await confirm.listeners.click({ isTrusted: false });
  await confirm.listeners.click({ isTrusted: true, detail: 2 });
  page.front.hasFocus = false;
  await confirm.click();
  assert.deepEqual([page.gone, await world.wallet.store.reserves.all()], [[], []]);
  page.front.hasFocus = true;
  await confirm.click();
  assert.equal((await world.wallet.store.reserves.all()).length, 1);
});

test("what failed when it was confirmed is said, and can be confirmed again", async (context) => {
  const world = await makeWorld();
  const page = await ask(world);
  const create = context.mock.method(world.wallet.withdrawals, "create", () => { throw new Error("the disk is full"); });
  context.mock.method(console, "error", () => {});
  await page.find("confirm").click();
  assert.match(page.find("error").textContent, /the disk is full/);
  create.mock.restore();
  await page.find("confirm").click();
  assert.deepEqual([page.find("error").textContent, page.gone.length], ["", 1]);
});

test("an address whose master key has changed says so, and is a new exchange", async () => {
  const world = await makeWorld();
  install(await FakeExchange.make(world.exchange.url, { seed: 9 }));
  const page = await ask(world);
  assert.ok(page.find("key-changed"));
  assert.ok(page.find("trust"));
});

test("cancelling goes back to the bank's page and forgets the session", async () => {
  const world = await makeWorld();
  const page = await ask(world);
  page.find("cancel").click();
  await page.left;
  assert.deepEqual([page.gone, await sessions.get(ID), await world.wallet.store.reserves.all()], [[`${BANK}/withdraw`], null, []]);
});

test("an exchange that cannot be used is told in words beside the choice", async () => {
  const world = await makeWorld();
  install();
  assert.match(problem(await ask(world)), /exchange\.example does not answer/);
  install({ url: "http://exchange.example/", answer: async () => ({ status: 404, body: "no such page" }) });
  assert.match(problem(await ask(world)), /there is no exchange/);
  install({ url: "http://exchange.example/", answer: async () => ({ status: 200, body: { hello: "world" } }) });
  assert.match(problem(await ask(world)), /there is no exchange/);
  const keys = await world.exchange.keys.document();
  for (const [members, said] of [[{ list_issue_date: { t_s: 1 } }, /not signed as it must be/], [{ version: "9:0:0" }, /another version of the protocol/]]) {
    install({ url: world.exchange.url, answer: async () => ({ status: 200, body: { ...keys, ...members } }) });
    const page = await ask({ wallet: Wallet.over(new MemoryDatabase()) });
    await page.find("look-suggested").click();
    assert.match(problem(page), said);
    assert.equal(page.find("suggestion").hidden, false);
  }
});

test("amounts, currencies and transfers that an exchange does not have are told", async () => {
  const { wallet, exchange } = await makeWorld();
  const request = (detail) => readRequest(session(detail));
  const key = async (detail) => lookAt(wallet, exchange.url, request(detail)).then(() => null, (error) => error.key);
  assert.equal(await key({}), null);
  assert.equal(await key({ amount: "EUR:5" }), "exchanges_problem_currency");
  assert.equal(await key({ wireTypes: ["sepa"] }), "exchanges_problem_accounts");
  assert.equal(await key({ amount: "KUDOS:0.00000001" }), "exchanges_problem_nothing");
  assert.equal(await key({ amount: "KUDOS:900000000" }), "exchanges_problem_large");
  assert.equal(await lookAt(wallet, "ftp://x/").catch((error) => error.key), "exchanges_problem_address");
});
