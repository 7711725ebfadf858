// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an outcome does to the coins of a purchase, inside the transaction that stores it. */

import { CoinState, Entry, Exposed, PurchaseState } from "../records.js";
import { StateChanged } from "./access.js";
import { isAsSeen } from "./coins.js";
import { book, currencyOf, holding, unitsOf } from "./entries.js";
import { applyFacts, arrived, refundKey } from "./facts.js";
import { coinsOf, partOf } from "./tries.js";

/** Whether nothing of a purchase is under way or paid. */
export function isOver({ state }) {
  return state === PurchaseState.refused || state === PurchaseState.givenUp;
}

/** The parts of a purchase whose coins it holds: [{part, coin}]. */
async function locked(stores, purchase) {
  const held = [];
  for (const part of purchase.coins) {
    const coin = await stores.coins.get(part.coinPub);
    if (coin?.state === CoinState.locked && coin.lockedFor === purchase.id) held.push({ part, coin });
  }
  return held;
}

/** Takes the contributions of the coins that `isPaid` names and frees the others; one entry in the ledger for each exchange. */
export async function takeAll(stores, purchase, isPaid) {
  const coins = [...purchase.coins];
  const sums = new Map();
  for (const { part, coin } of await locked(stores, purchase)) {
    const free = { ...coin, lockedFor: null };
    if (!isPaid(coin.coinPub)) {
      await stores.coins.put(holding(free, unitsOf(coin.remaining), { state: CoinState.free, exposed: Exposed.givenUp }));
      continue;
    }
    const next = holding(free, unitsOf(coin.remaining) - unitsOf(part.contribution), { state: CoinState.free, exposed: Exposed.split });
    await stores.coins.put(next);
    coins[coins.indexOf(part)] = { ...part, taken: true };
    const sum = sums.get(coin.masterPub) ?? { units: 0n, fee: 0n };
    sums.set(coin.masterPub, {
      units: sum.units + unitsOf(next.remaining) - unitsOf(coin.remaining), fee: sum.fee + unitsOf(coin.feeDeposit),
    });
  }
  for (const [masterPub, { units, fee }] of sums) {
    await book(stores, {
      kind: Entry.payment, masterPub, currency: currencyOf(purchase.total), units, fee, reference: purchase.id, title: purchase.title,
    });
  }
  const state = coins.some(({ coinPub, taken }) => taken || isPaid(coinPub)) ? PurchaseState.paid : PurchaseState.givenUp;
  await stores.purchases.put({ ...purchase, coins, state });
}

/** A purchase of which something came back was paid: a pending try as a whole, one that was over by the coins that are proven. Gives the purchase. */
export async function provenPaid(stores, purchase, coinPubs) {
  const isOfThisTry = purchase.coins.some(({ coinPub }) => coinPubs.has(coinPub));
  if (purchase.state === PurchaseState.pending && isOfThisTry) await takeAll(stores, purchase, () => true);
  for (const coinPub of coinPubs) {
    const now = await stores.purchases.get(purchase.id);
    const part = partOf(now, coinPub);
    // What a shop took as paid has left its coin.
    if (part === undefined || part.taken || (!isOver(purchase) && isOfThisTry && now.coins.includes(part))) continue;
    const coin = await stores.coins.get(coinPub);
    if (coin === undefined) continue;
    const left = await arrived(stores, now, coin);
    await stores.coins.put(holding(left, unitsOf(left.remaining)));
  }
  return stores.purchases.get(purchase.id);
}

export async function creditCoin(stores, id, coin, { transactionID, credited }) {
  const units = unitsOf(coin.remaining) + unitsOf(credited);
  if (units > unitsOf(coin.value)) throw new StateChanged("a coin would be worth more than when it was new");
  const refunds = [...(coin.refunds ?? []), refundKey(id, transactionID)];
  await stores.coins.put(holding(coin, units, { refunds, exposed: Exposed.refunded }));
}

export async function bookCredits(stores, purchase, news) {
  const sums = new Map();
  for (const { coinPub, amount, credited } of news) {
    const { masterPub } = await stores.coins.get(coinPub);
    const sum = sums.get(masterPub) ?? { units: 0n, fee: 0n };
    sums.set(masterPub, { units: sum.units + unitsOf(credited), fee: sum.fee + unitsOf(amount) - unitsOf(credited) });
  }
  for (const [masterPub, { units, fee }] of sums) {
    await book(stores, {
      kind: Entry.refund, masterPub, currency: currencyOf(purchase.amount), units, fee, reference: purchase.id, title: purchase.title,
    });
  }
}

/**
 * A refusal frees the coins that `proofs` (Map of coinPub to {seen (the coin), facts or null}) do not show as deposited for it; they are exposed,
 * for the shop has their signatures. Each is what its facts prove, or in doubt without them. A deposit for this contract means that it is paid,
 * whatever the shop says. `purchase` has the refusal in it.
 */
export async function refuseAll(stores, purchase, proofs) {
  const isDeposited = (coinPub) => proofs.get(coinPub)?.facts?.deposits.includes(purchase.id) === true;
  const held = await locked(stores, purchase);
  if (held.some(({ coin }) => isDeposited(coin.coinPub))) {
    await takeAll(stores, { ...purchase, proven: true }, isDeposited);
    for (const { coin: { coinPub } } of held) if (!isDeposited(coinPub)) await stores.coins.put({ ...await stores.coins.get(coinPub), doubt: true });
    return;
  }
  await stores.purchases.put({ ...purchase, state: PurchaseState.refused });
  for (const { coin } of held) {
    const { seen, facts } = proofs.get(coin.coinPub) ?? { facts: null };
    const free = { ...coin, state: CoinState.free, lockedFor: null, exposed: Exposed.givenUp };
    if (facts === null || !isAsSeen(coin, seen)) await stores.coins.put(holding(free, unitsOf(free.remaining), { doubt: true }));
    else await applyFacts(stores, free, facts);
  }
}

/**
 * A purchase that is paid by a shop's word becomes what its coins' histories prove (`proofs` as above, of all its coins that are here): what is not
 * deposited is the wallet's again, and exposed; without any deposit the purchase is given up. Throws StateChanged when a coin has changed meanwhile.
 */
export async function verifyAll(stores, purchase, proofs) {
  const isDeposited = (coinPub) => proofs.get(coinPub).facts.deposits.includes(purchase.id);
  const untaken = (one) => (proofs.has(one.coinPub) && !isDeposited(one.coinPub) ? { ...one, taken: false } : one);
  const next = {
    ...purchase, proven: true, coins: purchase.coins.map(untaken),
    earlier: (purchase.earlier ?? []).map((one) => ({ ...one, coins: one.coins.map(untaken) })),
  };
  const isPaid = coinsOf(next).some((coinPub) => partOf(next, coinPub).taken === true || (proofs.has(coinPub) && isDeposited(coinPub)));
  await stores.purchases.put({ ...next, state: isPaid ? PurchaseState.paid : PurchaseState.givenUp });
  for (const [coinPub, { seen, facts }] of proofs) {
    const wasTaken = partOf(purchase, coinPub).taken === true;
    if (wasTaken === isDeposited(coinPub)) continue;
    const coin = await stores.coins.get(coinPub);
    if (!isAsSeen(coin, seen)) throw new StateChanged("the coin has changed meanwhile");
    await applyFacts(stores, wasTaken ? { ...coin, exposed: Exposed.givenUp } : coin, facts);
  }
}
