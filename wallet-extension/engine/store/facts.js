// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What an exchange proves about a coin, brought into the books. Facts are {balance (Amount), deposits (contract hashes), melts (refresh
 * commitments), refunds [{contract, transactionID, amount, credited} (Amounts)]}, the whole history of the coin, each entry verified.
 */

import { CoinState, Entry, Exposed, PurchaseState, RefreshState } from "../records.js";
import { book, bookDifference, currencyOf, holding, textOf, unitsOf } from "./entries.js";
import { backTo, partOf, withTaken } from "./tries.js";

/** The stores that a transaction with facts is over. */
export const FACT_STORES = ["coins", "purchases", "refreshes", "ledger"];

/**
 * Gives a coin what is proven, inside a transaction: payments that arrived after they had been given up are paid, refunds that no shop has
 * told of are credited, a melt that counted as failed goes on; what differs then is a loss or a find. `fresh` are coins that the melts of
 * this coin have made, found by link; null when nobody has looked, and then a coin with a melt that is not known here stays in doubt.
 * Gives the coin as it is then.
 */
export async function applyFacts(stores, coin, facts, fresh = null) {
  const purchases = (await stores.purchases.all()).filter((one) => partOf(one, coin.coinPub) !== undefined);
  const deposits = new Set(facts.deposits);
  let current = coin.state === CoinState.refused ? { ...coin, state: CoinState.free } : coin;
  let expected = facts.balance.units;

  for (const purchase of purchases) {
    const { contribution, taken } = partOf(purchase, coin.coinPub);
    const isHeld = purchase.state === PurchaseState.pending && current.lockedFor === purchase.id;
    // What the shop has been promised is not the wallet's, whether the exchange has it already or not.
    if (taken && !deposits.has(purchase.id)) expected -= unitsOf(contribution);
    if (isHeld && deposits.has(purchase.id)) expected += unitsOf(contribution);
    if (!taken && !isHeld && deposits.has(purchase.id)) current = await arrived(stores, purchase, current);
  }
  // Nor is what became fresh coins, should the exchange have forgotten it.
  for (const { amount } of await forgottenMelts(stores, coin, new Set(facts.melts))) expected -= unitsOf(amount);
  for (const refund of facts.refunds) current = await creditUntold(stores, refund, current);

  const refresh = await refreshUnderWay(stores, current, new Set(facts.melts));
  if (refresh !== null) {
    expected += unitsOf(refresh.amount);
    current = { ...current, state: CoinState.melting, lockedFor: refresh.id };
  }
  const known = unitsOf(current.remaining);
  const doubt = fresh === null && !(await areKnown(stores, facts.melts));
  const next = holding(current, expected, { doubt });
  await stores.coins.put(next);
  await bookFacts(stores, coin, unitsOf(next.remaining) - known, await putFresh(stores, fresh ?? []));
  return next;
}

async function forgottenMelts(stores, { coinPub }, melts) {
  return (await stores.refreshes.all()).filter((one) => one.coinPub === coinPub && one.state === RefreshState.done && !melts.has(one.id));
}

async function areKnown(stores, melts) {
  const records = await Promise.all([...melts].map((id) => stores.refreshes.get(id)));
  return records.every((record) => record !== undefined);
}

/** Puts the coins that are not there; gives the sum of their values in units. */
export async function putFresh(stores, coins) {
  let units = 0n;
  for (const coin of coins) {
    if ((await stores.coins.get(coin.coinPub)) !== undefined) continue;
    await stores.coins.put(coin);
    units += unitsOf(coin.value);
  }
  return units;
}

/** A melt that this database did not know, and its coins, are one change: what it cost. */
async function bookFacts(stores, coin, difference, fresh) {
  const units = difference + fresh;
  if (fresh === 0n || units > 0n) return bookDifference(stores, coin, units);
  return book(stores, {
    kind: Entry.refresh, masterPub: coin.masterPub, currency: currencyOf(coin.value), units, fee: -units, reference: coin.coinPub,
  });
}

