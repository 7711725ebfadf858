// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Refreshes, from the plan to coins that can be spent, and the same coins found again by links and the history. */

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Amount } from "../core/amount.js";
import { decodeBase32, encodeBase32 } from "../core/base32.js";
import { coinHistoryHeaders, readCoinHistory, untouchedCoin } from "../core/coin-history.js";
import { coinKeyHash } from "../core/derived-hashes.js";
import { AnswerError, hiddenCandidate } from "../core/exchange-answers.js";
import { meltConfirmationMessage } from "../core/exchange-messages.js";
import { coinsFromLink } from "../core/link.js";
import { makeRefresh } from "../core/refresh.js";
import { verifyRsa } from "../core/rsa.js";
import { newTransferSecret, sharedPoint, x25519OfEd25519 } from "../core/x25519.js";
import { denominations, makeCoin, signBlinded, signedByExchange, signingKeys } from "./support/signing-exchange.mjs";

const K = (text) => Amount.parse(`KUDOS:${text}`);
const NOW = 1_000_000_000;
const KEYS = { signingKeys, time: NOW };
const fresh = [denominations[1], denominations[0], denominations[1]];

let coin;
let given;
let refresh;

before(async () => {
  coin = await makeCoin(new Uint8Array(32).fill(60), denominations[0]);
  given = {
    coin, transferSecrets: [61, 62, 63].map((byte) => new Uint8Array(32).fill(byte)), denominations: fresh, amount: K("8.06"), fee: K("0.03") };
  refresh = await makeRefresh(given);
});

/** The exchange's answer to a reveal. */
function signed(reveal) {
  return { ev_sigs: reveal.coin_evs.map((envelope, i) => signBlinded(fresh[i], decodeBase32(envelope.rsa_blinded_planchet))) };
}

/** What the exchange tells of the refresh afterwards. */
function linked(reveal) {
  const { ev_sigs } = signed(reveal);
  return [{
    transfer_pub: reveal.transfer_pub,
    new_coins: fresh.map((denomination, i) => ({
      denom_pub: { cipher: "RSA", age_mask: 0, rsa_pub: encodeBase32(denomination.rsaKey.encoded) }, ...ev_sigs[i], coin_idx: i,
      ewv: { cipher: "RSA" }, link_sig: reveal.link_sigs[i] })),
  }];
}

test("each candidate makes coins that their denominations have signed, and no other's", async () => {
  const seen = new Set();
  for (const hidden of [0, 1, 2]) {
    const reveal = await refresh.revealRequest(hidden);
    assert.equal(reveal.transfer_privs.length, 2);
    assert.ok(!reveal.transfer_privs.includes(encodeBase32(given.transferSecrets[hidden])));
    const coins = await refresh.freshCoins(signed(reveal), hidden);
    assert.deepEqual(coins.map(({ denomination }) => denomination.id), fresh.map(({ id }) => id));
    for (const made of coins) {
      assert.ok(await verifyRsa(made.denomination.rsaKey, await coinKeyHash(made.coinKey), made.signature));
      seen.add(encodeBase32(made.coinKey));
    }
    await assert.rejects(refresh.freshCoins(signed(reveal), (hidden + 1) % 3), AnswerError);
  }
  assert.equal(seen.size, 9);
});

test("the same record makes the same messages again", async () => {
  const again = await makeRefresh({ ...given, coin: structuredClone(coin) });
  assert.deepEqual(again.meltRequest, refresh.meltRequest);
  assert.deepEqual(await again.revealRequest(2), await refresh.revealRequest(2));
});

test("another amount, order of coins or transfer key is another commitment", async () => {
  const other = await Promise.all([
    { amount: K("8.07") }, { denominations: fresh.slice(1) }, { denominations: [denominations[0], denominations[1], denominations[1]] },
    { transferSecrets: [61, 62, 64].map((byte) => new Uint8Array(32).fill(byte)) },
  ].map((changes) => makeRefresh({ ...given, ...changes })));
  assert.equal(new Set([refresh, ...other].map(({ id }) => id)).size, 5);
});

