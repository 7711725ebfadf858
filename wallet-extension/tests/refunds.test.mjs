// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Money that a shop gave back: credited once, and only what the exchange has signed for this purchase. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { readOffer } from "../core/contract.js";
import { publicKeyOf } from "../core/ed25519.js";
import { refundConfirmationMessage } from "../core/exchange-messages.js";
import { signMessage } from "../core/signed-message.js";
import { RefundError, Refunds } from "../engine/refunds.js";
import { WalletStore } from "../engine/wallet-store.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { makeOffer, makeTerms, masterKey } from "./support/offers.mjs";

const MASTER = encodeBase32(masterKey);
const signer = new Uint8Array(32).fill(7);
const coinSeeds = [8, 9].map((byte) => new Uint8Array(32).fill(byte));
const coins = await Promise.all(coinSeeds.map(publicKeyOf));
const offerText = canonicalJSON(await makeOffer(await makeTerms()));
const offer = await readOffer(offerText);
const keys = {
  signingKeys: [{ key: await publicKeyOf(signer) }],
  denominations: [{ id: "DENOM", feeRefund: Amount.parse("KUDOS:0.01") }],
};

let store;
let refunds;
let purchase;

beforeEach(async () => {
  const database = new MemoryDatabase();
  store = new WalletStore(database, MASTER);
  refunds = new Refunds({ currency: "KUDOS" }, store, { keys: async () => keys });
  purchase = {
    id: offer.id, text: offerText, correlation: "essay-1", amount: "KUDOS:5.5", state: "paid",
    coins: coins.map((key, i) => ({ coinPub: encodeBase32(key), remaining: `KUDOS:${4 + i}`, contribution: i === 0 ? "KUDOS:4" : "KUDOS:1.6" })),
  };
  await database.write(["purchases", "coins"], async (stores) => {
    await stores.purchases.put(purchase);
    for (const [i, { coinPub }] of purchase.coins.entries()) {
      const state = i === 0 ? { remaining: "KUDOS:0", state: "spent" } : { remaining: "KUDOS:3.4", state: "free" };
      await stores.coins.put({ coinPub, masterPub: MASTER, denomHash: "DENOM", lockedFor: null, ...state });
    }
  });
});

/** A part of the shop's answer, rightly signed unless `changes` say otherwise. */
async function part(i, amount, transactionID, changes = {}) {
  const message = refundConfirmationMessage({
    contractHash: offer.hash, coinKey: coins[i], merchantKey: offer.merchantKey, transactionID, amount: Amount.parse(amount),
  });
  return {
    coin_pub: encodeBase32(coins[i]), exchange_url: "http://exchange.example/", refund_amount: amount, rtransaction_id: transactionID, status: "accepted",
    origin: "shop", exchange_pub: encodeBase32(keys.signingKeys[0].key), exchange_sig: encodeBase32(await signMessage(message, signer)), ...changes,
  };
}

function answer(parts, refundAmount, changes = {}) {
  return JSON.stringify({ h_contract: offer.id, refund_amount: refundAmount, given_amount: refundAmount, failed_amount: "KUDOS:0", refunds: parts, ...changes });
}

const remaining = async (i) => (await store.coin(purchase.coins[i].coinPub)).remaining;

test("a part that came back makes its coin spendable again, less the refund fee, and once", async () => {
  const text = answer([await part(0, "KUDOS:1", 1)], "KUDOS:1");
  const { credited, isWhole } = await refunds.collect(purchase, text);
  assert.deepEqual([credited.toString(), isWhole], ["KUDOS:0.99", false]);
  const coin = await store.coin(purchase.coins[0].coinPub);
  assert.deepEqual([coin.remaining, coin.state], ["KUDOS:0.99", "free"]);
  assert.equal((await refunds.collect(purchase, text)).credited.toString(), "KUDOS:0");
  assert.equal(await remaining(0), "KUDOS:0.99");
  assert.equal((await store.purchase(offer.id)).correlation, "essay-1");
});

test("a second part comes on top of the first", async () => {
  const first = await part(0, "KUDOS:1", 1);
  await refunds.collect(purchase, answer([first], "KUDOS:1"));
  const { credited } = await refunds.collect(purchase, answer([first, await part(1, "KUDOS:1.5", 2)], "KUDOS:2.5"));
  assert.equal(credited.toString(), "KUDOS:1.49");
  assert.deepEqual([await remaining(0), await remaining(1)], ["KUDOS:0.99", "KUDOS:4.89"]);
});

test("after the whole price came back the same thing can be bought anew", async () => {
  const { isWhole } = await refunds.collect(purchase, answer([await part(0, "KUDOS:4", 1), await part(1, "KUDOS:1.6", 1)], "KUDOS:5.5"));
  assert.equal(isWhole, true);
  assert.equal((await store.purchase(offer.id)).correlation, null);
});

test("parts that the exchange has not accepted are not credited", async () => {
  const { credited } = await refunds.collect(purchase, answer([await part(0, "KUDOS:1", 1, { status: "open" })], "KUDOS:1"));
  assert.equal(credited.isZero, true);
});

const stranger = encodeBase32(await publicKeyOf(new Uint8Array(32).fill(30)));
const lies = {
  "another amount": () => part(0, "KUDOS:1", 1, { refund_amount: "KUDOS:2" }),
  "another refund's number": () => part(0, "KUDOS:1", 1, { rtransaction_id: 2 }),
  "another coin": () => part(0, "KUDOS:1", 1, { coin_pub: encodeBase32(coins[1]) }),
  "a coin that paid nothing": () => part(0, "KUDOS:1", 1, { coin_pub: stranger }),
  "a key that is not the exchange's": () => part(0, "KUDOS:1", 1, { exchange_pub: stranger }),
  "no signature": () => part(0, "KUDOS:1", 1, { exchange_sig: undefined }),
  "more than the coin has paid": () => part(0, "KUDOS:4.5", 1),
  "less than the fee": () => part(0, "KUDOS:0.001", 1),
};

for (const [name, make] of Object.entries(lies)) {
  test(`${name} is not believed, and nothing beside it`, async () => {
    const text = answer([await part(1, "KUDOS:1", 5), await make()], "KUDOS:2");
    await assert.rejects(refunds.collect(purchase, text), RefundError);
    assert.deepEqual([await remaining(0), await remaining(1)], ["KUDOS:0", "KUDOS:3.4"]);
  });
}

test("an answer about another purchase, or none, is refused", async () => {
  const other = encodeBase32(new Uint8Array(64).fill(1));
  for (const text of [answer([], "KUDOS:1", { h_contract: other }), answer(null, "KUDOS:1"), "<html>", "[]", '{"h_contract":1}']) {
    await assert.rejects(refunds.collect(purchase, text), RefundError);
  }
});
