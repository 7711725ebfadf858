// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * How many windows of the wallet a tab may open by itself. A person's click or key in a page of the tab, or a payment that was agreed to, makes the
 * count new; loading the page again, or going on to another site, does not. Kept beside the conversations, so that it survives the worker's sleep.
 */

import { browser } from "../platform.js";

const PREFIX = "windows:";

/** Shops that offer as soon as their page is there, looked at one after another without a click in between, need some. */
export const FREE = 3;

/** Called in the tab's turn. Whether the tab may have a window now; if so, it is counted. `isTouched`: the person did something in the page. */
export async function mayOpen(tabId, isTouched) {
  const opened = isTouched ? 0 : (await browser.storage.session.get(PREFIX + tabId))[PREFIX + tabId] ?? 0;
  if (opened >= FREE) return false;
  await browser.storage.session.set({ [PREFIX + tabId]: opened + 1 });
  return true;
}

/** The person has to do with this tab, or it is closed: its windows are free again. */
export async function forgetWindows(tabId) {
  await browser.storage.session.remove(PREFIX + tabId);
}
