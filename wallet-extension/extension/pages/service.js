// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the wallet's own pages ask of the background. */

import { browser } from "../platform.js";

/**
 * Sends the stored permission of this purchase again, from a page of its shop: one that is open, else purchase.page is opened; in the end the
 * tab shows what was bought. Gives {state, status, code}: `state` as payments.record gives it, or `unreachable` (no page of the shop) or `unknown`.
 * A popup that closes meanwhile stops nothing.
 */
export function finish(purchaseID) {
  return browser.runtime.sendMessage({ taler: "finish", purchase: purchaseID });
}

/** Whether pages are told of the wallet. */
export async function isOn() {
  return (await browser.storage.local.get({ on: true })).on !== false;
}

/** Switches the wallet on or off for all pages, also those that are open. */
export async function setOn(on) {
  await browser.storage.local.set({ on });
}

/** There is something to do (a reserve was handed to the bank, say): the background begins with it now rather than when the clock says. No page waits for it. */
export function wake() {
  browser.runtime.sendMessage({ taler: "wake" }).catch(console.error);
}
