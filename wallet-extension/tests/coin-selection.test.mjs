// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount, sum } from "../core/amount.js";
import { selectCoins, whyNoChoice } from "../core/coin-selection.js";

const K = (text) => Amount.parse(`KUDOS:${text}`);

function coins(fee, ...values) {
  return values.map((value, i) => ({ id: i, remaining: K(value), feeDeposit: K(fee) }));
}

/** The choice, after the rules that must hold for each have been checked. */
function select(from, amount, maxFee) {
  const choice = selectCoins(from, K(amount), K(maxFee));
  assert.equal(choice === null, (selectCoins([...from].reverse(), K(amount), K(maxFee)) === null), "the order of the coins means nothing");
  if (choice === null) return null;
  const fees = sum("KUDOS", choice.coins.map((part) => part.coin.feeDeposit));
  const over = fees.compare(K(maxFee)) > 0 ? fees.subtract(K(maxFee)) : K("0");
  assert.equal(fees.toString(), choice.fees.toString());
  assert.ok(choice.total.compare(K(amount).add(over)) >= 0, "the sum rule");
  assert.equal(new Set(choice.coins.map((part) => part.coin)).size, choice.coins.length, "no coin twice");
  for (const part of choice.coins) {
    assert.ok(part.contribution.compare(part.coin.remaining) <= 0, "no more than a coin holds");
    assert.ok(part.contribution.compare(part.coin.feeDeposit) >= 0, "no less than its fee");
    assert.ok(!part.contribution.isZero);
  }
  return { total: choice.total.toString(), fees: choice.feesByBuyer.toString(),
    parts: choice.coins.map((part) => part.contribution.digits(0)).sort() };
}

test("one coin that fits is taken", () => {
  assert.deepEqual(select(coins("0.01", "10", "5", "1"), "5", "0.1"), { total: "KUDOS:5", fees: "KUDOS:0", parts: ["5"] });
});

test("exact coins are preferred to a split one while the shop pays the fees", () => {
  assert.deepEqual(select(coins("0.01", "10", "2", "2", "1"), "5", "0.1").parts, ["1", "2", "2"]);
});

test("a coin is split when there is no exact choice, and the buyer pays no more", () => {
  assert.deepEqual(select(coins("0.01", "10.24"), "0.5", "0.1"), { total: "KUDOS:0.5", fees: "KUDOS:0", parts: ["0.5"] });
});

test("fewer fees win over exact coins when the buyer pays them", () => {
  assert.deepEqual(select(coins("0.01", "8", "2", "2", "1"), "5", "0"), { total: "KUDOS:5.01", fees: "KUDOS:0.01", parts: ["5.01"] });
});

test("the fees beyond max_fee are added", () => {
  assert.deepEqual(select(coins("0.02", "2", "2", "2"), "5", "0.04").total, "KUDOS:5.02");
});

test("too little gives nothing, also when only the fees are missing", () => {
  assert.equal(select(coins("0.01", "1", "1"), "5", "1"), null);
  assert.equal(select(coins("0.01", "5"), "5", "0"), null);
  assert.equal(select([], "1", "1"), null);
  assert.equal(select(coins("0.01", "0.005"), "0.001", "1"), null);
});

test("all the money can be spent", () => {
  assert.deepEqual(select(coins("0.01", "5", "3"), "8", "0.02").parts, ["3", "5"]);
  assert.deepEqual(select(coins("0.01", "5", "3"), "7.98", "0").total, "KUDOS:8");
});

test("a price below the fee costs the fee", () => {
  assert.deepEqual(select(coins("0.01", "5"), "0.001", "1"), { total: "KUDOS:0.01", fees: "KUDOS:0.009", parts: ["0.01"] });
});

test("cheap coins are preferred", () => {
  const from = [...coins("0.5", "5"), { id: 9, remaining: K("5"), feeDeposit: K("0.01") }];
  assert.equal(select(from, "3", "0").total, "KUDOS:3.01");
});

