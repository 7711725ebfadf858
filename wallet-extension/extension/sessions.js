// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What pages have asked the wallet for, one conversation at a time per tab. Kept in `storage.session`: it lives as long as the browser
 * does, longer than the service worker, never reaches a disk, and no content script can read it.
 *
 * A session: {id, kind, origin, page, tabId, documentId, created, walletTabId, walletWindowId, settled} and, by kind,
 * `offer` {text}, `execute` {contract, payURL}, `withdraw` {detail: {amount, callbackURL, wireTypes, suggestedExchange}}.
 * `origin` and `page` are the browser's word for who asked, not the page's; `documentId` is null where the browser has none.
 */

import { browser } from "./platform.js";

const PREFIX = "session:";
const ID = /^[0-9a-f]{32}$/;

export const SessionKind = Object.freeze({ offer: "offer", execute: "execute", withdraw: "withdraw" });

/** 128 random bits, hexadecimal. */
export function newSessionID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const sessions = {
  /** Null for what is no session's name, and for one that has ended. */
  async get(id) {
    if (typeof id !== "string" || !ID.test(id)) return null;
    return (await browser.storage.session.get(PREFIX + id))[PREFIX + id] ?? null;
  },

  async put(session) {
    await browser.storage.session.set({ [PREFIX + session.id]: session });
  },

  async remove(id) {
    await browser.storage.session.remove(PREFIX + id);
  },

  async all() {
    return Object.entries(await browser.storage.session.get(null)).filter(([key]) => key.startsWith(PREFIX)).map(([, session]) => session);
  },
};
