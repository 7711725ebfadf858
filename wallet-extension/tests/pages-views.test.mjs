// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { historyOf } from "../engine/balances.js";
import { isOnItsWay } from "../engine/withdrawals.js";
import { installBrowser } from "./support/fake-browser.mjs";
import { installDocument } from "./support/fake-document.mjs";
import { english as words, wordsIn } from "./support/words.mjs";
import { BANK, kudos, makeWorld, pageReserve, withdraw } from "./support/world.mjs";

const browser = installBrowser();
installDocument();
const { arrivingView } = await import("../extension/pages/arriving-view.js");
const { balanceView } = await import("../extension/pages/balance-view.js");
const { isBackupDue, lastBackup, lastKept, rememberBackup, rememberRestored } = await import("../extension/pages/backup-date.js");
const { coinGroups, coinView } = await import("../extension/pages/coin-view.js");
const { exchangeCard } = await import("../extension/pages/exchange-card.js");
const { feeRange, feeText } = await import("../extension/pages/fee-range.js");
const { LivePart } = await import("../extension/pages/live-part.js");
const { movementView } = await import("../extension/pages/movement-view.js");
const { addressOf, keyGroups, siteName } = await import("../extension/pages/names.js");
const { strengthOf } = await import("../extension/pages/passphrase-strength.js");
const { readWallet } = await import("../extension/pages/popup-data.js");
const { purchaseView, unfinishedView } = await import("../extension/pages/purchase-view.js");

const SPACES = /\u00a0/g;
const zero = Amount.zero("KUDOS");

/** The nodes of a view, in a page. */
function shown(view) {
  const page = installDocument();
  page.body.append(...[view].flat());
  return { ...page, text: () => page.body.textContent.replace(SPACES, " "), all: (name) => page.body.querySelectorAll(name) };
}

test("the balance names what can be spent, and each part that cannot be yet", () => {
  const page = shown(balanceView(words, [
    { exchange: "http://one.example/", free: kudos("12.5"), locked: kudos("1"), change: zero, arriving: kudos("3") },
    { exchange: "https://two.example/taler/", free: Amount.parse("EUR:7"), locked: Amount.zero("EUR"), change: Amount.parse("EUR:0.5"), arriving: Amount.zero("EUR") },
  ]));
  assert.equal(page.find("balance").getAttribute("data-amount"), "KUDOS:12.5");
  const [first, second] = page.all("li").map((line) => line.textContent.replace(SPACES, " "));
  assert.equal(first, "12.50 KUDOSat one.example1.00 KUDOS in payments under way3.00 KUDOS on its way");
  assert.equal(second, "7.00 EURat two.example/taler0.50 EUR being changed into new coins");
});

test("a wallet without money says where money comes from", () => {
  const page = shown(balanceView(words, []));
  assert.match(page.text(), /No money yet.*bank/);
});

test("movements have their kind, title, fees and sign; a purchase's title is text whatever is in it", () => {
  const entry = (kind, sign, title = "") => ({ time: 1_700_000_000, kind, sign, amount: kudos("1.5"), fee: kudos("0.02"), title });
  const page = shown(movementView(words, [entry("payment", -1, "<b>A lamp</b>\u202e"), entry("withdrawal", 1)]));
  const [payment, withdrawal] = page.all("li").map((line) => line.textContent.replace(SPACES, " "));
  assert.match(payment, /^Payment: <b>A lamp<\/b>.*fees 0\.02 KUDOS\u22121\.50 KUDOS$/);
  assert.match(withdrawal, /^Withdrawal.*\+1\.50 KUDOS$/);
});

test("changing coins is the exchange's fee; coins that their own key spent elsewhere are not called lost", () => {
  const entry = (kind, amount, more = {}) => ({ time: 0, kind, sign: -1, amount: kudos(amount), fee: zero, title: "", ...more });
  const page = shown(movementView(words, [
    entry("refresh", "0.02", { fee: kudos("0.02") }), entry("loss", "0.08", { isProven: true }), entry("loss", "0.08"),
  ]));
  const lines = page.all("li").map((line) => line.textContent.replace(SPACES, " "));
  assert.match(lines[0], /^Coins changed.*exchange’s fee for change\u22120\.02 KUDOS$/);
  assert.match(lines[1], /^Spent by another copy of this wallet\u22120\.08 KUDOS$/);
  assert.match(lines[2], /^Lost coins/);
});

