// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a bank's page asks for, as the session has it; checked once more by who asks the person. */

import { Amount } from "../../core/amount.js";

/** More than this (whole units) no bank sends to one reserve. */
const MOST = 1_000_000_000n;

/** A bank's words for its transfers, and the kinds of payto addresses that they reach. */
const TRANSFERS = new Map([
  ["test", "x-taler-bank"], ["x-taler-bank", "x-taler-bank"], ["sepa", "iban"], ["iban", "iban"],
]);

/** The withdrawal is not done. `reason` is the key of a text. */
export class WithdrawalRefused extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * {amount (Amount), callback, origin, page (addresses, page null when there is no way back), transfers (Set of payto kinds), suggested (text or
 * null)} of a session's detail {amount, callbackURL, wireTypes, suggestedExchange}. Throws WithdrawalRefused.
 */
export function readRequest({ origin, page, detail }) {
  const transfers = new Set(list(detail?.wireTypes).map((name) => TRANSFERS.get(String(name).toLowerCase())).filter((kind) => kind !== undefined));
  const amount = amountOf(detail?.amount);
  const callback = webAddress(detail?.callbackURL);
  if (callback === null || callback.origin !== origin) throw new WithdrawalRefused("withdraw_bad_callback");
  if (transfers.size === 0) throw new WithdrawalRefused("withdraw_bad_types");
  const suggested = webAddress(detail.suggestedExchange)?.href ?? null;
  const back = webAddress(page);
  return { amount, callback: callback.href, origin, page: back?.origin === origin ? back.href : null, transfers, suggested };
}

function amountOf(given) {
  let amount;
  try {
    amount = Amount.fromJSON(given);
  } catch (error) {
    throw new WithdrawalRefused(error instanceof RangeError ? "withdraw_bad_absurd" : "withdraw_bad_amount");
  }
  if (amount.isZero) throw new WithdrawalRefused("withdraw_bad_zero");
  if (amount.value > MOST) throw new WithdrawalRefused("withdraw_bad_absurd");
  return amount;
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function webAddress(value) {
  try {
    const url = new URL(value);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}