test("a refresh needs three transfer keys and 1 to 256 coins", async () => {
  await assert.rejects(makeRefresh({ ...given, transferSecrets: given.transferSecrets.slice(1) }), RangeError);
  await assert.rejects(makeRefresh({ ...given, denominations: [] }), RangeError);
  await assert.rejects(makeRefresh({ ...given, denominations: Array(257).fill(denominations[0]) }), RangeError);
  for (const hidden of [-1, 3, 1.5, "1", null]) assert.throws(() => refresh.revealRequest(hidden), RangeError);
});

test("answers to a reveal with fewer, more, swapped or no signatures make no coins", async () => {
  const good = signed(await refresh.revealRequest(1));
  const [first, second, third] = good.ev_sigs;
  for (const bad of [[first, second], [first, second, third, third], [second, first, third], [third, second, first], [first, second, null]]) {
    await assert.rejects(refresh.freshCoins({ ev_sigs: bad }, 1), AnswerError);
  }
  for (const bad of [null, {}, { ev_sigs: 3 }, []]) await assert.rejects(refresh.freshCoins(bad, 1), AnswerError);
});

test("the candidate that stays hidden is the one that the exchange has signed", async () => {
  const { commitment } = refresh;
  for (const hidden of [0, 1, 2]) {
    const answer = { noreveal_index: hidden, ...(await signedByExchange(meltConfirmationMessage({ commitment, hidden }))) };
    assert.equal(await hiddenCandidate(answer, commitment, KEYS), hidden);
    await assert.rejects(hiddenCandidate({ ...answer, noreveal_index: (hidden + 1) % 3 }, commitment, KEYS), AnswerError);
    await assert.rejects(hiddenCandidate(answer, new Uint8Array(64), KEYS), AnswerError);
    await assert.rejects(hiddenCandidate(answer, commitment, { signingKeys: [], time: NOW }), AnswerError);
    await assert.rejects(hiddenCandidate(answer, commitment, { signingKeys, time: 3e9 }), AnswerError);
  }
  for (const hidden of [3, 2 ** 32 - 1]) {
    const answer = { noreveal_index: hidden, ...(await signedByExchange(meltConfirmationMessage({ commitment, hidden }))) };
    await assert.rejects(hiddenCandidate(answer, commitment, KEYS), AnswerError);
  }
  for (const bad of [null, {}, { noreveal_index: "0" }, { noreveal_index: 0 }]) await assert.rejects(hiddenCandidate(bad, commitment, KEYS), AnswerError);
});

test("a link gives back the fresh coins to who has the old one's seed", async () => {
  const reveal = await refresh.revealRequest(1);
  const expected = await refresh.freshCoins(signed(reveal), 1);
  const { coins, problems } = await coinsFromLink(linked(reveal), { coinSeed: coin.coinSeed, coinKey: coin.coinKey });
  assert.deepEqual(problems, []);
  assert.deepEqual(coins.map(({ coinSeed, coinKey, signature }) => ({ coinSeed, coinKey, signature })),
    expected.map(({ coinSeed, coinKey, signature }) => ({ coinSeed, coinKey, signature })));
  assert.deepEqual(coins.map(({ denomination }) => denomination.id), fresh.map(({ id }) => id));
  const told = await coinsFromLink([...linked(reveal), ...linked(reveal)], coin);
  assert.equal(told.coins.length, 3, "told twice they are three all the same");
});

const lies = {
  "another coin's index": (link) => { link[0].new_coins[0].coin_idx = 2; },
  "another denomination": (link) => { link[0].new_coins[0].denom_pub.rsa_pub = encodeBase32(denominations[0].rsaKey.encoded); },
  "another link signature": (link) => { link[0].new_coins[0].link_sig = link[0].new_coins[1].link_sig; },
  "another blind signature": (link) => { link[0].new_coins[0].ev_sig = link[0].new_coins[2].ev_sig; },
  "an age mask": (link) => { link[0].new_coins[0].denom_pub.age_mask = 7; },
  "no denomination": (link) => { delete link[0].new_coins[0].denom_pub; },
  "a coin that is null": (link) => { link[0].new_coins[0] = null; },
  "a coin of another kind": (link) => { link[0].new_coins[0].denom_pub = { cipher: "CS", cs_pub: "0" }; },
};

