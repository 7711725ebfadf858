// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Choices that are found quickly, and that pay whenever any does: the search begins with the best of them. Whether at most
 * 256 of many coins suffice is a question with two sides, what they hold and what is left of it after their fees; the sides are weighed
 * against each other in steps.
 */

import { MOST_COINS, order } from "./coin-problem.js";

/** How many weights between "what it holds" and "what is left of it after the fee". */
const WEIGHTS = 16;

/** Offers them to the problem. */
export function seedChoices(problem) {
  const { coins } = problem;
  const byRatio = [...coins].sort((a, b) => Number(a.fee) / Number(a.remaining) - Number(b.fee) / Number(b.remaining));
  const byFee = [...coins].sort((a, b) => order(a.fee, b.fee) || order(b.remaining, a.remaining));
  const smallFirst = [...coins].reverse();
  for (const sorted of [coins, byRatio, byFee, byRest(problem), smallFirst]) offerPrefix(problem, sorted);
  if (problem.best === null) offerMixtures(problem);
}

function byRest({ coins }) {
  return [...coins].sort((a, b) => order(b.remaining - b.fee, a.remaining - a.fee));
}

/** The first so many coins that suffice. */
function offerPrefix(problem, sorted) {
  const chosen = [];
  let [held, fees] = [problem.zero, problem.zero];
  for (const coin of sorted) {
    if (chosen.length === MOST_COINS) return;
    chosen.push(coin);
    held += coin.remaining;
    fees += coin.fee;
    if (held >= problem.goal(fees)) {
      offerTrimmed(problem, chosen);
      return;
    }
  }
}

/** Without the coins that are not needed: the last ones left out first, and the first ones. */
function offerTrimmed(problem, chosen) {
  for (const candidates of [[...chosen].reverse(), chosen]) {
    const kept = new Set(chosen);
    let [held, fees] = [problem.total(chosen), problem.fees(chosen)];
    for (const coin of candidates) {
      if (kept.size === 1 || held - coin.remaining < problem.goal(fees - coin.fee)) continue;
      kept.delete(coin);
      held -= coin.remaining;
      fees -= coin.fee;
    }
    problem.offer([...kept], held, fees);
  }
}

/** 256 coins each, from those that hold the most to those of which the most is left after their fees, one coin exchanged after the other. */
function offerMixtures(problem) {
  let chosen = null;
  for (let weight = 0; weight <= WEIGHTS; weight++) {
    const worth = ({ remaining, fee }) => problem.of(WEIGHTS) * remaining - problem.of(weight) * fee;
    const next = [...problem.coins].sort((a, b) => order(worth(b), worth(a))).slice(0, MOST_COINS);
    if (offerIfEnough(problem, next)) return;
    if (chosen !== null && offerBetween(problem, chosen, next)) return;
    chosen = next;
  }
}

function offerBetween(problem, from, to) {
  const [before, after] = [new Set(from), new Set(to)];
  const entering = to.filter((coin) => !before.has(coin));
  for (const leaving of from.filter((coin) => !after.has(coin))) {
    before.delete(leaving);
    before.add(entering.pop());
    if (offerIfEnough(problem, [...before])) return true;
  }
  return false;
}

function offerIfEnough(problem, chosen) {
  if (problem.total(chosen) < problem.goal(problem.fees(chosen))) return false;
  offerTrimmed(problem, chosen);
  return true;
}
