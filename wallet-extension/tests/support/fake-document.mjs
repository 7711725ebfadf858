// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** As much of a document as the extension's own pages need: a tree with identifiers, fields, focus and events. */

export class FakeNode {
  parentNode = null;
  children = [];
  attributes = {};
  listeners = {};
  dataset = {};
  classList = { toggle() {}, add() {}, remove() {} };
  hidden = false;
  disabled = false;
  checked = false;
  value = "";

  constructor(name, owner) {
    this.name = name;
    this.owner = owner;
  }

  setAttribute(key, value) {
    this.attributes[key] = String(value);
    if (key === "hidden") this.hidden = true;
    if (key === "disabled") this.disabled = true;
    if (key === "value") this.value = value;
  }

  getAttribute(key) { return this.attributes[key] ?? null; }
  removeAttribute(key) { delete this.attributes[key]; }
  get id() { return this.attributes.id ?? ""; }
  addEventListener(kind, listener) { this.listeners[kind] = listener; }
  dispatch(kind) { return this.disabled ? undefined : this.listeners[kind]?.({ preventDefault() {}, isTrusted: true }); }
  click() { return this.dispatch("click"); }
  focus() { this.owner.activeElement = this; }
  contains(node) { return node === this || (node?.parentNode !== null && node?.parentNode !== undefined && this.contains(node.parentNode)); }

  #adopt(nodes) {
    for (const node of nodes) {
      if (typeof node === "string") continue;
      node.remove();
      node.parentNode = this;
    }
  }

  append(...nodes) {
    this.#adopt(nodes);
    this.children.push(...nodes);
  }

  prepend(...nodes) {
    this.#adopt(nodes);
    this.children.unshift(...nodes);
  }

  replaceChildren(...nodes) {
    for (const child of this.children) if (typeof child !== "string") child.parentNode = null;
    this.children = [];
    this.append(...nodes);
  }

  after(...nodes) {
    const parent = this.parentNode;
    parent.#adopt(nodes);
    parent.children.splice(parent.children.indexOf(this) + 1, 0, ...nodes);
  }

  /** A form's fields are empty again. */
  reset() {
    for (const node of this.all()) node.value = "";
  }

  remove() {
    if (this.parentNode === null) return;
    this.parentNode.children = this.parentNode.children.filter((child) => child !== this);
    this.parentNode = null;
  }

  get textContent() { return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join(""); }
  set textContent(text) { this.replaceChildren(text); }

  *all() {
    yield this;
    for (const child of this.children) if (typeof child !== "string") yield* child.all();
  }

  /** `#id`, `name`, `name[open]`, or one of them in another. */
  querySelectorAll(selector) {
    if (selector.includes(" ")) {
      const [outer, inner] = selector.split(" ");
      return this.querySelectorAll(outer).flatMap((node) => node.querySelectorAll(inner));
    }
    const [, name, attribute] = /^(\w+)(?:\[(\w+)\])?$/.exec(selector) ?? [];
    return [...this.all()].filter((node) => node !== this && (selector.startsWith("#") ? node.id === selector.slice(1)
      : node.name === name && (attribute === undefined || node.getAttribute(attribute) !== null)));
  }

  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
}

/**
 * Puts `document`, `window`, `CSS`, `location`, and timers that run at once in place; gives {body, find(id), gone, left, front}: `gone` are the
 * addresses that the page went to, `left` comes with the first; `front.hasFocus` says whether its window is in front.
 */
export function installDocument() {
  const front = { hasFocus: true };
  const fake = { activeElement: null, visibilityState: "visible", hasFocus: () => front.hasFocus, addEventListener() {} };
  const body = new FakeNode("body", fake);
  const find = (id) => [...body.all()].find((node) => node.id === id) ?? null;
  fake.createElement = (name) => new FakeNode(name, fake);
  fake.getElementById = find;
  fake.querySelector = (selector) => body.querySelector(selector);
  globalThis.document = fake;
  globalThis.window = { document: fake, addEventListener() {}, navigator: {} };
  globalThis.window.top = globalThis.window;
  globalThis.CSS = { escape: (text) => text };
  const gone = [];
  let leave;
  const left = new Promise((resolve) => { leave = resolve; });
  const go = (address) => {
    gone.push(address);
    leave(address);
  };
  globalThis.location = { assign: go, replace: go };
  globalThis.setTimeout = (action) => { action(); return 0; };
  for (const id of ["error", "view", "status"]) {
    const part = new FakeNode("div", fake);
    part.setAttribute("id", id);
    body.append(part);
  }
  return { body, find, gone, left, front };
}
