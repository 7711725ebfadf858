// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** As much of a window as the wallet's views need: elements with text, identifiers and clicks. */

class FakeElement {
  constructor(name) {
    this.name = name;
    this.attributes = {};
    this.children = [];
    this.listeners = {};
    this.dataset = {};
    this.classList = { toggle() {}, add() {}, remove() {} };
    this.hidden = false;
    this.disabled = false;
  }

  setAttribute(key, value) {
    this.attributes[key] = value;
    if (key === "disabled") this.disabled = true;
  }

  addEventListener(kind, listener) { this.listeners[kind] = listener; }
  append(...nodes) { this.children.push(...nodes); }
  prepend(...nodes) { this.children.unshift(...nodes); }
  replaceChildren(...nodes) { this.children = nodes; }
  click(event = { isTrusted: true }) { return this.listeners.click?.(event); }

  get textContent() { return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join(""); }
  set textContent(text) { this.children = [text]; }

  find(id) {
    if (this.attributes.id === id) return this;
    for (const child of this.children) {
      const found = typeof child === "string" ? null : child.find(id);
      if (found !== null) return found;
    }
    return null;
  }
}

/** Puts `document` and `window` in place, timers that run at once, and gives {view, error, status, closed(), tell(kind), front}. */
export function installPage() {
  const parts = Object.fromEntries(["view", "error", "status", "balance", "locked"].map((id) => [id, new FakeElement("div")]));
  const listeners = {};
  const listen = (kind, listener) => { (listeners[kind] ??= []).push(listener); };
  const front = { hasFocus: true };
  let closed = 0;
  globalThis.document = {
    createElement: (name) => new FakeElement(name), getElementById: (id) => parts[id], addEventListener: listen,
    visibilityState: "visible", activeElement: null, hasFocus: () => front.hasFocus,
  };
  globalThis.window = { close: () => { closed += 1; }, document: globalThis.document, addEventListener: listen, navigator: { userActivation: { isActive: true } } };
  globalThis.window.top = globalThis.window;
  globalThis.setTimeout = (body) => { body(); return 0; };
  return { ...parts, closed: () => closed, tell: (kind) => (listeners[kind] ?? []).forEach((listener) => listener()), front };
}
