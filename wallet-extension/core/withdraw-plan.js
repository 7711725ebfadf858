// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Which coins to withdraw from a reserve. */

/** The number of coins that one request may ask for. */
const MOST_COINS = 256;

/** Coins are not withdrawn in the last hour of a denomination: the request might come too late. */
const MARGIN = 3600;

/** Whether a denomination can be withdrawn at `time`. */
export function isWithdrawable(denomination, time) {
  return !denomination.lost && !denomination.revoked && denomination.rsaKey !== null
    && denomination.start <= time && time + MARGIN < denomination.expireWithdraw;
}

/**
 * The denominations (with repetition, largest first) to withdraw from `balance`, each costing its value and
 * its withdrawal fee. Of several keys of one value the one that can be spent longest is taken.
 */
export function planWithdrawal(balance, denominations, time) {
  const usable = denominations.filter((denomination) => !denomination.value.isZero && isWithdrawable(denomination, time));
  usable.sort((a, b) => b.value.compare(a.value) || b.expireDeposit - a.expireDeposit);
  const plan = [];
  let left = balance;
  for (const denomination of usable) {
    const cost = denomination.value.add(denomination.feeWithdraw);
    while (left.compare(cost) >= 0 && plan.length < MOST_COINS) {
      plan.push(denomination);
      left = left.subtract(cost);
    }
  }
  return { denominations: plan, left };
}
