// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an exchange takes for a coin, over all of its coins that can be had now. */

import { now } from "../../core/time.js";
import { isWithdrawable } from "../../core/withdraw-plan.js";

export const FEES = [
  ["feeWithdraw", "exchanges_fee_withdraw"], ["feeDeposit", "exchanges_fee_deposit"], ["feeRefresh", "exchanges_fee_refresh"],
  ["feeRefund", "exchanges_fee_refund"],
];

/** {least, most} (Amounts) of one kind of fee; null when no coin can be had. */
export function feeRange(denominations, name, time = now()) {
  const fees = denominations.filter((one) => isWithdrawable(one, time)).map((one) => one[name]);
  if (fees.length === 0) return null;
  return fees.reduce(({ least, most }, fee) => ({ least: fee.compare(least) < 0 ? fee : least, most: fee.compare(most) > 0 ? fee : most }),
    { least: fees[0], most: fees[0] });
}

/** `none`, `0.01 KUDOS`, `0.01 KUDOS to 0.05 KUDOS`. */
export function feeText(words, { least, most }) {
  if (most.isZero) return words.text("exchanges_fee_none");
  return least.compare(most) === 0 ? words.money(least) : words.text("exchanges_fee_range", { least, most });
}
