// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** When the last backup was saved, and whether another one is due. Kept in `storage.local`: a restored wallet has not saved this profile. */

import { browser } from "../platform.js";

/** Kinds of entries that bring coins which no earlier backup can lead to. Change and refunds are found from their coins at the exchange. */
const NEW_MONEY = new Set(["withdrawal", "found"]);

/** Seconds, or null when there was none. */
export async function lastBackup() {
  const { backup } = await browser.storage.local.get({ backup: null });
  return Number.isFinite(backup) ? backup : null;
}

/** A backup holds all that was there at `time` (seconds). */
export async function rememberBackup(time) {
  await browser.storage.local.set({ backup: time });
}

/** When what the wallet holds was last in a file (seconds or null): saved here, or restored from one into a wallet that had no coins beside it. */
export async function lastKept() {
  const { restored } = await browser.storage.local.get({ restored: null });
  const saved = await lastBackup();
  return Number.isFinite(restored) ? Math.max(restored, saved ?? 0) : saved;
}

/** What the recovery has booked up to `time` (seconds) is found again from the same file. */
export async function rememberRestored(time) {
  await browser.storage.local.set({ restored: time + 1 });
}

/** Whether the wallet holds coins that came after the last backup (seconds or null; see lastKept): entries as wallet.history() gives them, and whether it holds any coin. */
export function isBackupDue(last, history, holdsCoins) {
  if (!holdsCoins) return false;
  return last === null || history.some(({ kind, time }) => NEW_MONEY.has(kind) && time >= last);
}
