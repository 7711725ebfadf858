// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a page hears of a contract that is another site's: the same whether or not this wallet has bought it there. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { canonicalJSON } from "../core/canonical-json.js";
import { balancesOf } from "../engine/balances.js";
import { Changes } from "../engine/changes.js";
import { Payments } from "../engine/payments.js";
import { Store } from "../engine/store/store.js";
import { page } from "../window/page.js";
import { PurchaseFlow } from "../window/purchase-flow.js";
import { installPage } from "./support/fake-page.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { CoinExchange, exchangesOf, makeCoin, putCoins } from "./support/money.mjs";
import { makeOffer, makeTerms } from "./support/offers.mjs";
import { english } from "./support/words.mjs";

const SHOP = { origin: "http://shop.example", page: "http://shop.example/order/1" };
const NOSY = { origin: "http://nosy.example", page: "http://nosy.example/" };

/** What the nosy page hears when the wallet has bought the contract at its shop, or not; and what the window shows before the person closes it. */
async function heard(isBought, request, changes = {}) {
  const screen = installPage();
  const database = new MemoryDatabase();
  const store = new Store(database);
  const payments = new Payments(store, ...exchangesOf(new CoinExchange()));
  await putCoins(database, [await makeCoin(10, "KUDOS:4"), await makeCoin(11, "KUDOS:2")]);
  const offer = await makeOffer(await makeTerms({ expiry: "/Date(4000000000)/", ...changes }));
  if (isBought) {
    const seen = await payments.look(canonicalJSON(offer), SHOP);
    await payments.commit(seen.offer, seen.choice, seen.context);
  }
  const said = [];
  const channel = {
    origin: NOSY.origin, request: async () => ({ page: NOSY.page, ...request(offer) }),
    post: () => assert.fail("something was sent"), send: (taler, content) => said.push({ taler, ...content }),
  };
  const balances = async () => balancesOf(await database.together(["exchanges", "coins", "reserves"]));
  const wallet = { store, payments, balances, changes: new Changes() };
  const real = Date.now;
  if (changes.expiry !== undefined) Date.now = () => real() + 1e12;
  try {
    await new PurchaseFlow({ wallet, channel, words: english, page, close: () => window.close() }).run();
  } finally {
    Date.now = real;
  }
  const atOnce = [...said];
  await (screen.view.find("cancel") ?? assert.fail("there is no way out")).click();
  return { atOnce, inTheEnd: said, shown: screen.error.textContent };
}

const copied = (changes) => (offer) => ({ taler: "offer", text: canonicalJSON({ ...offer, pay_url: "/pay", ...changes }) });
const executed = (payURL) => ({ H_contract: contract }) => ({ taler: "execute", contract, payURL });
const CANCELLED = [{ taler: "declined", reason: "cancelled", message: "" }];

test("a copy of a contract that was bought elsewhere is a person's “no” to the page; the person reads why", async () => {
  const [not, bought] = [await heard(false, copied()), await heard(true, copied())];
  assert.deepEqual([not.atOnce, bought.atOnce], [[], []]);
  assert.deepEqual([not.inTheEnd, bought.inTheEnd], [CANCELLED, CANCELLED]);
  assert.match(bought.shown, /bought at another site/);
});

for (const [what, request] of Object.entries({
  "with an own address": executed("/pay"), "with the shop's address": executed("http://shop.example/taler/pay?order=1"),
  "with another site's address": copied({ pay_url: "http://shop.example/taler/pay?order=1" }),
  "with a broken signature": (offer) => copied({ sig: offer.H_contract.slice(0, 103) })(offer),
})) {
  test(`a page that asks ${what} hears the same of a purchase and of none`, async () => {
    const [not, bought] = [await heard(false, request), await heard(true, request)];
    assert.deepEqual(bought.atOnce, not.atOnce);
    assert.equal(not.atOnce.length, 1);
  });
}

test("an offer that is over is over, whether or not it was bought elsewhere", async () => {
  const expired = { expiry: "/Date(1900000000)/" };
  const [not, bought] = [await heard(false, copied(), expired), await heard(true, copied(), expired)];
  assert.deepEqual([bought.atOnce, bought.atOnce[0].reason], [not.atOnce, "expired"]);
});
