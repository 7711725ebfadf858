// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A stored permission on its way to the shop: posted from a page of the shop's origin, wherever one is to be had. */

import { browser } from "./platform.js";

/** A payment takes what the shop and its exchange take; the content script gives up before. */
const PATIENCE = 150_000;
const PING_PATIENCE = 2_000;
const PAGE_PATIENCE = 30_000;
const PAGE_PAUSE = 250;

/**
 * `purchase`: {id, origin, page, payURL, permission, attempt}. `session` and `tabId` name the conversation that it belongs to, null when there is none any
 * more. Gives {status, url, body, state, code, handled, tabId, isOpened}: the shop's answer, what the background recorded of it, and whether the page will
 * go on by itself; null when no page of the shop was there, or went away meanwhile.
 */
export async function deliver(purchase, { session = null, tabId = null } = {}) {
  const { id, origin, page, payURL, permission, attempt = 1 } = purchase;
  const place = await pageOf(origin, page, tabId);
  if (place === null) return null;
  const outcome = await ask(place.tabId, { taler: "pay", session, origin, purchase: id, attempt, payURL, permission }, PATIENCE);
  return outcome === null || typeof outcome !== "object" ? null : { ...readOutcome(outcome), ...place };
}

/** Shows what was bought where nobody else does: in the tab that was opened for it, or in one of its own. */
export async function showBought({ state, url, handled, tabId, isOpened }, isFree) {
  if (state !== "paid" || handled || typeof url !== "string" || !/^https?:/.test(url)) return;
  if (isOpened || isFree) await browser.tabs.update(tabId, { url, active: true });
  else await browser.tabs.create({ url, active: true });
}

function readOutcome({ status, url, body, state, code, handled }) {
  return {
    status: Number.isSafeInteger(status) ? status : 0,
    url: typeof url === "string" ? url : null,
    body: typeof body === "string" ? body : "",
    state: typeof state === "string" ? state : null,
    code: Number.isSafeInteger(code) ? code : null,
    handled: handled === true,
  };
}

/** {tabId, isOpened} of a page of `origin` that can post: the preferred tab, any other, else a new one at `page`. */
async function pageOf(origin, page, preferred) {
  for (const tabId of await tabsOf(origin, preferred)) {
    if (await ask(tabId, { taler: "ping" }, PING_PATIENCE) === origin) return { tabId, isOpened: false };
  }
  if (new URL(page).origin !== origin) return null;
  const tab = await browser.tabs.create({ url: page, active: true });
  for (const end = Date.now() + PAGE_PATIENCE; Date.now() < end; await pause(PAGE_PAUSE)) {
    if (await ask(tab.id, { taler: "ping" }, PING_PATIENCE) === origin) return { tabId: tab.id, isOpened: true };
  }
  return null;
}

/** Match patterns know no ports: what the browser finds is looked at once more. */
async function tabsOf(origin, preferred) {
  const { protocol, hostname } = new URL(origin);
  const tabs = await browser.tabs.query({ url: `${protocol}//${hostname}/*` }).catch(() => []);
  const ids = tabs.filter(({ url, discarded }) => isOf(origin, url) && discarded !== true).map(({ id }) => id);
  return preferred === null ? ids : [preferred, ...ids.filter((id) => id !== preferred)];
}

function isOf(origin, url) {
  try {
    return new URL(url).origin === origin;
  } catch {
    return false;
  }
}

/** The content script's answer; null when there is none, or not in time. */
async function ask(tabId, message, patience) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), patience); });
  try {
    return await Promise.race([browser.tabs.sendMessage(tabId, message, { frameId: 0 }), late]) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}
