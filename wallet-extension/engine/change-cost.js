// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a payment costs after it is paid: what is left of a split coin is refreshed, and the exchange takes its fees for that. */

import { Amount } from "../core/amount.js";
import { planRefresh } from "../core/refresh-plan.js";
import { now } from "../core/time.js";

/**
 * The refresh and withdrawal fees (Amount) of the rests of a plan's coins (see selectCoins; each has its `record`), `denominations` being the
 * exchange's. A rest that is too little to be refreshed stays as it is, and costs nothing.
 */
export function changeCost({ coins, total }, denominations, time = now()) {
  let cost = Amount.zero(total.currency);
  for (const { coin, contribution } of coins) {
    const denomination = denominations.find(({ id }) => id === coin.record.denomHash);
    const rest = coin.remaining.subtract(contribution);
    const plan = rest.isZero || denomination === undefined ? null : planRefresh(rest, denomination.feeRefresh, denominations, time);
    if (plan !== null) cost = cost.add(plan.amount.subtract(plan.value));
  }
  return cost;
}
