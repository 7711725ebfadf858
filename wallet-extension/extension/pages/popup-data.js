// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the popup shows, read at one time. */

import { isDismissed } from "../../engine/withdrawals.js";
import { lastBackup, lastKept } from "./backup-date.js";
import { coinGroups } from "./coin-view.js";
import { addressOf } from "./names.js";

/** A failed withdrawal is shown this long (seconds); the full page shows all. */
const NEWS = 30 * 86_400;

/** At most `limit` entries and purchases; `time` is now (seconds). */
export async function readWallet(wallet, { limit, time, isFull = false }) {
  const [balances, history, coins, purchases, reserves, last, kept] = await Promise.all([
    wallet.balances(), wallet.history({ limit }), wallet.store.coins.all(), wallet.store.purchases.all(), wallet.store.reserves.all(), lastBackup(), lastKept(),
  ]);
  return {
    balances,
    history: history.map(({ time, kind, sign, amount, ownFee, reference, title, purchase }) => (
      { time, kind, sign, amount, fee: ownFee, isProven: reference !== "", title: title || purchase?.title || purchase?.merchant || "" })),
    coins: coinGroups(coins),
    unfinished: purchases.filter(({ state }) => state === "pending").map(shown),
    purchases: purchases.filter(({ state }) => state !== "pending").slice(0, limit).map(shown),
    arriving: reserves.filter((one) => isFull || isNews(one, time)).filter((one) => one.state !== "done" && !isDismissed(one)).map((reserve) => arriving(wallet, reserve)),
    last,
    kept,
    holdsCoins: coins.some(({ state }) => state !== "spent"),
  };
}

function isNews({ state, created }, time) {
  return state !== "failed" || time - created < NEWS;
}

/** What is shown of a purchase: its texts and permission stay where they are. */
function shown({ id, origin, url, execURL, merchant, title, total, state, refunds, created }) {
  return { id, origin, url, execURL, merchant, title, total, state, refunds, created };
}

/** What is shown of a reserve: not its secrets. */
function arriving(wallet, reserve) {
  const { reservePub, exchange, amount, state, problem, source } = reserve;
  return { reservePub, amount, state, problem, from: source?.origin ?? exchange, address: bankAddress(wallet, reserve) };
}

/** Where a withdrawal that waits for the person goes on. */
function bankAddress(wallet, reserve) {
  if (reserve.source?.kind !== "page" || (reserve.state !== "created" && reserve.state !== "handed")) return null;
  return addressOf(reserve.source.origin, wallet.withdrawals.callbackAddress(reserve));
}
