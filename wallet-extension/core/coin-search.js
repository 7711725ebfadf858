// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A search through all choices of coins, largest coins first, that leaves what cannot be better than the best so far. */

import { isBefore, MOST_COINS } from "./coin-problem.js";

/**
 * How far a search goes, in coins that are put into a choice; a choice that is looked at whole counts with all its coins. Enough for all
 * choices of fourteen coins: 2^14, and 14 more for each of those (at most half) that suffice.
 */
export const MOST_NODES = 2 ** 17;

/** Offers choices to the problem; true when no other choice can be better than its best. */
export function searchChoices(problem) {
  return new Search(problem).run();
}

class Search {
  #problem;
  #coins;
  /** What the coins before an index hold, and hold after their fees. */
  #held;
  #rest;
  /** The lowest fee from an index on. */
  #lowestFee;
  /** The first coin behind an index that is not alike. */
  #other;

  constructor(problem) {
    const { coins, zero } = problem;
    this.#problem = problem;
    this.#coins = coins;
    this.#held = [zero];
    this.#rest = [zero];
    this.#lowestFee = new Array(coins.length + 1).fill(zero);
    this.#other = new Array(coins.length + 1).fill(coins.length);
    for (const [i, { remaining, fee }] of coins.entries()) {
      this.#held.push(this.#held[i] + remaining);
      this.#rest.push(this.#rest[i] + remaining - fee);
    }
    for (let i = coins.length - 1; i >= 0; i--) {
      const [coin, next] = [coins[i], coins[i + 1]];
      const isLast = next === undefined;
      this.#lowestFee[i] = isLast || coin.fee < this.#lowestFee[i + 1] ? coin.fee : this.#lowestFee[i + 1];
      this.#other[i] = !isLast && next.remaining === coin.remaining && next.fee === coin.fee ? this.#other[i + 1] : i + 1;
    }
  }

  run() {
    const { work } = this.#problem;
    const chosen = [];
    let [held, fees] = [this.#problem.zero, this.#problem.zero];
    let index = 0;
    for (;;) {
      if (this.#isWorthwhile(index, chosen.length, held, fees)) {
        work.nodes += 1;
        if (work.nodes > MOST_NODES) return false;
        chosen.push(index);
        held += this.#coins[index].remaining;
        fees += this.#coins[index].fee;
        index += 1;
        if (held < this.#problem.goal(fees)) continue;
        this.#offer(chosen, held, fees);
      }
      if (chosen.length === 0) return true;
      // Coins that are alike are taken from the first on, so leaving one leaves all of its kind.
      const last = chosen.pop();
      held -= this.#coins[last].remaining;
      fees -= this.#coins[last].fee;
      index = this.#other[last];
    }
  }

  #offer(chosen, held, fees) {
    const { evaluations } = this.#problem.work;
    if (!this.#problem.couldBeBest(held, fees, chosen.length)) return;
    this.#problem.offer(chosen.map((index) => this.#coins[index]), held, fees);
    if (this.#problem.work.evaluations > evaluations) this.#problem.work.nodes += chosen.length;
  }

  /** Whether a choice that does not suffice yet can, with coins from `index` on, and be better than the best. */
  #isWorthwhile(index, count, held, fees) {
    const problem = this.#problem;
    const end = this.#coins.length;
    if (index === end) return false;
    if (held - fees + this.#rest[end] - this.#rest[index] < problem.amount - problem.maxFee) return false;
    const needed = this.#coinsNeeded(index, problem.goal(fees) - held);
    if (count + needed > MOST_COINS) return false;
    if (problem.best === null) return true;
    const least = fees + problem.of(needed) * this.#lowestFee[index];
    return isBefore([problem.goal(least), 0, least, count + needed, problem.zero], problem.best.order);
  }

  /** With how many coins from `index` on, the largest first, `missing` is reached; more than there may be when it is not. */
  #coinsNeeded(index, missing) {
    const target = this.#held[index] + missing;
    let [low, high] = [index + 1, this.#coins.length];
    if (this.#held[high] < target) return MOST_COINS + 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#held[middle] < target) low = middle + 1;
      else high = middle;
    }
    return low - index;
  }
}
