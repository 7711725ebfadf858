// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The work of a coin selection on wallets that are made to be hard: counted, not timed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_NODES } from "../core/coin-search.js";
import { selectCoins, whyNoChoice } from "../core/coin-selection.js";
import { MOST_CELLS } from "../core/coin-sums.js";
import { CENT, coinsOf, MOST_COINS, orderOf, randomFrom, selectedOrder, U } from "./support/coin-orders.mjs";

/** A thousand coins each. */
const hostile = {
  "different values in cents": (random, n) => Array.from({ length: n }, (_, i) => [CENT * (1 + i), CENT * random(2)]),
  "the denominations of an exchange": (random, n) => Array.from({ length: n }, (_, i) => [CENT * 2 ** (i % 11), CENT]),
  "another fee for each": (random, n) => Array.from({ length: n }, (_, i) => [100 * CENT + 2 * i, CENT + ((i * 7919) % 1009)]),
  "values that hardly differ": (random, n) => Array.from({ length: n }, (_, i) => [2 * CENT + 2 * i, 2]),
  "fractions of all kinds": (random, n) => Array.from({ length: n }, () => [CENT + random(100 * CENT), random(CENT)]),
  "coins that are their fees": (random, n) => Array.from({ length: n }, () => [CENT + random(3), CENT]),
  "coins that are all alike": (random, n) => Array.from({ length: n }, () => [CENT, CENT / 100]),
  "two kinds": (random, n) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? [CENT, 0] : [CENT * 1000, CENT * 999])),
};

for (const [name, make] of Object.entries(hostile)) {
  test(`a wallet with ${name} costs bounded work, and pays whenever it can`, () => {
    for (const n of [1000, 4000]) {
      const random = randomFrom(n);
      const pairs = make(random, n);
      const from = coinsOf(pairs);
      const all = pairs.reduce((sum, [remaining]) => sum + remaining, 0);
      const largest = pairs.map(([remaining]) => remaining).sort((a, b) => b - a).slice(0, MOST_COINS).reduce((sum, one) => sum + one, 0);
      for (const amount of [1, CENT, Math.floor(largest / 3), Math.floor(largest / 3) + 1, largest, largest + 1, all, all + 1]) {
        for (const maxFee of [0, 5 * CENT, all]) {
          const work = {};
          const choice = selectCoins(from, U(amount), U(maxFee), work);
          assert.ok(work.nodes <= MOST_NODES + MOST_COINS && work.cells <= MOST_CELLS && work.evaluations <= MOST_NODES, JSON.stringify(work));
          selectedOrder(choice, amount, maxFee);
          if (maxFee === all) assert.equal(choice !== null, amount <= largest, `${amount} of ${largest}`);
          if (choice === null) assert.equal("missing" in whyNoChoice(from, U(amount), U(maxFee)), !suffices(pairs, amount, maxFee));
        }
      }
    }
  });
}

function suffices(pairs, amount, maxFee) {
  return orderOf(pairs, amount, maxFee) !== null;
}

test("fourteen coins are searched to the end, whatever they are", () => {
  const random = randomFrom(14);
  for (let round = 0; round < 200; round++) {
    const pairs = Array.from({ length: 14 }, (_, i) => [100 * CENT + 2 * random(1000) * (i + 1), 1 + random(CENT)]);
    const all = pairs.reduce((sum, [remaining]) => sum + remaining, 0);
    const work = {};
    selectCoins(coinsOf(pairs), U(Math.floor((all * (1 + random(9))) / 10) + 1), U(random(CENT)), work);
    assert.ok(work.nodes <= MOST_NODES && work.cells === 0, JSON.stringify(work));
  }
});
