// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the wallet's records sum up to, each exchange and currency by itself. */

import { Amount } from "../core/amount.js";
import { now } from "../core/time.js";
import { CoinState, Entry, ReserveState } from "./records.js";

/** Reserves in these states hold money, or may, that is on its way to become coins. */
const ARRIVING = new Set([ReserveState.asked, ReserveState.wired, ReserveState.planned]);

const MEMBER = { [CoinState.free]: "free", [CoinState.locked]: "locked", [CoinState.melting]: "change" };

/**
 * [{exchange, masterPub, currency, free, doubtful, locked, change, arriving}] (Amounts), of each accepted exchange and of those that still hold
 * something (at an address that has another master key now, say), in the order in which they were accepted. `doubtful`: nothing holds it, and its
 * exchange has yet to say whether it is there. Coins that can no longer be deposited count as nothing.
 */
export function balancesOf({ exchanges, coins, reserves }, time = now()) {
  const balances = new Map();
  const of = (exchange, masterPub, currency) => {
    const key = JSON.stringify([masterPub, currency]);
    if (!balances.has(key)) balances.set(key, { exchange, masterPub, currency, free: 0n, doubtful: 0n, locked: 0n, change: 0n, arriving: 0n });
    return balances.get(key);
  };
  const accepted = exchanges.filter((one) => typeof one.accepted === "number").sort((a, b) => a.accepted - b.accepted);
  for (const { url, masterPub, currency } of accepted) of(url, masterPub, currency);
  for (const coin of coins) {
    const { currency, units } = Amount.parse(coin.remaining);
    const isDoubtful = coin.state === CoinState.free && coin.doubt === true;
    const member = isDoubtful ? "doubtful" : MEMBER[coin.state];
    if (coin.state === CoinState.free && coin.expireDeposit <= time) continue;
    if (member !== undefined && units > 0n) of(coin.exchange, coin.masterPub, currency)[member] += units;
  }
  for (const reserve of reserves.filter(({ state }) => ARRIVING.has(state))) {
    const amount = Amount.parse(reserve.amount);
    const rest = amount.units - (reserve.withdrawn === null ? 0n : Amount.parse(reserve.withdrawn).units);
    if (rest > 0n) of(reserve.exchange, reserve.masterPub, amount.currency).arriving += rest;
  }
  return [...balances.values()].map((one) => ({
    ...one, ...Object.fromEntries(["free", "doubtful", "locked", "change", "arriving"].map((name) => [name, new Amount(one.currency, one[name])])),
  }));
}

/** [{masterPub, currency, ledger, coins, agrees}]: sums in units of 10^-8 (BigInt) of the ledger, and of what the coins hold. They must agree. */
export function booksOf({ ledger, coins }) {
  const books = new Map();
  const of = (masterPub, currency) => {
    const key = JSON.stringify([masterPub, currency]);
    if (!books.has(key)) books.set(key, { masterPub, currency, ledger: 0n, coins: 0n });
    return books.get(key);
  };
  for (const { masterPub, currency, sign, amount } of ledger) of(masterPub, currency).ledger += BigInt(sign) * Amount.parse(amount).units;
  for (const { masterPub, remaining } of coins) {
    const { currency, units } = Amount.parse(remaining);
    of(masterPub, currency).coins += units;
  }
  return [...books.values()].map((one) => ({ ...one, agrees: one.ledger === one.coins }));
}

/**
 * Entries of the ledger with a number below `before`, newest first, at most `limit`: {number, time, kind, sign, amount, fee (Amounts), masterPub,
 * reference, title, purchase (of payments and refunds), reserve (of withdrawals), ownFee (Amount: of the fee, what the wallet's owner bears)},
 * purchase and reserve being records or undefined.
 */
export function historyOf({ ledger, purchases, reserves }, { limit = 100, before = Infinity } = {}) {
  const purchase = new Map(purchases.map((one) => [one.id, one]));
  const reserve = new Map(reserves.map((one) => [one.reservePub, one]));
  return ledger.filter(({ number }) => number < before).sort((a, b) => b.number - a.number).slice(0, limit).map((entry) => ({
    ...entry, amount: Amount.parse(entry.amount), fee: Amount.parse(entry.fee),
    purchase: purchase.get(entry.reference), reserve: reserve.get(entry.reference), ownFee: ownFee(entry, purchase.get(entry.reference)),
  }));
}

/** Of a payment the buyer bears what its coins contributed beyond the price; the shop bears the rest of the deposit fees. */
function ownFee({ kind, amount, fee }, purchase) {
  if (kind !== Entry.payment) return Amount.parse(fee);
  const paid = Amount.parse(amount);
  const price = typeof purchase?.amount === "string" ? Amount.parse(purchase.amount) : paid;
  return price.currency === paid.currency && paid.compare(price) > 0 ? paid.subtract(price) : Amount.zero(paid.currency);
}
