// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet window's end of the conversation with the agent in the page of a shop or a bank. */

import { ContractError } from "../core/contract.js";
import { Message, messageFrom } from "../window/messages.js";

export class ShopChannel {
  /** The shop's origin, as the browser vouches for it: every message in either direction is bound to it. */
  origin;
  /** Whether the page wants to pay (null) or to have money withdrawn ("withdraw"). */
  task;
  #peer;
  #nonce;
  #waiting = new Map();

  /** The channel that this window's address asks for, or null when it was opened as a plain wallet. Throws when the shop's page cannot be reached. */
  static fromAddress() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const [nonce, origin] = [parameters.get("nonce"), parameters.get("origin")];
    if (nonce === null || origin === null) return null;
    if (!/^[0-9a-f]{32}$/.test(nonce) || !isOrigin(origin)) throw new ContractError("broken_address", "The window's address is broken.");
    if (window.opener === null) throw new ContractError("no_opener", "The page that opened this window cannot be reached.");
    return new ShopChannel(window.opener, origin, nonce, parameters.get("task"));
  }

  constructor(peer, origin, nonce, task = null) {
    this.#peer = peer;
    this.origin = origin;
    this.task = task;
    this.#nonce = nonce;
    window.addEventListener("message", (event) => this.#hear(event));
  }

  send(taler, content = {}) {
    this.#peer.postMessage({ ...content, taler, nonce: this.#nonce }, this.origin);
  }

  /** The next message that is one of `kinds`, and `isMeant`; null after `patience` milliseconds. */
  next(kinds, patience, isMeant = () => true) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), patience);
      for (const kind of kinds) {
        this.#waiting.set(kind, (message) => {
          if (!isMeant(message)) return;
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
    const answer = this.next([Message.offer, Message.execute, Message.refund, Message.withdraw], 10_000);
    this.send(Message.ready);
    return answer;
  }

  /** Has the agent post the permission of this try; gives {status, url, body}, or null when the page is gone. An outcome of another one is not taken for it. */
  async post(payURL, permission, purchase, attempt) {
    const answer = this.next([Message.outcome], 150_000, (message) => message.purchase === purchase && message.attempt === attempt);
    this.send(Message.pay, { payURL, permission, purchase, attempt });
    const outcome = await answer;
    if (outcome === null) return null;
    const { status, url, body } = outcome;
    return { status: Number.isSafeInteger(status) ? status : 0, url: typeof url === "string" ? url : null, body: typeof body === "string" ? body : "" };
  }
}

function isOrigin(text) {
  try {
    return new URL(text).origin === text && /^https?:/.test(text);
  } catch {
    return false;
  }
}
