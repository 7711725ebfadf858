// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Which fresh coins what is left of a coin becomes: of all choices of at most 32 coins the one that is worth the most; of these the one
 * with the least fees; of these the one with the fewest coins. For amounts beyond what can be tried, the largest coins are taken first
 * and the last part is chosen so.
 */

import { sum } from "./amount.js";
import { isWithdrawable } from "./withdraw-plan.js";

/** More would make payments slow, and tell a wallet from others. */
export const MOST_FRESH_COINS = 32;

/** How many sums are looked at, at most. */
const MOST_SUMS = 20_000;

/**
 * `remaining` and `feeRefresh` are the old coin's (Amounts), `denominations` the exchange's as in verified keys, `time` is now in seconds.
 * Gives null when it is too little for the fee and a coin, else {denominations (with repetition, largest first), value (of the fresh
 * coins), withdrawFees, amount (what the old coin pays: value, withdrawFees and feeRefresh)}.
 */
export function planRefresh(remaining, feeRefresh, denominations, time) {
  if (remaining.compare(feeRefresh) <= 0) return null;
  const { currency } = remaining;
  const kinds = usableKinds(denominations, currency, time);
  const positions = choose(kinds, remaining.units - feeRefresh.units);
  if (positions.length === 0) return null;
  const chosen = positions.sort((a, b) => a - b).map((position) => kinds[position].denomination);
  const value = sum(currency, chosen.map((denomination) => denomination.value));
  const withdrawFees = sum(currency, chosen.map((denomination) => denomination.feeWithdraw));
  return { denominations: chosen, value, withdrawFees, amount: value.add(withdrawFees).add(feeRefresh) };
}

/** Of each value the denomination with the least fees, of these the one that can be spent longest; none whose fees eat the coin. Largest first. */
function usableKinds(denominations, currency, time) {
  const best = new Map();
  for (const denomination of denominations) {
    const { value, feeWithdraw, feeDeposit } = denomination;
    if (value.currency !== currency || !isWithdrawable(denomination, time)) continue;
    const fees = feeWithdraw.units + feeDeposit.units;
    if (fees >= value.units) continue;
    const other = best.get(value.units);
    const isBetter = other === undefined || fees < other.fees
      || (fees === other.fees && denomination.expireDeposit > other.denomination.expireDeposit);
    if (isBetter) best.set(value.units, { denomination, fees, value: value.units, cost: value.units + feeWithdraw.units });
  }
  return [...best.values()].sort((a, b) => (a.value < b.value ? 1 : -1));
}

/** Positions in `kinds`, once for each coin. */
function choose(kinds, budget) {
  const unit = kinds.reduce((divisor, { value, cost }) => greatestDivisor(greatestDivisor(divisor, value), cost), 0n);
  if (unit === 0n) return [];
  const chosen = [];
  let rest = budget;
  while (rest > unit * BigInt(MOST_SUMS) && chosen.length < MOST_FRESH_COINS) {
    const next = kinds.findIndex(({ cost }) => cost <= rest);
    if (next < 0) break;
    chosen.push(next);
    rest -= kinds[next].cost;
  }
  const sums = rest / unit;
  const scaled = kinds.map(({ value, cost }) => ({ value: value / unit, cost: cost / unit }));
  return [...chosen, ...chooseExactly(scaled, sums > BigInt(MOST_SUMS) ? MOST_SUMS : Number(sums), MOST_FRESH_COINS - chosen.length)];
}

/** Tries every sum with every number of coins: what one coin more can make of each sum that is less by the coin's cost. */
function chooseExactly(kinds, sums, mostCoins) {
  const usable = kinds.map(({ value, cost }, position) => ({ position, value, cost })).filter(({ cost }) => cost <= BigInt(sums))
    .map(({ position, value, cost }) => ({ position, cost: Number(cost), score: Number(value) * (sums + 1) - Number(cost) }));
  // Of two choices that are worth the same, the one that costs less scores higher: no cost reaches sums + 1.
  let best = new Float64Array(sums + 1);
  const last = [];
  for (let coins = 0; coins < mostCoins; coins++) {
    const next = best.slice();
    const chosen = new Int32Array(sums + 1).fill(-1);
    let improved = false;
    for (const { position, cost, score } of usable) {
      for (let total = cost; total <= sums; total++) {
        const made = best[total - cost] + score;
        if (made > next[total]) {
          next[total] = made;
          chosen[total] = position;
          improved = true;
        }
      }
    }
    if (!improved) break;
    best = next;
    last.push(chosen);
  }
  const found = [];
  let total = sums;
  for (const chosen of last.reverse()) {
    if (chosen[total] < 0) continue;
    found.push(chosen[total]);
    total -= Number(kinds[chosen[total]].cost);
  }
  return found;
}

function greatestDivisor(a, b) {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}
