// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Coin selection against every choice there is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { CoinProblem } from "../core/coin-problem.js";
import { selectCoins, whyNoChoice } from "../core/coin-selection.js";
import { searchSums } from "../core/coin-sums.js";
import { CENT, coinsOf, isBefore, MOST_COINS, orderOf, randomFrom, selectedOrder, U } from "./support/coin-orders.mjs";

/** The best order of all subsets of coins that may be used. */
function bestOfAll(pairs, amount, maxFee) {
  const usable = pairs.filter(([remaining, fee]) => remaining > 0 && remaining >= fee);
  let best = null;
  for (let subset = 1; subset < 2 ** usable.length; subset++) {
    const order = orderOf(usable.filter((_, i) => subset & (1 << i)), amount, maxFee);
    if (order !== null && (best === null || isBefore(order, best))) best = order;
  }
  return best;
}

const wallets = {
  "of cents with a few fees": (random, n) => Array.from({ length: n }, () => [CENT * (1 + random(99)), CENT * random(4)]),
  "of powers of two": (random, n) => Array.from({ length: n }, () => [CENT * 2 ** random(7), CENT]),
  "of powers of two with rests": (random, n) => Array.from({ length: n }, () => [CENT * 2 ** random(7) - CENT * random(2), CENT * random(2)]),
  "of dust": (random, n) => Array.from({ length: n }, () => [1 + random(5), random(6)]),
  "of fractions": (random, n) => Array.from({ length: n }, () => [1 + random(100 * CENT), random(CENT)]),
  "of coins that are their fees": (random, n) => Array.from({ length: n }, () => [CENT + random(2), CENT]),
  "without fees": (random, n) => Array.from({ length: n }, () => [CENT * (1 + random(20)), 0]),
};

for (const [name, make] of Object.entries(wallets)) {
  test(`of a small wallet ${name} no choice is better`, () => {
    const random = randomFrom(name.length);
    let [paid, missing] = [0, 0];
    for (let round = 0; round < 200; round++) {
      const pairs = make(random, 1 + random(round < 190 ? 9 : 12));
      const all = pairs.reduce((sum, [remaining]) => sum + remaining, 0);
      const amount = [0, 1, random(all + 1), random(Math.ceil(all * 1.5)), CENT * random(Math.ceil(all / CENT) + 1)][random(5)];
      const maxFee = [0, random(3 * CENT), CENT * random(6), all][random(4)];
      const from = coinsOf(pairs);
      const work = {};
      const choice = selectCoins(from, U(amount), U(maxFee), work);
      const expected = bestOfAll(pairs, amount, maxFee);
      assert.deepEqual(selectedOrder(choice, amount, maxFee), expected, JSON.stringify({ pairs, amount, maxFee }));
      if (choice !== null) paid += 1;
      else if (amount > 0) {
        missing += 1;
        assert.ok("missing" in whyNoChoice(from, U(amount), U(maxFee)));
      }
    }
    assert.ok(paid > 50 && missing > 4, `${paid} ${missing}`);
  });
}

/** The best order of all numbers of coins of each kind, [remaining, fee, coins]. */
function bestOfKinds(kinds, amount, maxFee) {
  let best = null;
  const extend = (position, chosen) => {
    if (position === kinds.length) {
      const order = orderOf(chosen, amount, maxFee);
      if (order !== null && (best === null || isBefore(order, best))) best = order;
      return;
    }
    const [remaining, fee, count] = kinds[position];
    for (let number = 0; number <= count; number++) extend(position + 1, [...chosen, ...Array(number).fill([remaining, fee])]);
  };
  extend(0, []);
  return best;
}

