// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What counts of a restored wallet: what it holds, not how many records came. */

import { now } from "../../core/time.js";
import { isOnItsWay } from "../../engine/withdrawals.js";

/** How many {coins, reserves}: coins that can be spent, and withdrawals that are still open. To be asked after the recovery. */
export async function heldNow(wallet) {
  const [free, reserves] = [await wallet.store.coins.free(), await wallet.store.reserves.open()];
  const coins = free.filter(({ doubt, expireDeposit }) => doubt !== true && expireDeposit > now());
  return { coins: coins.length, reserves: reserves.filter(isOnItsWay).length };
}
