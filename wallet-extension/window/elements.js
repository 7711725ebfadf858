// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Making elements. All text goes in as text: nothing that a shop, a bank or an exchange says is ever read as HTML. */

/** An element with `properties` (class, id, type, onclick, …; null leaves one out) and children (nodes or texts; null is left out). */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that runs `action` once: it is disabled from the click on. */
export function actionButton(id, label, action, kind = "primary") {
  const button = element("button", { id, type: "button", class: kind }, label);
  button.addEventListener("click", () => {
    button.disabled = true;
    action();
  });
  return button;
}

/** Text from outside, isolated in direction and without characters that reorder or hide its neighbours. */
export function foreign(text, longest = 300) {
  return element("bdi", {}, visible(text, longest));
}

/**
 * What is not to be seen, or moves its neighbours: controls, formats (marks of direction, joiners, tags), separators of lines, halves of characters,
 * fillers and blanks that count as letters, selectors of variants.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Marks over and under one character beyond those that any script writes: so many draw over other lines. */
const HEAP = /(\p{M}{3})\p{M}+/gu;

/** Text from outside without characters that reorder, hide or cover their neighbours, cut after `longest` characters. */
export function visible(text, longest = 300) {
  const cleaned = text.replace(HIDDEN, "").normalize("NFC").replace(HEAP, "$1");
  const shown = [...cleaned];
  return shown.length > longest ? `${shown.slice(0, longest).join("")}…` : cleaned;
}

/** Nothing is to be seen of the text. */
export function isBlank(text) {
  return visible(text).trim() === "";
}

/**
 * The address of a site (`https://host/path` or `host/path`) in at most `longest` characters, isolated in direction: never without the end of the
 * host's name, which says whose it is. What is cut is the path, then the host's beginning.
 */
export function foreignSite(address, longest = 80) {
  const text = visible(address, Infinity);
  const [, beginning, host, path] = /^((?:[a-z][a-z0-9+.-]*:\/\/)?)([^/?#]*)(.*)$/isu.exec(text);
  const isLong = text.length > longest;
  const room = longest - beginning.length - host.length;
  return element("bdi", {}, !isLong ? text : room >= 0 ? `${beginning}${host}${path.slice(0, room)}…` : `…${host.slice(-longest)}`);
}

/** An amount that programs can read too: data-amount holds `CUR:1.5`. */
export function money(words, amount, properties = {}) {
  return element("span", { class: "amount", "data-amount": amount.toString(), ...properties }, words.money(amount));
}
