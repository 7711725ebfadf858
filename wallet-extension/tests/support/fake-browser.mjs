// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * As much of a browser as the extension's background needs. `installBrowser()` puts it in place as `chrome`, which has to be done before the
 * background's modules are imported; all tests of a process share it, and `reset()` makes it new.
 */

class FakeArea {
  #values = new Map();
  /** As Chromium's 10 MiB for storage.session. */
  quota = 10 << 20;

  async get(keys) {
    const entry = ([key, value]) => [key, structuredClone(value)];
    if (keys === null) return Object.fromEntries([...this.#values].map(entry));
    const defaults = typeof keys === "string" ? {} : keys;
    const wanted = typeof keys === "string" ? [keys] : Object.keys(keys);
    return { ...defaults, ...Object.fromEntries([...this.#values].filter(([key]) => wanted.includes(key)).map(entry)) };
  }

  async set(values) {
    const next = new Map([...this.#values, ...Object.entries(structuredClone(values))]);
    if (JSON.stringify([...next]).length > this.quota) throw new Error("Session storage quota bytes exceeded.");
    this.#values = next;
  }

  async remove(key) {
    this.#values.delete(key);
  }
}

/** `fire(…)` is the browser's; gives what the listeners gave. */
class FakeEvent {
  #listeners = [];

  addListener(listener) { this.#listeners.push(listener); }
  fire(...details) { return Promise.all(this.#listeners.map((listener) => listener(...details))); }
}

export class FakeBrowser {
  constructor() {
    this.reset();
    this.runtime = {
      id: "wallet", getURL: (path) => `chrome-extension://wallet/${path}`, onMessage: new FakeEvent(), onStartup: new FakeEvent(), onInstalled: new FakeEvent(),
      getPlatformInfo: async () => ({}),
      getManifest: () => ({ content_scripts: [{ js: ["a.js", "b.js"] }] }),
    };
    this.webRequest = { onHeadersReceived: new FakeEvent(), onBeforeRedirect: new FakeEvent() };
    this.alarms = { onAlarm: new FakeEvent(), get: async () => undefined, create: async () => {} };
    this.action = {
      setBadgeText: async ({ tabId, text }) => { this.badges.push([tabId ?? null, text]); }, setTitle: async () => {}, setBadgeBackgroundColor: async () => {},
    };
    this.i18n = { getMessage: (key) => `(${key})` };
    this.windows = {
      create: async ({ url }) => {
        if (!this.hasWindows) throw new Error("no windows here");
        const tab = this.#addTab(url);
        this.opened.push(url);
        return { id: tab.id + 1000, tabs: [tab] };
      },
      update: async (id) => { this.focused.push(id); },
    };
    this.tabs = {
      onRemoved: new FakeEvent(),
      create: async ({ url }) => {
        this.opened.push(url);
        return this.#addTab(url);
      },
      update: async (id, { url }) => {
        if (!this.pages.has(id)) throw new Error(`No tab with id: ${id}.`);
        if (url !== undefined) this.pages.get(id).url = url;
        return this.pages.get(id);
      },
      get: async (id) => {
        if (!this.pages.has(id)) throw new Error(`No tab with id: ${id}.`);
        return this.pages.get(id);
      },
      remove: async (id) => { this.pages.delete(id); },
      query: async ({ url }) => {
        const patterns = [url].flat().map((one) => new RegExp(`^${one.split("*").map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, "\\$&")).join(".*")}$`));
        // A pattern knows no port.
        const bare = (address) => address.replace(/^(https?:\/\/[^/:]+):\d+/, "$1");
        return [...this.pages.values()].filter((tab) => patterns.some((pattern) => pattern.test(bare(tab.url))));
      },
      sendMessage: async (id, message, { documentId } = {}) => {
        this.said.push({ id, ...message });
        const { answer, documentId: shown } = this.pages.get(id) ?? {};
        if (answer === undefined || (documentId !== undefined && documentId !== shown)) throw new Error("Could not establish connection. Receiving end does not exist.");
        return answer(message);
      },
    };
    this.scripting = { executeScript: async ({ target, files }) => {
      if (this.pages.get(target.tabId).url.includes("store.example")) throw new Error("Cannot access contents of the page.");
      this.injected.push([target.tabId, files]);
    } };
  }

  reset() {
    this.storage = { session: new FakeArea(), local: new FakeArea() };
    this.hasWindows = true;
    this.pages = new Map();
    this.opened = [];
    this.focused = [];
    this.said = [];
    this.injected = [];
    /** [tab or null, text] of the button. */
    this.badges = [];
    this.nextTab = 1;
    /** Gives the content script's answer function for a tab that is opened at `url`. */
    this.scriptFor = () => undefined;
  }

  #addTab(url) {
    const tab = { id: this.nextTab, url, answer: this.scriptFor(url) };
    this.nextTab += 1;
    this.pages.set(tab.id, tab);
    return tab;
  }

  /** A tab that is there already; `answer(message)` is its content script. */
  addPage(url, answer) {
    const tab = this.#addTab(url);
    tab.answer = answer;
    return tab.id;
  }
}

/** Locks of one process. */
class FakeLocks {
  /** By name, who holds it and who waits for it, in turn. */
  #queues = new Map();

  async request(name, second, third) {
    const [options, action] = third === undefined ? [{}, second] : [second, third];
    const queue = this.#queues.get(name) ?? [];
    if (options.ifAvailable === true && queue.length > 0) return action(null);
    this.#queues.set(name, queue);
    await new Promise((resolve) => {
      queue.push(resolve);
      if (queue.length === 1) resolve();
    });
    try {
      return await action({ name });
    } finally {
      queue.shift();
      queue[0]?.();
    }
  }
}

export function installBrowser() {
  const browser = new FakeBrowser();
  globalThis.chrome = browser;
  Object.defineProperty(globalThis, "navigator", { value: { locks: new FakeLocks() }, configurable: true });
  return browser;
}
