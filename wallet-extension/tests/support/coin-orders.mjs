// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Wallets and choices of coins as arrays [remaining, fee], in units of 10^-8, and what is documented of a choice. */

import assert from "node:assert/strict";

import { Amount } from "../../core/amount.js";

export const MOST_COINS = 256;
export const CENT = 1_000_000;
export const U = (units) => new Amount("KUDOS", BigInt(units));

/** Numbers below a bound, the same in every run. */
export function randomFrom(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

export function coinsOf(pairs) {
  return pairs.map(([remaining, fee], id) => ({ id, remaining: U(remaining), feeDeposit: U(fee) }));
}

/** [paid, split coins, fees, coins, held] of a choice of [remaining, fee], as documented; null when it does not suffice. */
export function orderOf(chosen, amount, maxFee) {
  const held = chosen.reduce((all, [remaining]) => all + remaining, 0);
  const fees = chosen.reduce((all, [, fee]) => all + fee, 0);
  const goal = amount + Math.max(0, fees - maxFee);
  if (chosen.length === 0 || held < goal) return null;
  const least = ([, fee]) => Math.max(fee, 1);
  const paid = Math.max(goal, chosen.reduce((all, pair) => all + least(pair), 0));
  const rooms = chosen.map((pair) => pair[0] - least(pair)).sort((a, b) => b - a);
  let [split, left] = [0, held - paid];
  while (left > 0) left -= rooms[split++];
  return [paid, split, fees, chosen.length, held];
}

export function isBefore(a, b) {
  const i = a.findIndex((value, position) => value !== b[position]);
  return i >= 0 && a[i] < b[i];
}

/** The order of what was selected, after its contributions have been checked. */
export function selectedOrder(choice, amount, maxFee) {
  if (choice === null) return null;
  const pairs = choice.coins.map(({ coin }) => [Number(coin.remaining.units), Number(coin.feeDeposit.units)]);
  const [, , fees, count, held] = orderOf(pairs, amount, maxFee);
  let [paid, split] = [0, 0];
  for (const { coin, contribution } of choice.coins) {
    assert.ok(contribution.compare(coin.remaining) <= 0 && contribution.compare(coin.feeDeposit) >= 0 && !contribution.isZero);
    paid += Number(contribution.units);
    if (contribution.compare(coin.remaining) < 0) split += 1;
  }
  assert.ok(paid >= amount + Math.max(0, fees - maxFee), "the sum rule");
  assert.equal(new Set(choice.coins.map(({ coin }) => coin.id)).size, choice.coins.length, "no coin twice");
  assert.ok(choice.coins.length <= MOST_COINS);
  assert.deepEqual([choice.total, choice.fees, choice.feesByBuyer], [U(paid), U(fees), U(paid - amount)]);
  return [paid, split, fees, count, held];
}
