// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** When a payment is looked after by the wallet itself. */

import { now } from "../core/time.js";
import { PurchaseState } from "./records.js";

const MONTH = 30 * 86_400;

/**
 * The time (seconds, Infinity for never) from which on the exchange is asked what became of a purchase's coins. A pending one: when its contract
 * expires. One that is paid by a shop's word: when its refund deadline has passed as well, so that a shop which took it in time has had its time.
 * In any case before the coins can no longer be changed: a month before the first of them ends, or in the middle of the time that it had left.
 * `coins`: Map of coinPub to coin.
 */
export function dueTime({ state, expiry, refundDeadline, created, coins: parts }, coins) {
  const ends = parts.map(({ coinPub }) => coins.get(coinPub)?.expireDeposit).filter(Number.isFinite);
  const end = Math.min(...ends);
  const safe = end - Math.min(MONTH, Math.max(0, end - created) / 2);
  const pending = expiry ?? Infinity;
  const agreed = state === PurchaseState.paid ? Math.max(expiry ?? created + MONTH, refundDeadline ?? 0) : pending;
  return Math.min(agreed, safe);
}

/** Whether the exchange can still say something of a purchase that is worth knowing: it is under way, or paid by a shop's word and its coins live. */
export function isOpen({ state, proven, coins: parts }, coins) {
  if (state === PurchaseState.pending) return true;
  // Early wallets did not keep what has left the coins.
  return state === PurchaseState.paid && proven !== true && parts.every(({ taken }) => taken !== undefined)
    && parts.some(({ coinPub }) => coins.get(coinPub)?.expireDeposit > now());
}
