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
/** When this worker is ended in the middle of something, the next one goes on so much later. */
const SAFETY_PAUSE = 120;
/** A worker that calls nothing of the browser's for half a minute is ended, also while it waits for an exchange. */
const SIGN_OF_LIFE = 20_000;

/** The run that is under way, and whether another one is wanted when it has ended: what became due meanwhile it may have passed. */
let running = null;
let isWanted = false;
/** Whether a person has opened a page of the wallet since the last run began. */
let isOpen = false;

/** Runs what is due and sets the clock for what is next. `isOpened`: a person has opened a page of the wallet. */
export function work({ isOpened = false } = {}) {
  isWanted = true;
  isOpen ||= isOpened;
  running ??= runAll().finally(() => { running = null; });
  return running;
}

async function runAll() {
  await wakeIn(SAFETY_PAUSE);
  const life = setInterval(() => browser.runtime.getPlatformInfo(), SIGN_OF_LIFE);
  let again = SAFETY_PAUSE;
  try {
    const wallet = await openWallet();
    while (isWanted) {
      const how = { isOpened: isOpen };
      [isWanted, isOpen] = [false, false];
      ({ again } = await wallet.work.run(() => {}, how));
    }
  } finally {
    clearInterval(life);
    await wakeIn(again);
    await showBadge();
  }
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

/** The tab's pages have opened the wallet often enough: the button says so, until the tab goes on to another page. */
export async function showWaiting(tabId) {
  await browser.action.setBadgeText({ tabId, text: "!" });
  await browser.action.setTitle({ tabId, title: browser.i18n.getMessage("extensionWaiting") });
}