for (const [name, lie] of Object.entries(lies)) {
  test(`of a link with ${name} the other coins are found`, async () => {
    const link = linked(await refresh.revealRequest(0));
    lie(link);
    const { coins, problems } = await coinsFromLink(link, coin);
    assert.deepEqual(coins.map(({ index }) => index), [1, 2]);
    assert.equal(problems.length, 1);
    assert.ok(problems[0] instanceof AnswerError);
  });
}

test("a link without sense gives no coins and says why", async () => {
  const link = linked(await refresh.revealRequest(0));
  const [{ new_coins }] = link;
  const zero = encodeBase32(new Uint8Array(32));
  for (const bad of [null, {}, [null], [{ ...link[0], transfer_pub: "0" }], [{ ...link[0], transfer_pub: zero }],
    [{ ...link[0], new_coins: 3 }], [{ ...link[0], new_coins: Array(257).fill(new_coins[0]) }]]) {
    const { coins, problems } = await coinsFromLink(bad, coin);
    assert.deepEqual([coins.length, problems.length], [0, 1]);
  }
  const stranger = await makeCoin(new Uint8Array(32).fill(70), denominations[0]);
  const { coins, problems } = await coinsFromLink(link, stranger);
  assert.deepEqual([coins.length, problems.length], [0, 3]);
});

test("the history tells of a melt what the coin has signed", async () => {
  const history = (changes = {}) => ({
    h_denom_pub: coin.denomination.id, balance: "KUDOS:0.94",
    history: [{ type: "MELT", amount: "KUDOS:3.06", melt_fee: "KUDOS:0.03", rc: small.id, coin_sig: small.meltRequest.confirm_sig, ...changes }],
  });
  const small = await makeRefresh({ ...given, amount: K("3.06") });
  const about = { coinKey: coin.coinKey, value: coin.denomination.value, denominationHash: coin.denomination.hash };
  const read = await readCoinHistory(history(), about);
  assert.deepEqual(read.melts, [{ commitment: small.id, amount: K("3.06"), fee: K("0.03") }]);
  assert.equal(read.balance.toString(), "KUDOS:0.94");
  for (const lie of [{ rc: refresh.id }, { melt_fee: "KUDOS:0.04" }, { amount: "KUDOS:3.05" }, { coin_sig: refresh.meltRequest.confirm_sig }]) {
    await assert.rejects(readCoinHistory(history(lie), about), AnswerError);
  }
  const smaller = await makeRefresh({ ...given, amount: K("1.06") });
  const once = { ...history({ amount: "KUDOS:1.06", rc: smaller.id, coin_sig: smaller.meltRequest.confirm_sig }), balance: "KUDOS:2.94" };
  assert.equal((await readCoinHistory(once, about)).balance.toString(), "KUDOS:2.94");
  const twice = { ...once, history: [once.history[0], once.history[0]], balance: "KUDOS:1.88" };
  await assert.rejects(readCoinHistory(twice, about), AnswerError);
  const larger = await makeRefresh({ ...given, amount: K("4.06") });
  const overdrawn = history({ amount: "KUDOS:4.06", rc: larger.id, coin_sig: larger.meltRequest.confirm_sig });
  await assert.rejects(readCoinHistory(overdrawn, about), AnswerError);
  assert.equal(untouchedCoin(about).balance, about.value);
  assert.equal((await coinHistoryHeaders(coin.coinSeed))["Taler-Coin-History-Signature"].length, 103);
});

test("keys that share nothing secret are refused", async () => {
  const secret = newTransferSecret();
  assert.equal(secret.length, 32);
  await assert.rejects(sharedPoint(secret, new Uint8Array(32)));
  await assert.rejects(sharedPoint(secret, new Uint8Array(31)), RangeError);
  const neutral = new Uint8Array(32);
  neutral[0] = 1;
  assert.throws(() => x25519OfEd25519(neutral), RangeError);
  assert.throws(() => x25519OfEd25519(new Uint8Array(33)), RangeError);
});
