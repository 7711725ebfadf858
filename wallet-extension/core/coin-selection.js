// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Which coins pay a contract, and what each contributes. F being the sum of the coins' deposit fees, the
 * contributions A must reach amount + max(0, F - max_fee). One coin (rarely more) may contribute less
 * than it holds and keeps the rest. In this order: the buyer pays least, no coin is split, the fees are
 * lowest, the coins are fewest, and a split coin is a small one.
 */

import { Amount, sum } from "./amount.js";

/** An upper bound of the search; beyond it the best choice so far is taken, which always pays. Without any it looks ten times as long. */
const MOST_STEPS = 50_000;

/** The number of coins that a deposit may have. */
const MOST_COINS = 256;

/**
 * `coins`: array of {id, remaining (Amount), feeDeposit (Amount)}; other members are kept.
 * Gives null when they do not suffice, else {coins: [{coin, contribution}], total (A), fees (F), feesByBuyer (A - amount)}.
 */
export function selectCoins(coins, amount, maxFee) {
  const usable = coins.filter((coin) => !coin.remaining.isZero && coin.remaining.compare(coin.feeDeposit) >= 0);
  usable.sort((a, b) => b.remaining.compare(a.remaining) || a.feeDeposit.compare(b.feeDeposit));
  const search = new Search(usable, amount, maxFee);
  const best = search.run();
  return best === null ? null : describe(best, amount);
}

class Search {
  constructor(coins, amount, maxFee) {
    this.coins = coins.map((coin) => ({ coin, remaining: coin.remaining.units, fee: coin.feeDeposit.units }));
    this.amount = amount.units;
    this.maxFee = maxFee.units;
    this.steps = 0;
    this.best = null;
    // What all coins from an index on hold: a branch that cannot reach its goal any more is left.
    this.rest = new Array(coins.length + 1).fill(0n);
    for (let i = coins.length - 1; i >= 0; i--) this.rest[i] = this.rest[i + 1] + this.coins[i].remaining;
  }

  run() {
    this.descend(0, [], 0n, 0n);
    return this.best;
  }

  /** What the buyer has to contribute when the deposit fees sum up to `fees`. */
  goal(fees) {
    return this.amount + (fees > this.maxFee ? fees - this.maxFee : 0n);
  }

  descend(index, chosen, held, fees) {
    const goal = this.goal(fees);
    if (chosen.length > 0 && held >= goal) {
      this.offer(chosen, held, fees, goal);
      return;
    }
    if (index === this.coins.length || chosen.length === MOST_COINS || held + this.rest[index] < goal) return;
    if (this.best !== null && goal > this.best.total) return;
    this.steps += 1;
    if (this.steps > (this.best === null ? 10 * MOST_STEPS : MOST_STEPS)) return;
    const next = this.coins[index];
    chosen.push(next);
    this.descend(index + 1, chosen, held + next.remaining, fees + next.fee);
    chosen.pop();
    // Coins that are alike are taken from the first on, so leaving one leaves all of its kind.
    let other = index + 1;
    while (other < this.coins.length && this.coins[other].remaining === next.remaining && this.coins[other].fee === next.fee) other++;
    this.descend(other, chosen, held, fees);
  }

  offer(chosen, held, fees, goal) {
    const parts = contributions(chosen, held - goal);
    const total = parts.reduce((all, part) => all + part.contribution, 0n);
    const split = parts.filter((part) => part.contribution < part.remaining).length;
    const found = { parts, total, fees, order: [total, BigInt(split), fees, BigInt(chosen.length), held] };
    if (this.best === null || isBefore(found.order, this.best.order)) this.best = found;
  }
}

/** Takes `surplus` off the coins with the most room, never below a coin's fee; what no coin can keep is paid. */
function contributions(chosen, surplus) {
  const parts = chosen.map((part) => ({ ...part, contribution: part.remaining }));
  let left = surplus;
  for (const part of [...parts].sort((a, b) => (b.remaining - b.fee > a.remaining - a.fee ? 1 : -1))) {
    if (left === 0n) break;
    // A contribution of nothing is none: a coin without a fee keeps one unit in the deposit.
    const least = part.fee > 0n ? part.fee : 1n;
    const room = part.remaining - least;
    const off = room < left ? room : left;
    part.contribution -= off;
    left -= off;
  }
  return parts;
}

function isBefore(a, b) {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] < b[i];
  }
  return false;
}

function describe(best, amount) {
  const { currency } = amount;
  const coins = best.parts.map((part) => ({ coin: part.coin, contribution: new Amount(currency, part.contribution) }));
  const total = sum(currency, coins.map((part) => part.contribution));
  return { coins, total, fees: new Amount(currency, best.fees), feesByBuyer: total.subtract(amount) };
}
