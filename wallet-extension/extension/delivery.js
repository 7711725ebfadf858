// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A stored permission on its way to the shop: posted from a page of the shop's origin, wherever one is to be had. */

import { browser } from "./platform.js";
import { recorded } from "./recorded.js";

/** A payment takes what the shop and its exchange take; the content script gives up before. */
const PATIENCE = 150_000;
const PING_PATIENCE = 2_000;
const PAGE_PATIENCE = 30_000;
const PAGE_PAUSE = 250;
/** The page in a tab, whichever it is. */
const TOP = Object.freeze({ frameId: 0 });

/**
 * `purchase`: {id, origin, page, payURL, permission, attempt}. `session` and `tabId` name the conversation that it belongs to, null when there is none any
 * more; `documentId` the page in that tab, null where the browser has no names for them. Gives {status, url, body, state, code, result, handled, tabId,
 * isOpened, origin}: the shop's answer as the background recorded it (`result` of payments.record()), and whether the page will go on by itself; null when
 * no page of the shop was there, or went away meanwhile. What a tab answers here is not believed: another site may be in it by now. Nothing recorded is
 * no answer of the shop: status 0, and no result.
 */
export async function deliver(purchase, { session = null, tabId = null, documentId = null } = {}) {
  const { id, origin, page, payURL, permission, attempt = 1 } = purchase;
  const found = await pageOf(origin, page, tabId, documentId);
  if (found === null) return null;
  const { target, ...place } = found;
  await recorded.expect(id);
  const outcome = await ask(place.tabId, { taler: "pay", session, origin, purchase: id, attempt, payURL, permission }, PATIENCE, target);
  const record = await recorded.take(id, attempt);
  return outcome === null || typeof outcome !== "object" ? null : { ...readOutcome(outcome, record), ...place, origin };
}

/** Shows what was bought where nobody else does: in the tab that was opened for it, or is free, while it is at the shop; or in one of its own. */
export async function showBought({ state, url, handled, tabId, isOpened, origin }, isFree) {
  if (state !== "paid" || handled || typeof url !== "string" || !/^https?:/.test(url)) return;
  if ((isOpened || isFree) && await isAt(origin, tabId)) await browser.tabs.update(tabId, { url, active: true });
  else await browser.tabs.create({ url, active: true });
}

function readOutcome({ body, handled }, record) {
  const { status = 0, url = null, result = null } = record ?? {};
  return {
    status, url, body: typeof body === "string" ? body : "", state: result?.state ?? null, code: result?.code ?? null, result, handled: handled === true,
  };
}

/**
 * {tabId, target, isOpened} of a page of `origin` that can post: the preferred tab's own page, any other, else a new one at `page`. Which site a
 * tab shows is the browser's word; its own only says that a script of ours is there.
 */
async function pageOf(origin, page, preferred, documentId) {
  for (const { tabId, target } of await tabsOf(origin, preferred, documentId)) {
    if (await ask(tabId, { taler: "ping" }, PING_PATIENCE, target) === origin) return { tabId, target, isOpened: false };
  }
  if (new URL(page).origin !== origin) return null;
  const tab = await browser.tabs.create({ url: page, active: true });
  for (const end = Date.now() + PAGE_PATIENCE; Date.now() < end; await pause(PAGE_PAUSE)) {
    if (!(await isAt(origin, tab.id))) continue;
    if (await ask(tab.id, { taler: "ping" }, PING_PATIENCE, TOP) === origin) return { tabId: tab.id, target: TOP, isOpened: true };
  }
  return null;
}

/** Match patterns know no ports: what the browser finds is looked at once more. */
async function tabsOf(origin, preferred, documentId) {
  const { protocol, hostname } = new URL(origin);
  const tabs = await browser.tabs.query({ url: `${protocol}//${hostname}/*` }).catch(() => []);
  const ids = tabs.filter(({ url, discarded }) => isOf(origin, url) && discarded !== true).map(({ id }) => id);
  const inTop = (tabId) => ({ tabId, target: TOP });
  if (preferred === null || !(await isAt(origin, preferred))) return ids.filter((id) => id !== preferred).map(inTop);
  const first = documentId === null ? [] : [{ tabId: preferred, target: { documentId } }];
  return [...first, ...[preferred, ...ids.filter((id) => id !== preferred)].map(inTop)];
}

/** Whether the tab shows this site, by the browser's word. */
async function isAt(origin, tabId) {
  return browser.tabs.get(tabId).then(({ url }) => isOf(origin, url), () => false);
}

function isOf(origin, url) {
  try {
    return new URL(url).origin === origin;
  } catch {
    return false;
  }
}

/** The content script's answer; null when there is none, or not in time. */
async function ask(tabId, message, patience, target) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), patience); });
  try {
    return await Promise.race([browser.tabs.sendMessage(tabId, message, target), late]) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}
