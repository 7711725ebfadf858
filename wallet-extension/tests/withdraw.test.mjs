// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { coinFromAnswer, planchetSecrets } from "../core/planchet.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { planWithdrawal } from "../core/withdraw-plan.js";
import { library } from "./support/known-answers.mjs";

const K = (text) => Amount.parse(`KUDOS:${text}`);
const NOW = 1_700_000_000;

function denominations(changes = {}) {
  return Array.from({ length: 11 }, (_, k) => ({
    id: `d${k}`, value: new Amount("KUDOS", 1_000_000n << BigInt(k)), feeWithdraw: K("0.01"), start: NOW - 10,
    expireWithdraw: NOW + 100_000, expireDeposit: NOW + 200_000, rsaKey: {}, lost: false, revoked: false, ...changes,
  }));
}

test("a balance becomes few large coins, and the fees are counted", () => {
  const { denominations: plan, left } = planWithdrawal(K("20"), denominations(), NOW);
  const cost = plan.reduce((all, { value, feeWithdraw }) => all.add(value).add(feeWithdraw), K("0"));
  assert.equal(cost.add(left).toString(), "KUDOS:20");
  assert.ok(left.compare(K("0.02")) < 0);
  assert.deepEqual(plan.slice(0, 2).map((one) => one.value.toString()), ["KUDOS:10.24", "KUDOS:5.12"]);
});

test("what cannot be withdrawn now is not planned", () => {
  for (const changes of [{ lost: true }, { revoked: true }, { rsaKey: null }, { start: NOW + 1 }, { expireWithdraw: NOW + 60 }]) {
    assert.deepEqual(planWithdrawal(K("20"), denominations(changes), NOW).denominations, []);
  }
});

test("a balance below the smallest coin plans nothing", () => {
  assert.deepEqual(planWithdrawal(K("0.01"), denominations(), NOW).denominations, []);
});

test("of two keys of a value the one that can be spent longer is taken", () => {
  const both = [...denominations(), ...denominations({ expireDeposit: NOW + 300_000 }).map((one) => ({ ...one, id: `${one.id}-new` }))];
  assert.ok(planWithdrawal(K("20"), both, NOW).denominations.every((one) => one.id.endsWith("-new")));
});

test("a plan never has more than 256 coins", () => {
  assert.equal(planWithdrawal(K("100000"), denominations(), NOW).denominations.length, 256);
});

test("a blind signature that was flipped, is another coin's or another key's makes no coin", async () => {
  const [small, large] = library.rsa_denominations.filter((entry) => entry.age_mask === 0);
  const key = decodeRsaPublicKey(decodeBase32(large.rsa_public_key));
  const [coin, other] = large.coins;
  const secret = decodeBase32Fixed(coin.planchet_master_secret, 32);
  const answer = (bytes) => ({ ev_sig: { cipher: "RSA", blinded_rsa_signature: encodeBase32(bytes) } });
  const blind = decodeBase32(coin.blinded_rsa_signature);
  const made = await coinFromAnswer(secret, { rsaKey: key }, answer(blind));
  assert.deepEqual(made.coinKey, (await planchetSecrets(secret)).coinKey);
  const flipped = Uint8Array.from(blind);
  flipped[20] ^= 4;
  const wrong = [answer(flipped), answer(blind.subarray(1)), answer(new Uint8Array(0)), answer(decodeBase32(other.blinded_rsa_signature)),
    answer(decodeBase32(small.coins[0].blinded_rsa_signature)), {}, null, { ev_sig: { cipher: "CS" } }];
  for (const bad of wrong) await assert.rejects(coinFromAnswer(secret, { rsaKey: key }, bad));
});

test("keys that cannot be RSA keys are refused", () => {
  const good = decodeBase32(library.rsa_denominations[0].rsa_public_key);
  const even = Uint8Array.from(good);
  even[good.length - 4] &= 0xfe;
  const zero = Uint8Array.from(good);
  zero[4] = 0;
  for (const bad of [even, zero, good.subarray(0, 50), Uint8Array.of(...good, 0), new Uint8Array(0), Uint8Array.of(0, 1, 0, 1, 15, 3)]) {
    assert.throws(() => decodeRsaPublicKey(bad), SyntaxError);
  }
});
