// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Pages that were open before the extension was: they get the content script as well. */

import { browser } from "../platform.js";

const DONE = "injected";

/**
 * Once after each start of the extension: installed, updated, enabled or with the browser (`storage.session` is empty then). In a page that has the
 * script already, it finds itself and does nothing.
 */
export async function injectOnce() {
  await navigator.locks.request("taler-inject", async () => {
    if ((await browser.storage.session.get(DONE))[DONE] === true) return;
    await browser.storage.session.set({ [DONE]: true });
    const files = browser.runtime.getManifest().content_scripts.flatMap(({ js }) => js);
    const tabs = await browser.tabs.query({ url: ["http://*/*", "https://*/*"] });
    await Promise.allSettled(tabs.filter(({ discarded }) => discarded !== true)
      .map(({ id }) => browser.scripting.executeScript({ target: { tabId: id }, files, injectImmediately: true })));
  });
}
