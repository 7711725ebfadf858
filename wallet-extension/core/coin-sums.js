// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Choices by their sums: for each sum that coins can hold, the choice with the lowest fees, then the fewest coins. With the sums that a
 * choice of use can have (below twice its goal, or one coin) this finds the best choice of any number of coins, as long as the
 * sums are few: coins of whole cents, say.
 */

import { isBefore, MOST_COINS } from "./coin-problem.js";

/** How many sums are tried with how many coins (or powers of two of coins that are alike), multiplied. */
export const MOST_CELLS = 16_000_000;

/** Of a number that counts fees and coins at once: more coins than two parts of a choice can have. */
const COINS = 1024;

/** Offers the choice that its sums make the best; does nothing when there would be too many. */
export function searchSums(problem) {
  if (problem.of !== Number) return;
  const kinds = kindsOf(problem);
  for (const { members: [coin] } of kinds) {
    if (coin.remaining >= problem.goal(coin.fee)) problem.offer([coin], coin.remaining, coin.fee);
  }
  // Of coins of whole cents the sums are whole cents, whatever the price is.
  const step = kinds.reduce((all, { members: [{ remaining, fee }] }) => greatestDivisor(greatestDivisor(all, remaining), fee), 0);
  const largest = Math.floor((2 * problem.best.order[0]) / step);
  const items = itemsOf(kinds, largest, step);
  if (items.length * (largest + 1) > MOST_CELLS) return;
  problem.work.cells += items.length * (largest + 1);
  const { least, taken } = fill(items, largest);
  const sum = bestSum(problem, least, step);
  if (sum === null) return;
  const chosen = [];
  let left = sum;
  for (let i = items.length - 1; i >= 0; i--) {
    if (taken[i][left] === 0) continue;
    chosen.push(...items[i].coins);
    left -= items[i].held;
  }
  problem.offer(chosen, problem.total(chosen), problem.fees(chosen));
}

/** Coins that are alike, together. */
function kindsOf({ coins }) {
  const kinds = [];
  for (const coin of coins) {
    const last = kinds.at(-1);
    if (last !== undefined && last.members[0].remaining === coin.remaining && last.members[0].fee === coin.fee) last.members.push(coin);
    else kinds.push({ members: [coin] });
  }
  return kinds;
}

/** {coins, held, cost} in steps: 1, 2, 4 … coins of each kind and what is left, so that every number of them can be put together. */
function itemsOf(kinds, largest, step) {
  const items = [];
  for (const { members } of kinds) {
    const [remaining, fee] = [members[0].remaining / step, members[0].fee / step];
    const most = Math.min(members.length, MOST_COINS, Math.floor(largest / remaining));
    for (let start = 0, size = 1; start < most; start += size, size *= 2) {
      const coins = members.slice(start, Math.min(start + size, most));
      items.push({ coins, held: coins.length * remaining, cost: coins.length * (fee * COINS + 1) });
    }
  }
  return items;
}

/** {least, taken}: for each sum the lowest cost (fees and coins in one number; Infinity for none), for each item and sum whether it is in. */
function fill(items, largest) {
  const least = new Float64Array(largest + 1).fill(Infinity);
  least[0] = 0;
  const taken = [];
  for (const { coins, held, cost } of items) {
    const isTaken = new Uint8Array(largest + 1);
    for (let sum = largest; sum >= held; sum--) {
      const before = least[sum - held];
      if (before + cost < least[sum] && (before % COINS) + coins.length <= MOST_COINS) {
        least[sum] = before + cost;
        isTaken[sum] = 1;
      }
    }
    taken.push(isTaken);
  }
  return { least, taken };
}

/** The sum (in steps) whose choice is the best; null when none can be better than what the problem has. */
function bestSum(problem, least, step) {
  let best = null;
  for (let sum = 1; sum < least.length; sum++) {
    if (least[sum] === Infinity) continue;
    const held = sum * step;
    const fees = Math.floor(least[sum] / COINS) * step;
    const goal = problem.goal(fees);
    if (held < goal) continue;
    const order = [goal, held === goal ? 0 : 1, fees, least[sum] % COINS, held];
    if (best === null || isBefore(order, best.order)) best = { sum, order };
  }
  return best !== null && isBefore(best.order, problem.best.order) ? best.sum : null;
}

function greatestDivisor(a, b) {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
