// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An offer on the screen while the wallet's money changes, and what is told when there is too little. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { readOffer } from "../core/contract.js";
import { Changes } from "../engine/changes.js";
import { OfferView } from "../window/offer-view.js";
import { page } from "../window/page.js";
import { shortageOf } from "../window/shortage.js";
import { installPage } from "./support/fake-page.mjs";
import { masterKey, offerText } from "./support/offers.mjs";
import { english } from "./support/words.mjs";

const MASTER = encodeBase32(masterKey);
const OTHER = encodeBase32(new Uint8Array(32).fill(9));
const kudos = (text) => Amount.parse(`KUDOS:${text}`);

/** What a wallet holds of one exchange. */
const held = (free, { currency = "KUDOS", masterPub = MASTER, exchange = "http://exchange.example/", ...rest } = {}) => {
  const none = Amount.zero(currency);
  return { exchange, masterPub, currency, free: Amount.parse(`${currency}:${free}`), locked: none, change: none, arriving: none, ...rest };
};

const choice = (total, fees = "0.02") => ({
  exchange: "http://exchange.example/", masterPub: MASTER,
  plan: { total: kudos(total), fees: kudos(fees), feesByBuyer: kudos(total).subtract(kudos("5.5")), coins: [] },
});

let screen;
let offer;
let changes;
let balances;
let found;
let paid;
let bought;

beforeEach(async () => {
  screen = installPage();
  globalThis.setTimeout = (body) => { queueMicrotask(body); return 0; };
  offer = await readOffer(await offerText());
  changes = new Changes();
  [balances, found, paid, bought] = [[held("0")], { kind: "offer", offer, choice: null }, [], []];
});

/** The offer on the screen; half seconds pass by themselves. */
async function show() {
  const view = new OfferView({
    wallet: { balances: async () => balances, changes }, words: english, page, channel: { origin: "http://shop.example", hints: () => ["HINT"] },
    look: async () => found, pay: (seen) => paid.push(seen), cancel() {}, bought: (replay) => bought.push(replay),
  });
  await view.show(found);
  return view;
}

/** The wallet now holds this, and the offer's choice is that. */
async function becomes(newBalances, newChoice) {
  [balances, found] = [newBalances, { ...found, choice: newChoice }];
  changes.announce(["coins"]);
  await new Promise(setImmediate);
}

const text = () => screen.view.textContent;

test("an offer becomes payable by itself when money arrives", async () => {
  const view = await show();
  assert.match(text(), /holds too little.*can take 0\.00.KUDOS of your money; at least 5\.50.KUDOS is missing.*takes coins from http:\/\/exchange\.example\/.*HINT/s);
  assert.equal(screen.view.find("pay"), null);
  assert.equal(view.isWaiting, true);
  await becomes([held("20")], choice("5.5"));
  assert.equal(view.isWaiting, false);
  assert.match(screen.status.textContent, /enough money now/);
  assert.equal(screen.view.find("left").textContent, "14.50\u00a0KUDOS");
  screen.view.find("pay").click();
  assert.deepEqual(paid, [found]);
});

test("the button that is on the screen stays when nothing that it stands for has changed, and agrees to what is true then", async () => {
  [balances, found] = [[held("20")], { ...found, choice: choice("5.5") }];
  await show();
  const button = screen.view.find("pay");
  await becomes([held("20")], { ...choice("5.5"), exchangeURLInContract: "later" });
  assert.equal(screen.view.find("pay"), button);
  button.click();
  assert.equal(paid[0].choice.exchangeURLInContract, "later");
});

test("another total is another button", async () => {
  [balances, found] = [[held("20")], { ...found, choice: choice("5.5") }];
  await show();
  const button = screen.view.find("pay");
  await becomes([held("20")], choice("5.6", "0.2"));
  assert.notEqual(screen.view.find("pay"), button);
  assert.match(screen.view.find("pay").textContent, /5\.60/);
});

test("coins that are away to be changed take no offer from the screen; coins that are gone do", async () => {
  [balances, found] = [[held("20")], { ...found, choice: choice("5.5") }];
  await show();
  await becomes([held("0", { change: kudos("20") })], null);
  assert.notEqual(screen.view.find("pay"), null);
  await becomes([held("0")], null);
  assert.equal(screen.view.find("pay"), null);
});

test("what changing the rest of a coin costs has its own line, and is not left afterwards; without such a rest there is no line", async () => {
  [balances, found] = [[held("20")], { ...found, choice: { ...choice("5.5"), change: kudos("0.01") } }];
  await show();
  const amounts = () => ["fees", "total", "change-cost", "left"].map((id) => screen.view.find(id)?.attributes["data-amount"] ?? null);
  assert.deepEqual(amounts(), ["KUDOS:0", "KUDOS:5.5", "KUDOS:0.01", "KUDOS:14.49"]);
  await becomes([held("20")], { ...choice("5.5"), change: kudos("0") });
  assert.deepEqual(amounts(), ["KUDOS:0", "KUDOS:5.5", null, "KUDOS:14.5"]);
});

test("what another window has paid is an offer no more; while it is being paid it stays", async () => {
  [balances, found] = [[held("20")], { ...found, choice: choice("5.5") }];
  await show();
  const change = async (state) => {
    found = { kind: "replay", purchase: { id: "P", state }, payURL: "http://shop.example/pay", instead: null };
    changes.announce(["purchases"]);
    await new Promise(setImmediate);
  };
  await change("pending");
  assert.deepEqual([bought, screen.view.find("pay") === null], [[], false]);
  await change("paid");
  assert.deepEqual(bought, [found]);
  await change("paid");
  assert.equal(bought.length, 1);
});

test("what has ended hears nothing any more", async () => {
  const view = await show();
  view.end();
  await becomes([held("20")], choice("5.5"));
  assert.equal(screen.view.find("pay"), null);
});

test("of another exchange or currency the wallet is told that the shop does not take it", () => {
  const shortage = shortageOf(offer, [
    held("2"), held("30", { masterPub: OTHER, exchange: "http://other.example/" }), held("7", { currency: "EUR" }), held("0", { currency: "CHF" }),
    held("1", { currency: "EUR", masterPub: OTHER }),
  ]);
  assert.deepEqual([shortage.held, shortage.missing].map(String), ["KUDOS:2", "KUDOS:3.5"]);
  assert.deepEqual(shortage.otherExchanges.map(({ exchange, amount }) => [exchange, String(amount)]), [["http://other.example/", "KUDOS:30"]]);
  assert.deepEqual(shortage.otherCurrencies.map(String), ["EUR:8"]);
});

test("what is bound is told, and when only fees are in the way", async () => {
  balances = [held("5.5", { locked: kudos("1"), change: kudos("2"), arriving: kudos("3") }), held("4", { currency: "EUR", masterPub: OTHER })];
  await show();
  assert.match(text(), /You hold 5\.50.KUDOS, but your coins’ fees go beyond.*6\.00.KUDOS is in payments under way.*also hold 4\.00.EUR, but this shop asks for KUDOS/s);
});