test("of a payment's fees the movements show what the buyer bore", () => {
  const ledger = (amount, reference) => ({ number: 1, time: 0, kind: "payment", sign: -1, amount, fee: "KUDOS:0.05", masterPub: "M", reference, title: "" });
  const own = (entry) => historyOf({ ledger: [entry], purchases: [{ id: "P", amount: "KUDOS:0.5" }], reserves: [] })[0].ownFee.toString();
  assert.equal(own(ledger("KUDOS:0.5", "P")), "KUDOS:0");
  assert.equal(own(ledger("KUDOS:0.53", "P")), "KUDOS:0.03");
  assert.equal(own(ledger("KUDOS:0.2", "P")), "KUDOS:0");
  assert.equal(own({ ...ledger("KUDOS:3", "R"), kind: "withdrawal", sign: 1 }), "KUDOS:0.05");
});

const purchase = (changes) => ({
  id: "P", origin: "http://shop.example", url: "http://shop.example/lamp", execURL: "http://shop.example/execute", merchant: "The shop", title: "A lamp",
  total: "KUDOS:2", state: "paid", refunds: [], created: 1_700_000_000, ...changes,
});

test("what was bought is opened again at its own shop only", () => {
  const link = (changes) => shown(purchaseView(words, [purchase(changes)])).all("a").map((one) => one.getAttribute("href"));
  assert.deepEqual(link({}), ["http://shop.example/lamp"]);
  assert.deepEqual(link({ url: null }), ["http://shop.example/execute"]);
  for (const url of ["http://elsewhere.example/lamp", "javascript:alert(1)", "http://shop.example.evil.example/", "not an address"]) assert.deepEqual(link({ url }), [], url);
  for (const state of ["pending", "refused", "givenUp"]) assert.deepEqual(link({ state }), [], state);
});

test("what came back of a purchase is told", () => {
  const refunds = [{ credited: "KUDOS:0.5" }, { credited: "KUDOS:0.25" }];
  assert.match(shown(purchaseView(words, [purchase({ refunds })])).text(), /0\.75 KUDOS came back/);
});

test("a payment that is not finished has a button that waits for its end", async () => {
  let end;
  const asked = [];
  const page = shown(unfinishedView(words, [purchase({ state: "pending" })], (id) => {
    asked.push(id);
    return new Promise((resolve) => { end = resolve; });
  }));
  const button = page.find("finish-P");
  const run = button.click();
  button.click();
  assert.deepEqual([asked, button.disabled], [["P"], true]);
  end();
  await run;
  assert.equal(button.disabled, false);
  assert.equal(unfinishedView(words, [], () => {}), null);
});

test("what came of finishing stands in the payment's row; when it is finished, where the row was", () => {
  const silent = { id: "P", text: "no answer", isBusy: false };
  const row = shown(unfinishedView(words, [purchase({ state: "pending" })], () => {}, silent)).all("li")[0];
  assert.match(row.textContent, /no answer/);
  const page = shown(unfinishedView(words, [], () => {}, { ...silent, text: "Paid." }));
  assert.deepEqual([page.find("finish-answer").textContent, page.all("li").length], ["Paid.", 0]);
  assert.equal(shown(unfinishedView(words, [purchase({ state: "pending" })], () => {}, { ...silent, isBusy: true })).find("finish-P").disabled, true);
});

test("money on its way names its bank, what it waits for, and why it failed", () => {
  const reserve = { reservePub: "R", amount: "KUDOS:5", state: "handed", problem: null, from: "http://bank.example", address: "http://bank.example/captcha" };
  const again = [];
  const failed = { ...reserve, reservePub: "F", state: "failed", problem: { reason: "no such word", message: "the bank burnt down" }, address: null };
  const page = shown(arrivingView(words, [reserve, failed], (reservePub) => again.push(reservePub)));
  const lines = page.all("li").map((line) => line.textContent);
  assert.match(lines[0], /bank\.example.*waits for your confirmation.*Go on at the bank/);
  assert.match(lines[1], /the bank burnt down.*Look again/);
  const [, button, ...more] = page.all("button");
  assert.equal(more.length, 0);
  button.click();
  assert.deepEqual(again, ["F"]);
  assert.equal(page.all("a").length, 1);
});

