// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet window's end of the conversation with the agent in the shop's page. */

import { Message, messageFrom } from "../window/messages.js";

export class ShopChannel {
  /** The shop's origin, as the browser vouches for it: every message in either direction is bound to it. */
  origin;
  #peer;
  #nonce;
  #waiting = new Map();

  /** The channel that this window's address asks for, or null when it was opened as a plain wallet. Throws when the shop's page cannot be reached. */
  static fromAddress() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const [nonce, origin] = [parameters.get("nonce"), parameters.get("origin")];
    if (nonce === null || origin === null) return null;
    if (!/^[0-9a-f]{32}$/.test(nonce) || !isOrigin(origin)) throw new Error("This window was opened with a broken address.");
    if (window.opener === null) throw new Error("The shop's page cannot be reached from this window. Press “pay” there again.");
    return new ShopChannel(window.opener, origin, nonce);
  }

  constructor(peer, origin, nonce) {
    this.#peer = peer;
    this.origin = origin;
    this.#nonce = nonce;
    window.addEventListener("message", (event) => this.#hear(event));
  }

  send(taler, content = {}) {
    this.#peer.postMessage({ ...content, taler, nonce: this.#nonce }, this.origin);
  }

  /** The next message that is one of `kinds`; null after `patience` milliseconds. */
  next(kinds, patience) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), patience);
      for (const kind of kinds) {
        this.#waiting.set(kind, (message) => {
          clearTimeout(timer);
          for (const other of kinds) this.#waiting.delete(other);
          resolve(message);
        });
      }
    });
  }

  #hear(event) {
    const message = messageFrom(event, { peer: this.#peer, origin: this.origin, nonce: this.#nonce });
    if (message !== null) this.#waiting.get(message.taler)?.(message);
  }

  /** What the agent wants: its answer to `ready`. */
  async request() {
    const answer = this.next([Message.offer, Message.execute, Message.refund], 10_000);
    this.send(Message.ready);
    return answer;
  }

  /** Has the agent post the permission; gives {status, url, body}, or null when the page is gone. */
  async post(payURL, permission) {
    const answer = this.next([Message.outcome], 150_000);
    this.send(Message.pay, { payURL, permission });
    const outcome = await answer;
    if (outcome === null) return null;
    const { status, url, body } = outcome;
    return { status: Number.isSafeInteger(status) ? status : 0, url: typeof url === "string" ? url : null, body: typeof body === "string" ? body : "" };
  }

  /** `text` as an absolute address when it is of the shop's origin, else null. */
  resolve(text, page) {
    try {
      const base = new URL(page);
      const url = new URL(text, base);
      return base.origin === this.origin && url.origin === this.origin ? url.href : null;
    } catch {
      return null;
    }
  }
}

function isOrigin(text) {
  try {
    return new URL(text).origin === text && /^https?:/.test(text);
  } catch {
    return false;
  }
}
