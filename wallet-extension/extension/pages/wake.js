// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { browser } from "../platform.js";

/** Has the background do what is due: money that has arrived is fetched, coins are changed. A background that says nothing does it by its own clock. */
export async function wake() {
  await browser.runtime.sendMessage({ taler: "work" }).catch(() => null);
}
