// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the background has recorded of a payment that somebody waits for, by purchase: {attempt, status, url, result}, `result` as payments.record() gave it.
 * Whoever waits takes the outcome from here, for only the background knows which site it came from.
 */

import { browser } from "./platform.js";

const PREFIX = "recorded:";

async function read(key) {
  return (await browser.storage.session.get(key))[key] ?? null;
}

/** A browser without room for so little stops no payment: it is in the database, and sent again it brings the same. */
function write(values) {
  return browser.storage.session.set(values).catch(console.error);
}

export const recorded = {
  /** From now on somebody waits for this purchase. */
  async expect(purchase) {
    await write({ [PREFIX + purchase]: {} });
  },

  /** Keeps nothing when nobody waits. */
  async put(purchase, record) {
    const key = PREFIX + purchase;
    if (await read(key) !== null) await write({ [key]: record });
  },

  /** Null when nothing was recorded of this try since expect(). */
  async take(purchase, attempt) {
    const record = await read(PREFIX + purchase);
    await browser.storage.session.remove(PREFIX + purchase);
    return record?.attempt === attempt ? record : null;
  },
};