test("hundreds of coins pay any price", () => {
  const values = ["10.24", "5.12", "2.56", "1.28", "0.64", "0.32", "0.16", "0.08", "0.04", "0.02", "0.01"];
  const many = coins("0.01", ...Array.from({ length: 600 }, (_, i) => values[i % values.length]));
  assert.equal(select(many, "77.77", "5").total, "KUDOS:77.77");
  assert.equal(select(many, "1000.01", "0.1").total.startsWith("KUDOS:100"), true);
  assert.equal(select(coins("0.03", ...Array.from({ length: 400 }, (_, i) => `0.0${3 + (i % 7)}`)), "3.333", "0") !== null, true);
});

test("of several coins that could be split the smallest is", () => {
  const choice = selectCoins(coins("0.01", "10.24", "5.12", "0.64", "0.08"), K("0.5"), K("0.05"));
  assert.deepEqual(choice.coins.map((part) => part.coin.remaining.toString()), ["KUDOS:0.64"]);
});

test("coins of another currency, without money, or worth less than their fee are left out", () => {
  const from = [...coins("0.01", "5"), { id: 7, remaining: Amount.parse("EUR:50"), feeDeposit: Amount.parse("EUR:0.01") },
    { id: 8, remaining: K("0"), feeDeposit: K("0") }, { id: 9, remaining: K("0.01"), feeDeposit: K("0.02") }];
  assert.deepEqual(select(from, "5", "1").parts, ["5"]);
  assert.equal(select(from, "5.01", "1"), null);
});

test("what is missing is told", () => {
  const why = (from, amount, maxFee) => whyNoChoice(from, K(amount), K(maxFee));
  assert.equal(why(coins("0.01", "1", "1"), "5", "1").missing.toString(), "KUDOS:3");
  assert.equal(why(coins("0.01", "5"), "5", "0").missing.toString(), "KUDOS:0.01");
  assert.equal(why([], "1", "1").missing.toString(), "KUDOS:1");
});

test("a wallet that holds enough in too many coins is told so, and not that it holds too little", () => {
  const many = coins("0", ...Array(300).fill("0.01"));
  assert.deepEqual(select(many, "2.56", "0").parts, Array(256).fill("0.01"));
  assert.equal(select(many, "2.57", "0"), null);
  assert.deepEqual(whyNoChoice(many, K("2.57"), K("0")), { tooManyCoins: 256 });
  assert.equal(whyNoChoice(many, K("3.01"), K("0")).missing.toString(), "KUDOS:0.01");
});

test("large coins are taken where small ones would be more than 256", () => {
  const from = [...coins("0", ...Array(600).fill("0.01")), ...coins("0.01", ...Array(4).fill("1"))];
  const choice = selectCoins(from, K("5"), K("0.1"));
  assert.ok(choice.coins.length <= 256);
  assert.equal(choice.total.toString(), "KUDOS:5");
});

test("of two kinds of which neither pays with 256 coins both are taken, also when no two coins are alike", () => {
  for (const step of [0, 1]) {
    const more = (text, i) => new Amount("KUDOS", K(text).units + BigInt(step * 7 * i));
    const dear = Array.from({ length: 300 }, (_, i) => ({ id: i, remaining: more("10", i), feeDeposit: more("10", i) }));
    const small = Array.from({ length: 300 }, (_, i) => ({ id: 300 + i, remaining: more("1", i), feeDeposit: K("0") }));
    assert.equal(selectCoins(dear, K("1000"), K("850")), null);
    assert.equal(selectCoins(small, K("1000"), K("850")), null);
    for (const [amount, maxFee] of [["1000", "850"], ["1200", "1050"], ["1156", "1000"]]) {
      assert.notEqual(select([...dear, ...small], amount, maxFee), null, `${amount} ${maxFee}`);
    }
  }
});