test("coins are counted by value, rest and state, largest first, without spent ones", () => {
  const coin = (value, remaining, state, exposed = null) => ({ exchange: "http://one.example/", masterPub: "M", value, remaining, state, exposed });
  const groups = coinGroups([
    coin("KUDOS:1", "KUDOS:1", "free"), coin("KUDOS:10", "KUDOS:10", "locked"), coin("KUDOS:1", "KUDOS:1", "free"), coin("KUDOS:2", "KUDOS:0", "spent"),
    coin("KUDOS:1", "KUDOS:0.5", "free", "split"),
  ]);
  assert.deepEqual(groups.map(({ value, remaining, state, number }) => [value, remaining, state, number]), [
    ["KUDOS:10", "KUDOS:10", "locked", 1], ["KUDOS:1", "KUDOS:1", "free", 2], ["KUDOS:1", "KUDOS:0.5", "exposed", 1]]);
  const page = shown(coinView(words, groups));
  assert.equal(page.all("summary")[0].textContent, "4 coins");
  assert.match(page.text(), /0\.50 KUDOS left1free, to be changed/);
  assert.equal(coinView(words, []), null);
});

test("a backup is due when coins came after it, and not for change or payments", async () => {
  const entry = (kind, time) => ({ kind, time });
  assert.equal(isBackupDue(null, [], false), false);
  assert.equal(isBackupDue(null, [], true), true);
  assert.equal(isBackupDue(100, [entry("payment", 200), entry("refresh", 200), entry("withdrawal", 50)], true), false);
  assert.equal(isBackupDue(100, [entry("withdrawal", 200)], true), true);
  browser.reset();
  assert.equal(await lastBackup(), null);
  await rememberBackup(1_700_000_000);
  assert.equal(await lastBackup(), 1_700_000_000);
});

test("a passphrase is as strong as it is hard to guess", () => {
  const grades = {
    "": "none", abc: "weak", "1234": "weak", password: "weak", "correct horse": "weak", aaaaaaaaaaaaaaaaaaaaaaaa: "weak", "lamp lamp lamp lamp lamp lamp": "weak",
    password1234: "weak", "P@ssw0rd1!": "weak", "Passwort123!": "weak", iloveyou2026: "weak", qwertyuiopasdfghjklzxcvbnm: "weak", "12345678901234567890": "weak",
    "lighthouse 1987": "weak", "correct horse battery": "fair", CorrectHorseBattery: "fair", correcthorsebatterystaple: "fair",
    "correct horse battery staple": "good", "seven lamps, one ladder": "good", "sieben grüne Lampen leuchten": "good", "x7$Kq!m2Zp9&": "good",
  };
  for (const [passphrase, grade] of Object.entries(grades)) assert.equal(strengthOf(passphrase), grade, passphrase);
});

test("addresses and keys are written to be read", () => {
  assert.deepEqual([siteName("https://a.example/"), siteName("http://a.example:8080/b/"), siteName("no address")], ["a.example", "a.example:8080/b", "no address"]);
  assert.equal(keyGroups("ABCDEFGHJ"), "ABCD EFGH J");
  assert.equal(addressOf("http://a.example", "http://a.example/x"), "http://a.example/x");
  for (const address of ["https://a.example/", "data:text/html,x", null, undefined, 7]) assert.equal(addressOf("http://a.example", address), null);
});

test("fees are told over the coins that can be had", async () => {
  const { wallet, exchange } = await makeWorld();
  const { denominations } = await wallet.exchanges.keys(exchange.url);
  assert.equal(feeText(words, feeRange(denominations, "feeDeposit")).replace(SPACES, " "), "0.01 KUDOS");
  assert.equal(feeText(wordsIn("de"), { least: kudos("0.01"), most: kudos("0.5") }).replace(SPACES, " "), "0,01 KUDOS bis 0,50 KUDOS");
  assert.equal(feeText(words, { least: zero, most: zero }), "none");
  assert.equal(feeRange(denominations, "feeDeposit", 4_000_000_000), null);
});

