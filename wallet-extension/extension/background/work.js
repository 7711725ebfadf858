// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the wallet does by itself: everything that is due, and the number on its button. */

import { browser } from "../platform.js";
import { countUnfinished } from "./purchases.js";
import { openWallet } from "./wallet.js";

export const ALARM = "taler-work";

/** Chromium wakes a worker at most twice a minute. */
const SHORTEST_PAUSE = 30;
/** A look at everything, in case that nothing is known to be due. */
const LONGEST_PAUSE = 3_600;

/** Runs what is due and sets the clock for what is next. One at a time: a second call finds that somebody works, and leaves. */
export function work() {
  return navigator.locks.request("taler-background-work", { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    let again = null;
    try {
      ({ again } = await (await openWallet()).work.run(() => {}));
    } finally {
      await wakeIn(again);
      await showBadge();
    }
  });
}

/** `seconds`: null when nothing is known to be due. */
export async function wakeIn(seconds) {
  const pause = Math.min(Math.max(Number(seconds ?? LONGEST_PAUSE), SHORTEST_PAUSE), LONGEST_PAUSE);
  await browser.alarms.create(ALARM, { when: Date.now() + pause * 1_000 });
}

export async function showBadge() {
  const count = await countUnfinished();
  await browser.action.setBadgeText({ text: count === 0 ? "" : String(count) });
  if (count > 0) await browser.action.setBadgeBackgroundColor({ color: "#9a5b00" });
}
