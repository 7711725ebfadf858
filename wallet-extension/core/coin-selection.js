// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Which coins pay a contract, and what each contributes. F being the sum of the coins' deposit fees, the
 * contributions A must reach amount + max(0, F - max_fee). One coin (rarely more) may contribute less
 * than it holds and keeps the rest. In this order: the buyer pays least, the fewest coins are split, the fees are
 * lowest, the coins are fewest, and a split coin is a small one.
 *
 * The choice is the best of all for up to fourteen coins of any kind, and for as many coins as fit into coin-sums.js when their values are
 * multiples of a common unit (cents, say). Beyond that the best of a bounded search is taken, which always pays.
 */

import { Amount, sum } from "./amount.js";
import { CoinProblem, MOST_COINS } from "./coin-problem.js";
import { searchChoices } from "./coin-search.js";
import { seedChoices } from "./coin-seeds.js";
import { searchSums } from "./coin-sums.js";

/** Sums up to this are exact as Numbers; beyond it the search computes with BigInt. */
const LARGEST_NUMBER = 1n << 52n;

/**
 * `coins`: array of {id, remaining (Amount), feeDeposit (Amount)}; other members are kept. `work`, if given, gets the counts
 * {nodes, cells, evaluations} of what the choice has cost; each has a bound that does not depend on the coins.
 * Gives null when there is no choice (whyNoChoice tells why), else {coins: [{coin, contribution}], total (A), fees (F), feesByBuyer (A - amount)}.
 */
export function selectCoins(coins, amount, maxFee, work = {}) {
  const problem = problemOf(coins, amount, maxFee);
  if (problem.isPossible) {
    seedChoices(problem);
    const wasComplete = searchChoices(problem);
    if (!wasComplete && problem.best !== null) searchSums(problem);
  }
  Object.assign(work, problem.work);
  return problem.best === null ? null : describe(problem, amount);
}

/**
 * Why selectCoins gave null: {missing: Amount} when all coins together hold too little (by so much), {tooManyCoins: 256} when they hold
 * enough and no payment of at most so many coins was found.
 */
export function whyNoChoice(coins, amount, maxFee) {
  const { currency } = amount;
  const used = usable(coins, currency);
  const fees = sum(currency, used.map((coin) => coin.feeDeposit));
  const goal = fees.compare(maxFee) > 0 ? amount.add(fees.subtract(maxFee)) : amount;
  const held = sum(currency, used.map((coin) => coin.remaining));
  if (used.length > 0 && held.compare(goal) >= 0) return { tooManyCoins: MOST_COINS };
  return { missing: held.compare(goal) < 0 ? goal.subtract(held) : amount };
}

/** Coins that hold more than nothing, and their fee. With each of them more can be paid. */
function usable(coins, currency) {
  return coins.filter(({ remaining, feeDeposit }) => (
    remaining.currency === currency && !remaining.isZero && remaining.compare(feeDeposit) >= 0));
}

/** In a unit of which everything is a multiple. */
function problemOf(coins, amount, maxFee) {
  const used = usable(coins, amount.currency);
  const allFees = used.reduce((all, coin) => all + coin.feeDeposit.units, 0n);
  const allHeld = used.reduce((all, coin) => all + coin.remaining.units, 0n);
  // More than all fees cannot be borne.
  const borne = maxFee.units < allFees ? maxFee.units : allFees;
  // For nothing, a coin without a fee contributes the least that there is.
  let unit = amount.isZero ? 1n : greatestDivisor(amount.units, borne);
  for (const coin of used) unit = greatestDivisor(greatestDivisor(unit, coin.remaining.units), coin.feeDeposit.units);
  const isSmall = (allHeld + allFees + amount.units) / unit < LARGEST_NUMBER;
  const number = isSmall ? (units) => Number(units / unit) : (units) => units / unit;
  return new CoinProblem({
    coins: used.map((coin) => ({ coin, remaining: number(coin.remaining.units), fee: number(coin.feeDeposit.units) })),
    amount: number(amount.units), maxFee: number(borne), of: isSmall ? Number : BigInt, unit,
  });
}

function describe(problem, amount) {
  const { currency } = amount;
  const coins = problem.contributions().map(({ coin, contribution }) => (
    { coin, contribution: new Amount(currency, BigInt(contribution) * problem.unit) }));
  const total = sum(currency, coins.map((part) => part.contribution));
  const fees = sum(currency, coins.map((part) => part.coin.feeDeposit));
  return { coins, total, fees, feesByBuyer: total.subtract(amount) };
}

function greatestDivisor(a, b) {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}
