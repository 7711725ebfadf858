// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What counts of a restored wallet. */

import { now } from "../../core/time.js";
import { isOnItsWay } from "../../engine/withdrawals.js";

/**
 * `counts` of the records that came, as Backup.restore gives them, with what the wallet holds now in place of the file's coins and reserves: coins
 * that can be spent, and withdrawals that are still open. To be asked after the recovery.
 */
export async function restoredCounts(wallet, counts) {
  const [free, reserves] = [await wallet.store.coins.free(), await wallet.store.reserves.open()];
  const coins = free.filter(({ doubt, expireDeposit }) => doubt !== true && expireDeposit > now());
  return { ...counts, coins: coins.length, reserves: reserves.filter(isOnItsWay).length };
}
