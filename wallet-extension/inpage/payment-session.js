// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One payment (or withdrawal) as the page sees it: the wallet's window, the conversation with it, and the POST. */

import { Message, messageFrom, newNonce } from "../window/messages.js";
import { postPermission } from "./post-permission.js";
import { showOpenButton } from "./open-button.js";

const WALLET_PAGE = new URL("wallet.html", import.meta.url);
const WINDOW_FEATURES = "popup,width=440,height=760";
const WATCH_EVERY = 500;

export class PaymentSession {
  #task;
  #nonce = newNonce();
  #window = null;
  #removeButton = null;
  #watch = null;
  #posting = false;
  #reported = false;
  #listener = (event) => this.#hear(event);

  /**
   * `task`: {kind: "offer", text}, {kind: "execute", contract, payURL}, {kind: "refund", contract, text} or {kind: "withdraw", text}, with `page` (this page's address),
   * `report` (called with the detail of taler-payment-result) and `follow` (whether the tab goes to what was bought).
   */
  constructor(task) {
    this.#task = task;
  }

  /** Opens the wallet's window, or, where the browser blocks it, offers a button that does. */
  open() {
    const address = new URL(WALLET_PAGE);
    address.hash = new URLSearchParams({ nonce: this.#nonce, origin: location.origin, ...(this.#task.kind === "withdraw" ? { task: "withdraw" } : {}) }).toString();
    window.addEventListener("message", this.#listener);
    this.#window = window.open(address, `taler-wallet-${this.#nonce}`, WINDOW_FEATURES);
    if (this.#window === null) {
      window.removeEventListener("message", this.#listener);
      this.#removeButton = showOpenButton(() => {
        this.#removeButton = null;
        this.open();
      });
      return;
    }
    this.#watch = setInterval(() => this.#watchWindow(), WATCH_EVERY);
  }

  /** Ends the conversation and closes the window. A POST under way goes on: its permission is stored. */
  end() {
    this.#stop();
    this.#window?.close();
  }

  #stop() {
    window.removeEventListener("message", this.#listener);
    clearInterval(this.#watch);
    this.#removeButton?.();
  }

  #watchWindow() {
    if (!this.#window.closed || this.#posting) return;
    this.#stop();
    this.#report({ success: false, status: 0, reason: "cancelled", responseText: "" });
  }

  /** The first report after an offer or a try is the one that counts; a new try may report again. */
  #report(result) {
    if (this.#reported) return;
    this.#reported = true;
    this.#task.report(result);
  }

  #hear(event) {
    const message = messageFrom(event, { peer: this.#window, origin: WALLET_PAGE.origin, nonce: this.#nonce });
    switch (message?.taler) {
      case Message.ready: return this.#say(this.#request());
      case Message.pay: return this.#pay(message);
      case Message.recorded: return this.#recorded(message);
      case Message.go: return this.#go(message);
      case Message.refunded: return this.#task.refunded?.(message);
      case Message.declined:
        return this.#report({ success: false, status: 0, reason: message.reason, responseText: message.message });
      default: return undefined;
    }
  }

  #say(message) {
    if (!this.#window.closed) this.#window.postMessage({ ...message, nonce: this.#nonce }, WALLET_PAGE.origin);
  }

  #request() {
    const { kind, text, contract, payURL, page } = this.#task;
    switch (kind) {
      case "offer": return { taler: Message.offer, text, page };
      case "withdraw": return { taler: Message.withdraw, text, page };
      case "refund": return { taler: Message.refund, contract, text, page };
      default: return { taler: Message.execute, contract, payURL, page };
    }
  }

  async #pay({ payURL, permission, purchase, attempt }) {
    if (this.#posting) return;
    this.#posting = true;
    this.#reported = false;
    const outcome = await postPermission(payURL, permission);
    this.#posting = false;
    if (this.#window.closed) this.#recorded({ paid: outcome.status >= 200 && outcome.status < 300, ...outcome });
    else this.#say({ taler: Message.outcome, purchase, attempt, ...outcome });
  }

  /** To an address of this page's own site. */
  #go({ address }) {
    if (this.#task.kind === "withdraw" && originOf(address) === location.origin) location.assign(address);
  }

  #recorded({ paid, url, status, body }) {
    if (!paid) {
      this.#report({ success: false, status, reason: status === 0 ? "network" : "shop", responseText: body });
      return;
    }
    this.#stop();
    if (!this.#task.follow) this.#report({ success: true, fulfillmentUrl: url, status });
    else if (typeof url === "string" && /^https?:/.test(url)) location.assign(url);
    else this.#report({ success: true, status });
  }
}

function originOf(address) {
  try {
    return new URL(address).origin;
  } catch {
    return null;
  }
}
