// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The confirmation window's conversation with the page of the shop that asked: the extension's counterpart of the in-page wallet's channel. */

import { deliver, showBought } from "../delivery.js";
import { browser } from "../platform.js";
import { SessionKind, sessions } from "../sessions.js";
import { openSession } from "./session.js";

export class TabChannel {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /** The channel of the session in this page's address; null when that has ended. */
  static async fromAddress() {
    const session = await openSession();
    return session?.kind === SessionKind.offer || session?.kind === SessionKind.execute ? new TabChannel(session) : null;
  }

  /** The shop's origin, as the browser vouches for it. */
  get origin() {
    return this.#session.origin;
  }

  /** What the page asked for: {taler: "offer", text, page} or {taler: "execute", contract, payURL, page}. */
  async request() {
    const { kind, page, text, contract, payURL } = this.#session;
    return kind === SessionKind.offer ? { taler: "offer", text, page } : { taler: "execute", contract, payURL, page };
  }

  /**
   * Has a page of the shop post the permission, the one that asked if it is still there; gives {status, url, body, result}, or null when there is no such
   * page. `result` is what the background has recorded of it, as payments.record() gave it there; null when no page of the shop told it anything.
   */
  async post(payURL, permission, purchaseID, attempt) {
    await this.#keep({ isPosting: true });
    const { id, origin, page, tabId, documentId } = this.#session;
    try {
      const outcome = await deliver({ id: purchaseID, origin, page, payURL, permission, attempt }, { session: id, tabId, documentId });
      if (outcome === null) return null;
      await showBought(outcome, outcome.tabId === tabId);
      const { status, url, body, result } = outcome;
      return { status, url, body, result };
    } finally {
      await this.#keep({ isPosting: false });
    }
  }

  /** Tells the page `recorded` {paid, status, url, body} or `declined` {reason, message}; when it is gone, nobody. */
  send(taler, content = {}) {
    const { id, tabId } = this.#session;
    browser.tabs.sendMessage(tabId, { ...content, taler, session: id }, { frameId: 0 }).catch(() => {});
  }

  /** While a payment is on its way the window stays, whatever becomes of the page. A browser without room for that much stops no payment. */
  async #keep(fields) {
    Object.assign(this.#session, fields);
    try {
      if (await sessions.get(this.#session.id) !== null) await sessions.put(this.#session);
    } catch (error) {
      console.error(error);
    }
  }
}
