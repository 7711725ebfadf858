// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Which fresh coins the rest of a coin becomes: compared with every possible choice, and bounded whatever an exchange lists. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount, sum } from "../core/amount.js";
import { MOST_FRESH_COINS, planRefresh } from "../core/refresh-plan.js";

const NOW = 1_700_000_000;
const K = (text) => Amount.parse(`KUDOS:${text}`);
const cents = (count) => new Amount("KUDOS", 1_000_000n * BigInt(count));

function kind(id, value, feeWithdraw, changes = {}) {
  return { id, value, feeWithdraw, feeDeposit: K("0"), start: NOW - 10, expireWithdraw: NOW + 100_000, expireDeposit: NOW + 200_000,
    rsaKey: {}, lost: false, revoked: false, ...changes };
}

const powers = Array.from({ length: 11 }, (_, k) => kind(`d${k}`, cents(2 ** k), K("0"), { feeDeposit: new Amount("KUDOS", 1n) }));

/** The plan, after what must hold for each has been checked. */
function plan(remaining, fee, kinds) {
  const made = planRefresh(remaining, fee, kinds, NOW);
  if (made === null) return null;
  assert.ok(made.denominations.length > 0 && made.denominations.length <= MOST_FRESH_COINS);
  assert.ok(made.amount.compare(remaining) <= 0, "no more than the coin has");
  const value = sum("KUDOS", made.denominations.map((one) => one.value));
  const fees = sum("KUDOS", made.denominations.map((one) => one.feeWithdraw));
  assert.equal(made.value.toString(), value.toString());
  assert.equal(made.withdrawFees.toString(), fees.toString());
  assert.equal(made.amount.toString(), value.add(fees).add(fee).toString());
  const values = made.denominations.map((one) => one.value.units);
  assert.deepEqual(values, [...values].sort((a, b) => (a < b ? 1 : -1)), "largest first");
  return made;
}

test("all that is left after the fee becomes coins, and few", () => {
  const made = plan(K("5.15"), K("0.03"), powers);
  assert.equal(made.amount.toString(), "KUDOS:5.15");
  assert.equal(made.denominations.length, 1);
  assert.equal(plan(K("10.26"), K("0.03"), powers).denominations.length, 10);
});

test("what is not more than the fee, or too little for a coin, gives nothing", () => {
  assert.equal(plan(K("0.03"), K("0.03"), powers), null);
  assert.equal(plan(K("0.02"), K("0.03"), powers), null);
  assert.equal(plan(K("0.035"), K("0.03"), powers), null);
  assert.equal(plan(K("1"), K("0.03"), []), null);
  assert.equal(plan(K("1"), K("0.03"), [kind("eaten", K("0.02"), K("0.01"), { feeDeposit: K("0.01") })]), null);
});

test("what cannot be withdrawn now is not planned", () => {
  for (const changes of [{ lost: true }, { revoked: true }, { rsaKey: null }, { start: NOW + 1 }, { expireWithdraw: NOW + 60 }]) {
    assert.equal(plan(K("5"), K("0.03"), powers.map((one) => ({ ...one, ...changes }))), null);
  }
});

test("of two keys of a value the cheaper one is taken, of equal ones the one that can be spent longer", () => {
  const first = kind("first", K("1"), K("0.01"));
  const dear = kind("dear", K("1"), K("0.02"), { expireDeposit: NOW + 900_000 });
  const longer = kind("longer", K("1"), K("0.01"), { expireDeposit: NOW + 300_000 });
  for (const kinds of [[first, dear, longer], [longer, dear, first]]) {
    assert.deepEqual(plan(K("1.05"), K("0.03"), kinds).denominations.map(({ id }) => id), ["longer"]);
  }
});

test("of random exchanges none offers a better choice", () => {
  let state = 4711;
  const random = (bound) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * bound);
  };
  let found = 0;
  for (let round = 0; round < 400; round++) {
    const kinds = Array.from({ length: 1 + random(4) }, (_, i) => {
      const value = 1 + random(30);
      return kind(`d${i}`, cents(value), cents(random(Math.min(value, 4))));
    });
    const [remaining, fee] = [cents(random(60)), cents(random(4))];
    const made = plan(remaining, fee, kinds);
    const best = bestChoice(kinds, Number((remaining.units - fee.units) / 1_000_000n));
    if (best === null) {
      assert.equal(made, null);
    } else {
      found += 1;
      assert.deepEqual([made.value.toString(), made.withdrawFees.toString(), made.denominations.length],
        [cents(best[0]).toString(), cents(best[1]).toString(), best[2]]);
    }
  }
  assert.ok(found > 200);
});

/** By trying every choice: [value, fees, coins], worth the most, then the least fees, then the fewest coins. */
function bestChoice(kinds, budget) {
  let best = null;
  const extend = (from, value, fees, coins) => {
    if (coins > 0 && (best === null || value > best[0] || (value === best[0] && (fees < best[1] || (fees === best[1] && coins < best[2]))))) {
      best = [value, fees, coins];
    }
    if (coins === MOST_FRESH_COINS) return;
    for (let i = from; i < kinds.length; i++) {
      const [worth, fee] = [kinds[i].value, kinds[i].feeWithdraw].map((amount) => Number(amount.units / 1_000_000n));
      if (fee < worth && value + fees + worth + fee <= budget) extend(i, value + worth, fees + fee, coins + 1);
    }
  };
  extend(0, 0, 0, 0);
  return best;
}

test("a large amount takes the largest coins first, and an exchange with awkward fees keeps nobody waiting", () => {
  assert.equal(plan(K("100"), K("0.03"), powers).denominations[0].value.toString(), "KUDOS:10.24");
  const huge = [kind("huge", K("4503599627370495"), K("0")), ...powers];
  assert.equal(plan(K("4503599627370496"), K("0.03"), huge).denominations[0].id, "huge");
  const awkward = powers.map((one, i) => ({ ...one, feeWithdraw: new Amount("KUDOS", BigInt(i) * 7n + 1n) }));
  const made = plan(K("9.99999999"), K("0.03"), awkward);
  assert.ok(made.value.compare(K("9.96")) >= 0, made.value.toString());
  assert.equal(plan(K("100000"), K("0.03"), powers).denominations.length, MOST_FRESH_COINS);
});
