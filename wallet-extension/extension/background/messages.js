// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What contexts say to the background: who may say it, and in which shape. A page's scripts cannot reach it at all; a content script lives in
 * the page's process, so it is believed only what the browser says of it.
 */

import { browser } from "../platform.js";

const LONGEST_TEXT = 1_048_576;
const LONGEST_ADDRESS = 8_192;
const LONGEST_BODY = 65_536;

const text = (longest) => (value) => typeof value === "string" && value.length <= longest;
/** A member that is null when it is not as it should be, rather than the whole message nothing. */
const lenient = (check) => Object.assign(() => true, { fit: (value) => (check(value) ? value : null) });
const optional = (check) => (value) => value === undefined || value === null || check(value);
const address = text(LONGEST_ADDRESS);
const name = text(256);
const flag = (value) => typeof value === "boolean";
const status = (value) => Number.isSafeInteger(value) && value >= 0 && value <= 999;
const count = (value) => Number.isSafeInteger(value) && value >= 1;
const amount = (value) => name(value) || (value !== null && typeof value === "object");
const wireTypes = (value) => Array.isArray(value) && value.length <= 16 && value.every(name);

/** By word: the members of the message, each with its check. */
const FROM_PAGES = Object.freeze({
  offer: { text: text(LONGEST_TEXT), touched: optional(flag) },
  execute: { contract: name, payURL: address, touched: optional(flag) },
  touched: {},
  outcome: { session: optional(name), purchase: name, attempt: optional(count), status, url: lenient(address), body: text(LONGEST_BODY) },
  elsewhere: { address },
  refund: { contract: name, text: text(LONGEST_TEXT) },
  reserve: { amount, callbackURL: address, wireTypes: optional(wireTypes), suggestedExchange: optional(address) },
  confirm: { reservePub: name },
  left: { session: name },
});

const FROM_WALLET = Object.freeze({
  finish: { purchase: name },
  wake: {},
});

function shaped(message, shapes) {
  if (message === null || typeof message !== "object" || !Object.hasOwn(shapes, message.taler)) return null;
  const checked = { taler: message.taler };
  for (const [member, check] of Object.entries(shapes[message.taler])) {
    if (!check(message[member])) return null;
    checked[member] = (check.fit === undefined ? message[member] : check.fit(message[member])) ?? null;
  }
  return checked;
}

/**
 * {message, page} of a content script's word, `page` {origin, url, tabId, documentId} as the browser knows it; {message, page: null} of one of
 * the wallet's own pages; null for everything else: other extensions, frames in frames, pages without an origin, messages of another shape.
 */
export function understand(message, sender) {
  if (sender?.id !== browser.runtime.id) return null;
  if (isOurs(sender)) {
    const checked = shaped(message, FROM_WALLET);
    return checked === null ? null : { message: checked, page: null };
  }
  const page = pageOf(sender);
  const checked = page === null ? null : shaped(message, FROM_PAGES);
  return checked === null ? null : { message: checked, page };
}

/** One of the wallet's own pages, not something in a frame of it. */
function isOurs({ url, origin, frameId }) {
  const root = browser.runtime.getURL("");
  return typeof url === "string" && url.startsWith(root) && (origin === undefined || `${origin}/` === root) && (frameId ?? 0) === 0;
}

function pageOf({ url, origin, tab, frameId, documentId }) {
  if (!Number.isSafeInteger(tab?.id) || tab.id < 0 || frameId !== 0) return null;
  const place = webAddress(url);
  // Firefox 140 does not name the origin beside the address; a sandboxed page has “null” there.
  if (place === null || (origin !== undefined && origin !== place.origin)) return null;
  return { origin: place.origin, url: place.href, tabId: tab.id, documentId: documentId ?? null };
}

/** `value` as a URL when it is an absolute http(s) address, else null. */
export function webAddress(value) {
  try {
    const url = new URL(value);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}
