// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the popup shows, read at one time. */

import { lastBackup } from "./backup-date.js";
import { coinGroups } from "./coin-view.js";
import { addressOf } from "./names.js";

/** A finished or failed withdrawal is shown as long as it may be news (seconds). */
const NEWS = 86_400;

/** At most `limit` entries and purchases; `time` is now (seconds). */
export async function readWallet(wallet, { limit, time }) {
  const [balances, history, coins, purchases, reserves, last] = await Promise.all([
    wallet.balances(), wallet.history({ limit }), wallet.store.coins(), wallet.store.purchases(), wallet.store.reserves(), lastBackup(),
  ]);
  return {
    balances,
    history,
    coins: coinGroups(coins),
    unfinished: purchases.filter(({ state }) => state === "pending"),
    purchases: purchases.filter(({ state }) => state !== "pending").slice(0, limit),
    arriving: await Promise.all(reserves.filter((one) => isNews(one, time)).map(async (reserve) => ({ reserve, address: await bankAddress(wallet, reserve) }))),
    last,
    holdsCoins: coins.some(({ state }) => state !== "spent"),
  };
}

function isNews({ state, created }, time) {
  return state !== "done" && (state !== "failed" || time - created < NEWS);
}

/** Where a withdrawal that waits for the person goes on. */
async function bankAddress(wallet, reserve) {
  if (reserve.source?.kind !== "page" || (reserve.state !== "created" && reserve.state !== "handed")) return null;
  const address = await Promise.resolve(wallet.withdrawals.callbackAddress(reserve)).catch(() => null);
  return address === null ? null : addressOf(reserve.source.origin, address);
}