test("an exchange is removed only when nothing of it is in the wallet", async () => {
  const { wallet, exchange } = await makeWorld();
  const [record] = await wallet.exchanges.list();
  const keys = await wallet.exchanges.keys(record);
  const card = (isInUse) => shown(exchangeCard(words, { record, keys, problem: null, held: [kudos("1")], isInUse }, () => {}));
  assert.equal(card(true).find("remove"), null);
  assert.ok(card(false).find("remove"));
  assert.match(card(true).text(), new RegExp(keyGroups(exchange.masterPub)));
});

test("the popup reads a wallet without its secrets", async () => {
  browser.reset();
  const world = await makeWorld();
  await withdraw(world, "5");
  const data = await readWallet(world.wallet, { limit: 5, time: 0 });
  assert.deepEqual([data.balances.length, data.history.map(({ kind }) => kind), data.holdsCoins, data.last], [1, ["withdrawal"], true, null]);
  const text = JSON.stringify(data, (key, value) => (typeof value === "bigint" ? `${value}` : value));
  assert.doesNotMatch(text, /seed|planchets|permission/);
});

test("a part of the page is made anew only when it has changed, and keeps the focus", () => {
  const page = installDocument();
  const host = page.find("view");
  const part = new LivePart(host);
  let made = 0;
  const view = () => {
    made += 1;
    const button = document.createElement("button");
    button.setAttribute("id", "press");
    return button;
  };
  part.show({ amount: 1n }, view);
  page.find("press").focus();
  part.show({ amount: 1n }, view);
  assert.equal(made, 1);
  const before = page.find("press");
  part.show({ amount: 2n }, view);
  assert.notEqual(page.find("press"), before);
  assert.equal(document.activeElement, page.find("press"));
  part.show({ amount: 3n }, () => null);
  assert.equal(host.hidden, true);
});

test("a withdrawal that waits at the bank can be forgotten, and its money becomes coins all the same", async () => {
  const world = await makeWorld();
  const { wallet } = world;
  const { reservePub } = await pageReserve(world, "5");
  await wallet.withdrawals.handed(reservePub);
  const arriving = async () => (await readWallet(wallet, { limit: 5, time: 0, isFull: true })).arriving;
  const forgotten = [];
  const page = shown(arrivingView(words, await arriving(), () => {}, (id) => forgotten.push(id)));
  assert.match(page.text(), /^Waits for you at the bank/);
  const [button] = page.all("button");
  assert.match(button.textContent, /Forget it/);
  button.click();
  assert.deepEqual(forgotten, [reservePub]);
  await wallet.withdrawals.dismiss(reservePub);
  const [reserve] = await wallet.store.reserves.open();
  assert.deepEqual([await arriving(), isOnItsWay(reserve), isOnItsWay({ ...reserve, dismissed: false })], [[], false, true]);
  world.exchange.wire(reservePub, "KUDOS:5");
  await wallet.work.run();
  assert.equal((await wallet.store.reserves.get(reservePub)).state, "done");
  assert.ok((await wallet.store.coins.free()).length > 0);
});

test("what is on its way to become coins cannot be forgotten", async () => {
  const world = await makeWorld();
  const { reservePub } = await pageReserve(world, "5");
  await world.wallet.withdrawals.confirm(reservePub, BANK);
  await world.wallet.withdrawals.dismiss(reservePub);
  const [reserve] = await world.wallet.store.reserves.open();
  assert.deepEqual([reserve.dismissed, isOnItsWay(reserve)], [undefined, true]);
});

test("what came from a file needs no new one, until new money comes", async () => {
  browser.reset();
  assert.equal(await lastKept(), null);
  await rememberRestored(100);
  assert.equal(await lastBackup(), null);
  const kept = await lastKept();
  const entry = (time) => ({ kind: "withdrawal", time });
  assert.deepEqual([isBackupDue(kept, [entry(100)], true), isBackupDue(kept, [entry(150)], true)], [false, true]);
  await rememberBackup(200);
  assert.equal(await lastKept(), 200);
});
