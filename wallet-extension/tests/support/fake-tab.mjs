// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** As much of a tab as the content scripts need: a document with events, the extension's messages and storage, timers that are run by hand. */

import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);
const MANIFEST = JSON.parse(readFileSync(new URL("manifest.json", ROOT), "utf8"));
const FILES = MANIFEST.content_scripts[0].js.map((path) => ({ path, text: readFileSync(new URL(path, ROOT), "utf8") }));

/** As the browser's: an event with a detail, which scripts of the page make and cannot make trusted. */
class FakeCustomEvent extends Event {
  constructor(name, options = {}) {
    super(name, options);
    this.detail = options.detail ?? null;
  }
}

export class FakeTab {
  /** Events that the page has heard: {name, detail}. */
  heard = [];
  /** Messages that the background has got. */
  told = [];
  /** Requests: {url, …options}. */
  requests = [];
  /** Where the tab was taken. */
  went = [];
  timers = [];
  #listeners = [];
  #storageListeners = [];

  /** `origin` is the document's own, “null” in a sandbox; `answer(message)` is the background; `respond(url, options)` the shop's server: {status, url, redirected, body} or an Error. */
  constructor({ url = "http://shop.example/product", on = true, readyState = "loading", answer = () => null, respond = () => ({}), origin = new URL(url).origin, prerendering = false } = {}) {
    const tab = this;
    this.alive = true;
    this.activation = { isActive: false };
    this.document = new EventTarget();
    Object.assign(this.document, { readyState, visibilityState: "visible", prerendering, adoptedStyleSheets: [], getElementById: () => null });
    this.document.body = { dispatchEvent: (event) => this.document.dispatchEvent(event) };
    for (const name of ["taler-wallet-present", "taler-wallet-load", "taler-wallet-unload", "taler-payment-result"]) {
      this.document.addEventListener(name, ({ detail }) => this.heard.push(detail === null ? { name } : { name, detail: JSON.parse(JSON.stringify(detail)) }));
    }
    const location = new URL(url);
    this.world = vm.createContext({
      document: this.document, CustomEvent: FakeCustomEvent, URL, TextDecoder, AbortController, AbortSignal, console,
      origin,
      location: { href: location.href, origin: location.origin, assign: (address) => this.went.push(address) },
      navigator: { userActivation: this.activation },
      addEventListener: (name, listener) => {
        if (name === "pagehide") this.leave = (isTrusted = true) => listener({ isTrusted });
        if (name === "pageshow") this.comeBack = (isTrusted = true) => listener({ isTrusted });
      },
      setTimeout: (action, pause) => this.timers.push({ action, pause }),
      setInterval: (action) => { this.look = action; return 1; },
      clearInterval: () => { this.look = () => {}; },
      CSSStyleSheet: class { insertRule(rule) { this.rule = rule; } },
      async fetch(address, options) {
        tab.requests.push({ url: address, ...options });
        const answer = await respond(address, options);
        if (answer instanceof Error) throw answer;
        const { status = 200, redirected = false, url: end = address, body = "" } = answer;
        return { ok: status >= 200 && status < 300, status, redirected, url: end, body: bytesOf(body) };
      },
      chrome: {
        runtime: {
          get id() { return tab.alive ? "wallet" : undefined; },
          async sendMessage(message) {
            if (!tab.alive) throw new Error("Extension context invalidated.");
            tab.told.push(JSON.parse(JSON.stringify(message)));
            return answer(message);
          },
          onMessage: { addListener: (listener) => this.#listeners.push(listener) },
        },
        i18n: { getMessage: (key) => `(${key})` },
        storage: {
          local: { get: async () => ({ on }), onChanged: { addListener: (listener) => this.#storageListeners.push(listener) } },
        },
      },
    });
    this.load();
  }

  /** The browser runs the content scripts, once more perhaps. */
  load() {
    for (const { path, text } of FILES) vm.runInContext(text, this.world, { filename: path });
  }

  /** The page dispatches an event. */
  dispatch(name, detail = null) {
    this.document.dispatchEvent(new FakeCustomEvent(name, { detail, bubbles: true }));
  }

  /** The person clicks into the page. */
  click() {
    const click = new Event("click");
    Object.defineProperty(click, "isTrusted", { value: true });
    this.document.dispatchEvent(click);
  }

  /** The tab comes to the front, or goes behind another one. */
  show(visibilityState) {
    this.document.visibilityState = visibilityState;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  /** The person switches the wallet. */
  switch(on) {
    for (const listener of this.#storageListeners) listener({ on: { newValue: on } });
  }

  /** A context of the extension says something to the page; gives the answer. */
  say(message, sender = { id: "wallet" }) {
    return new Promise((resolve) => {
      const later = this.#listeners.map((listener) => listener(message, sender, resolve));
      if (!later.includes(true)) setImmediate(() => resolve(undefined));
    });
  }

  /** All timers that are set now go off. */
  runTimers() {
    for (const { action } of this.timers.splice(0)) action();
  }
}

/** A body: its text in pieces; a function gives them one by one, or throws. */
function bytesOf(body) {
  const pieces = typeof body === "function" ? body : () => { const text = body; body = ""; return text; };
  return {
    getReader: () => ({
      async read() {
        const piece = pieces();
        return piece === "" ? { done: true } : { done: false, value: new TextEncoder().encode(piece) };
      },
      async cancel() {},
    }),
  };
}

/** Lets everything that waits for nothing but its turn come to its turn. */
export async function settle() {
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => { setImmediate(resolve); });
}
