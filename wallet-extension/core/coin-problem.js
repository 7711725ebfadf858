// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The arithmetic of a coin selection, in whole multiples of one unit: all Numbers, or all BigInts where those are not exact. The same
 * operators serve both; `of` makes a number of the kind in use.
 *
 * Of use are only choices of which no coin can be left out: a coin that is not needed adds to the fees, to what is left over, and to the
 * coins, and takes from nothing. So searches stop at the first coin with which a choice suffices.
 */

/** The number of coins that a deposit may have. */
export const MOST_COINS = 256;

export class CoinProblem {
  /** `coins` is [{coin, remaining, fee}], no fee above what remains; `unit` is kept for who made the problem. */
  constructor({ coins, amount, maxFee, of, unit }) {
    this.coins = [...coins].sort((a, b) => order(b.remaining, a.remaining) || order(a.fee, b.fee));
    this.amount = amount;
    this.maxFee = maxFee;
    this.of = of;
    this.unit = unit;
    this.zero = of(0);
    this.one = of(1);
    this.best = null;
    this.work = { nodes: 0, cells: 0, evaluations: 0 };
  }

  /** Whether all coins together suffice, however many they are. */
  get isPossible() {
    return this.coins.length > 0 && this.total(this.coins) >= this.goal(this.fees(this.coins));
  }

  total(coins) {
    return coins.reduce((all, { remaining }) => all + remaining, this.zero);
  }

  fees(coins) {
    return coins.reduce((all, { fee }) => all + fee, this.zero);
  }

  /** What the buyer has to contribute when the deposit fees sum up to `fees`. */
  goal(fees) {
    return this.amount + (fees > this.maxFee ? fees - this.maxFee : this.zero);
  }

  /**
   * Whether a choice that costs `fees`, has `count` coins and holds `held` could be better than the best: no choice with these numbers
   * is better than [contributions, split coins, fees, coins, held] as compared here.
   */
  couldBeBest(held, fees, count) {
    if (this.best === null) return true;
    const goal = this.goal(fees);
    return isBefore([goal, held === goal ? 0 : 1, fees, count, held], this.best.order);
  }

  /** Takes a choice that suffices when it is better than the best so far. */
  offer(chosen, held, fees) {
    if (!this.couldBeBest(held, fees, chosen.length)) return;
    this.work.evaluations += 1;
    let left = held - this.goal(fees);
    let split = 0;
    const rooms = chosen.map((coin) => this.#room(coin)).sort((a, b) => order(b, a));
    for (; left > this.zero && rooms[split] > this.zero; split++) left = rooms[split] < left ? left - rooms[split] : this.zero;
    const best = [this.goal(fees) + left, split, fees, chosen.length, held];
    if (this.best === null || isBefore(best, this.best.order)) this.best = { chosen: [...chosen], order: best };
  }

  /**
   * [{coin, contribution}] of the best choice: what is too much is taken off the coins with the most room, never below a coin's fee; what no
   * coin can keep is paid.
   */
  contributions() {
    const { chosen, order: [paid] } = this.best;
    let left = this.total(chosen) - paid;
    const contributions = new Map(chosen.map((coin) => [coin, coin.remaining]));
    for (const coin of [...chosen].sort((a, b) => order(this.#room(b), this.#room(a)))) {
      const room = this.#room(coin);
      const off = room < left ? room : left;
      contributions.set(coin, coin.remaining - off);
      left -= off;
    }
    return chosen.map((coin) => ({ coin: coin.coin, contribution: contributions.get(coin) }));
  }

  /** What a coin of a choice can keep. A contribution of nothing is none: a coin without a fee keeps one unit in the deposit. */
  #room({ remaining, fee }) {
    return remaining - (fee > this.zero ? fee : this.one);
  }
}

/** -1, 0 or 1. */
export function order(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether the numbers of `a` come before those of `b`, the first ones counting most. */
export function isBefore(a, b) {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] < b[i];
  }
  return false;
}
