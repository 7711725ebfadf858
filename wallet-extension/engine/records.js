// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the wallet's database holds. Amounts are texts (`CUR:1.5`), times seconds, keys and hashes canonical base32, seeds
 * Uint8Array(32). `masterPub` says of which exchange a coin, reserve or refresh is: of another exchange at the same address (a sandbox
 * that was set up anew, say) they stay stored and are not counted.
 *
 * exchanges: {url, masterPub, currency, json (/keys as it came), fetched, accepted (seconds, null when it was only looked at)}
 * coins: {coinPub, masterPub, exchange, seed, signature, denomPub, denomHash, value, feeDeposit, expireDeposit, remaining,
 *     state, lockedFor, exposed, from, refunds (those in the books, as `H_contract:number`; missing: none), doubt (its exchange is to be asked
 *     what it is worth), claimed (it came out of a file, and its exchange's keys have not confirmed its value)}
 * reserves: {reservePub, masterPub, exchange, seed, amount, source, state, planchets, made (number of planchets so far), withdrawn,
 *     problem ({reason, parameters, message}, or null), plans (refused runs in a row),
 *     dropped (refused planchets, until the history has told of them), looked (when one that was over was looked at last), dismissed (true: the person has forgotten it while it waited at the bank), doubt (its history at the exchange is to be read), created}
 * purchases: {id (H_contract), text, page, origin, payURL, execURL, merchant, merchantPub, correlation, title, amount, total, exchange,
 *     masterPub, permission, coins [{coinPub, remaining, contribution, taken (it has left the coin)}], state, expiry,
 *     refundDeadline, refusals [{status, code, hint, time, coinPub (named by it, or null)}], refunds, tries, created, url,
 *     attempt (which try the permission is of; missing: 1), earlier (tries before it, see store/tries.js), proven (its coins' histories have told)}
 * refreshes: {id (commitment), coinPub, masterPub, exchange, transferSecrets, reason (Exposed), denominations, amount, fee, hidden, state, problem,
 *     doubt (what its coins hold by now is to be asked), created}
 * ledger: {number, time, masterPub, currency, kind, sign, amount, fee, reference, title}
 */

/** Object stores and what makes each record's key. */
export const STORES = Object.freeze({
  coins: { keyPath: "coinPub" },
  reserves: { keyPath: "reservePub" },
  purchases: { keyPath: "id" },
  exchanges: { keyPath: "url" },
  refreshes: { keyPath: "id" },
  ledger: { keyPath: "number", autoIncrement: true },
});

/** `locked` and `melting` coins belong to the purchase or refresh in `lockedFor`; `refused` ones are set aside. */
export const CoinState = Object.freeze({
  free: "free", locked: "locked", melting: "melting", spent: "spent", refused: "refused",
});

/** Why a coin is refreshed before it pays again, if it can be. */
export const Exposed = Object.freeze({ split: "split", refunded: "refunded", givenUp: "givenUp", ending: "ending" });

export const PurchaseState = Object.freeze({ pending: "pending", paid: "paid", refused: "refused", givenUp: "givenUp" });

export const ReserveState = Object.freeze({
  created: "created", registered: "registered", asked: "asked", handed: "handed", wired: "wired", planned: "planned", done: "done",
  failed: "failed",
});

export const RefreshState = Object.freeze({ planned: "planned", melted: "melted", done: "done", failed: "failed" });

/** Kinds of ledger entries; `loss` and `found` are what the exchange proves against the wallet's own books. */
export const Entry = Object.freeze({
  withdrawal: "withdrawal", payment: "payment", refund: "refund", refresh: "refresh", loss: "loss", found: "found",
});
