// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Entries of the ledger, made inside the transaction that changes the coins. */

import { Amount } from "../../core/amount.js";
import { now } from "../../core/time.js";
import { Entry } from "../records.js";

/**
 * Books a change of the coins of `masterPub`. `units` (BigInt, 10^-8) has the sign of the change, `fee` (units, not negative) is what of it
 * went to the exchange. Nothing at all is not booked.
 */
export async function book(stores, { kind, masterPub, currency, units, fee = 0n, reference, title = "" }) {
  if (units === 0n && fee === 0n) return;
  await stores.ledger.put({
    time: now(), masterPub, currency, kind, sign: units < 0n ? -1 : 1, amount: textOf(currency, units < 0n ? -units : units),
    fee: textOf(currency, fee), reference, title,
  });
}

/** What the exchange proves against the wallet's own books. */
export function bookDifference(stores, coin, units) {
  return book(stores, {
    kind: units < 0n ? Entry.loss : Entry.found, masterPub: coin.masterPub, currency: currencyOf(coin.value), units, reference: coin.coinPub,
  });
}

export function unitsOf(text) {
  return Amount.parse(text).units;
}

export function textOf(currency, units) {
  return new Amount(currency, units).toString();
}

export function currencyOf(text) {
  return Amount.parse(text).currency;
}

/** The coin with `units` left; what it does not hold it cannot lose. A coin that nothing holds is spent when it is empty, and free when it is not. */
export function holding(coin, units, changes = {}) {
  const remaining = units < 0n ? 0n : units;
  const next = { ...coin, ...changes, remaining: textOf(currencyOf(coin.value), remaining) };
  if (next.lockedFor !== null) return next;
  const state = next.state === "refused" ? "refused" : remaining === 0n ? "spent" : "free";
  return { ...next, state, exposed: state === "spent" ? null : next.exposed };
}