test("of a wallet of thirty coins of whole cents no choice is better", () => {
  const random = randomFrom(99);
  for (let round = 0; round < 40; round++) {
    const kinds = Array.from({ length: 5 }, (_, i) => [CENT * (2 ** (i + 1) + random(3)), CENT * random(3), 6]);
    const pairs = kinds.flatMap(([remaining, fee, count]) => Array(count).fill([remaining, fee]));
    const all = pairs.reduce((sum, [remaining]) => sum + remaining, 0);
    const [amount, maxFee] = [1 + random(all), CENT * random(9)];
    const choice = selectCoins(coinsOf(pairs), U(amount), U(maxFee));
    assert.deepEqual(selectedOrder(choice, amount, maxFee), bestOfKinds(kinds, amount, maxFee));
  }
});

test("of hundreds of coins the exact price is found where the search alone would not end", () => {
  const random = randomFrom(7);
  let found = 0;
  for (let round = 0; round < 20; round++) {
    const pairs = Array.from({ length: 120 }, () => [CENT * (40 + 3 * random(200)), CENT * 2 * random(3)]);
    const amount = CENT * (2000 + random(1000));
    const work = {};
    const choice = selectCoins(coinsOf(pairs), U(amount), U(CENT * 60), work);
    if (work.cells === 0) continue;
    found += 1;
    const [paid, split, fees, count] = selectedOrder(choice, amount, CENT * 60);
    assert.deepEqual([paid, split], [amount, 0]);
    assert.deepEqual([fees, count], leastFees(pairs, amount));
  }
  assert.ok(found > 10, `${found}`);
});

/** The problem's best after nothing but its sums were looked at; to begin with, all coins are paid. */
function bestBySums(pairs, amount, maxFee) {
  const coins = pairs.map(([remaining, fee]) => ({ coin: null, remaining, fee }));
  const problem = new CoinProblem({ coins, amount, maxFee, of: Number, unit: 1n });
  problem.offer(coins, problem.total(coins), problem.fees(coins));
  searchSums(problem);
  assert.ok(problem.work.cells > 0);
  return problem.best;
}

test("the sums alone find the least fees, and then the fewest coins", () => {
  const random = randomFrom(11);
  for (let round = 0; round < 60; round++) {
    const pairs = Array.from({ length: 40 }, () => [1 + random(round % 2 === 0 ? 40 : 3), 2 * random(2)]);
    const amount = 20 + random(40);
    const { order } = bestBySums(pairs, amount, 1000);
    assert.deepEqual(order.slice(0, 4), [amount, 0, ...leastFees(pairs, amount)]);
  }
});

test("the sums keep to 256 coins where more of them would have lower fees", () => {
  const pairs = [...Array(200).fill([1, 0]), ...Array(200).fill([2, 0]), ...Array(20).fill([50, 1])];
  const { chosen, order } = bestBySums(pairs, 500, 1000);
  assert.ok(chosen.length <= MOST_COINS);
  assert.deepEqual(order.slice(0, 2), [500, 0]);
});

/** By trying every sum of whole cents: [fees, coins] of coins that hold exactly so much, with the least fees, then the fewest coins. */
function leastFees(pairs, amount) {
  let least = new Map([[0, [0, 0]]]);
  for (const [remaining, fee] of pairs) {
    const next = new Map(least);
    for (const [sum, [fees, count]] of least) {
      const made = [fees + fee, count + 1];
      const known = next.get(sum + remaining);
      if (sum + remaining <= amount && (known === undefined || isBefore(made, known))) next.set(sum + remaining, made);
    }
    least = next;
  }
  return least.get(amount);
}

test("amounts beyond the exact numbers of JavaScript are exact", () => {
  const large = (1n << 52n) * 100_000_000n;
  const from = [large - 3n, large - 5n, 7n].map((units, id) => ({ id, remaining: new Amount("KUDOS", units), feeDeposit: U(1) }));
  const choice = selectCoins(from, new Amount("KUDOS", large - 1n), U(2));
  assert.equal(choice.total.units, large - 1n);
  assert.equal(selectCoins(from.slice(0, 1), new Amount("KUDOS", large - 2n), U(5)), null);
});