/**
 * The exchange has taken the coin for a contract that counted as refused or given up, or for an earlier try of one that is being paid with other
 * coins: then that try is the one that counts, unless the other has paid, too. Gives the coin, which is not put.
 */
export async function arrived(stores, purchase, coin) {
  const isOfThisTry = purchase.coins.some(({ coinPub }) => coinPub === coin.coinPub);
  const isBack = !isOfThisTry && !purchase.coins.some(({ taken }) => taken);
  if (isBack) await release(stores, purchase);
  const next = withTaken(isBack ? backTo(purchase, coin.coinPub) : purchase, coin.coinPub);
  const state = purchase.state === PurchaseState.pending && !isBack ? purchase.state : PurchaseState.paid;
  await stores.purchases.put({ ...next, state });
  return take(stores, purchase, partOf(next, coin.coinPub), coin);
}

/** The coins of a try that is not wanted any more are free; its permission is with the shop. */
async function release(stores, purchase) {
  for (const { coinPub } of purchase.coins) {
    const coin = await stores.coins.get(coinPub);
    if (coin?.lockedFor !== purchase.id) continue;
    await stores.coins.put(holding({ ...coin, lockedFor: null }, unitsOf(coin.remaining), { state: CoinState.free, exposed: Exposed.givenUp, doubt: true }));
  }
}

/** Takes a contribution off its coin and books it. The coin is not put. */
export async function take(stores, purchase, { contribution }, coin) {
  const held = unitsOf(coin.remaining);
  const units = unitsOf(contribution) < held ? unitsOf(contribution) : held;
  await book(stores, {
    kind: Entry.payment, masterPub: coin.masterPub, currency: currencyOf(coin.value), units: -units, fee: unitsOf(coin.feeDeposit),
    reference: purchase.id, title: purchase.title,
  });
  return { ...coin, remaining: textOf(currencyOf(coin.value), held - units), exposed: Exposed.split };
}

async function creditUntold(stores, { contract, transactionID, amount, credited }, coin) {
  const purchase = await stores.purchases.get(contract);
  if (isCredited(purchase, coin, contract, transactionID)) return coin;
  if (purchase !== undefined) {
    const refund = { coinPub: coin.coinPub, transactionID, amount: amount.toString(), credited: credited.toString() };
    await stores.purchases.put({ ...purchase, refunds: [...(purchase.refunds ?? []), refund] });
  }
  await book(stores, {
    kind: Entry.refund, masterPub: coin.masterPub, currency: credited.currency, units: credited.units,
    fee: amount.units - credited.units, reference: contract, title: purchase?.title ?? "",
  });
  return {
    ...coin, remaining: textOf(credited.currency, unitsOf(coin.remaining) + credited.units), exposed: Exposed.refunded,
    refunds: [...(coin.refunds ?? []), refundKey(contract, transactionID)],
  };
}

/** Whether a refund is in the books: the purchase knows, or (when the coin came by a backup without its purchase) the coin. */
export function isCredited(purchase, coin, contract, transactionID) {
  return (purchase?.refunds ?? []).some((one) => one.coinPub === coin.coinPub && one.transactionID === transactionID)
    || (coin.refunds ?? []).includes(refundKey(contract, transactionID));
}

export function refundKey(contract, transactionID) {
  return `${contract}:${transactionID}`;
}

/** The refresh that holds the coin if the exchange has melted for it; one that failed before it was known to be melted is taken up again. */
async function refreshUnderWay(stores, coin, melts) {
  if (coin.state === CoinState.melting) {
    return melts.has(coin.lockedFor) ? (await stores.refreshes.get(coin.lockedFor)) ?? null : null;
  }
  if (coin.lockedFor !== null) return null;
  const late = (await stores.refreshes.all()).find((one) => one.coinPub === coin.coinPub && one.state === RefreshState.failed
    && one.hidden === null && melts.has(one.id));
  if (late === undefined) return null;
  await stores.refreshes.put({ ...late, state: RefreshState.planned, problem: null });
  return late;
}
