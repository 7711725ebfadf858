// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's windows: one for each tab in which a page has a conversation with it. */

import { browser } from "../platform.js";
import { newSessionID, sessions } from "../sessions.js";
import { mayOpen } from "./allowance.js";
import { putWithRoom } from "./room.js";

const CONFIRM = "extension/pages/confirm.html";
const SIZE = { width: 440, height: 760 };

/** One thing at a time for a tab, in whichever context. */
export function inTurn(tabId, action) {
  return navigator.locks.request(`taler-tab-${tabId}`, action);
}

/** Says something to the content script of the page that began the session. */
export async function tellPage(session, message) {
  try {
    await browser.tabs.sendMessage(session.tabId, { session: session.id, ...message }, { frameId: 0 });
  } catch {
    // The page is gone: nobody wants to know.
  }
}

/**
 * The session for what a page asks: `content` {kind, …}. A tab has one window: what is the same as is open already, or takes its place, is shown in
 * it, and it comes to the front when `isTouched` (the person has done something in the page). Gives the session, null for a tab that has opened too
 * many windows by itself; throws when the browser keeps no more, or opens no window.
 */
export async function openWindow(page, content, isTouched) {
  const earlier = await sessionOf(page.tabId);
  if (earlier !== null && isSame(earlier, page, content) && await isOpen(earlier)) {
    if (isTouched) await toFront(earlier);
    return earlier;
  }
  const session = {
    id: newSessionID(), ...content, origin: page.origin, page: page.url, tabId: page.tabId, documentId: page.documentId,
    created: Math.floor(Date.now() / 1000), walletTabId: null, walletWindowId: null,
  };
  const reused = await reuse(earlier, session, isTouched);
  if (reused !== null) return reused;
  if (!(await mayOpen(page.tabId, isTouched))) return null;
  await putWithRoom(session, giveUp);
  try {
    const opened = { ...session, ...(await open(addressOf(session))) };
    await sessions.put(opened);
    return opened;
  } catch (error) {
    await sessions.remove(session.id);
    throw error;
  }
}

function addressOf({ id }) {
  return browser.runtime.getURL(`${CONFIRM}#${id}`);
}

/** The window of `earlier` shows `session` from now on, in which its page loads itself anew; null when there is none any more. */
async function reuse(earlier, session, isTouched) {
  if (earlier === null) return null;
  await sessions.remove(earlier.id);
  if (!(await isOpen(earlier))) return null;
  const next = { ...session, walletTabId: earlier.walletTabId, walletWindowId: earlier.walletWindowId };
  try {
    await putWithRoom(next, giveUp);
    await browser.tabs.update(next.walletTabId, { url: addressOf(next) });
  } catch (error) {
    await end(next);
    throw error;
  }
  if (isTouched) await toFront(next);
  return next;
}

/** A conversation of another tab ends for want of room: its page hears of it as of a “no”. */
async function giveUp(session) {
  await end(session);
  await tellPage(session, { taler: "closed" });
}

/** The conversation of a tab for which a window is open; null when there is none. */
export async function sessionOf(tabId) {
  return (await sessions.all()).find((session) => session.tabId === tabId && session.kind !== "withdraw") ?? null;
}

/** Forgets a session and closes its window, without a word to the page: something else takes its place. */
export async function end(session) {
  if (session === null) return;
  await sessions.remove(session.id);
  if (session.walletTabId !== null) await browser.tabs.remove(session.walletTabId).catch(() => {});
}

/** A phone's browser has no windows: the wallet gets a tab. */
async function open(url) {
  if (browser.windows?.create !== undefined) {
    try {
      const window = await browser.windows.create({ url, type: "popup", focused: true, ...SIZE });
      const tabId = window.tabs?.[0]?.id ?? (await browser.tabs.query({ windowId: window.id }))[0]?.id;
      if (tabId !== undefined) return { walletTabId: tabId, walletWindowId: window.id };
    } catch {
      // No window now (a kiosk, say).
    }
  }
  const tab = await browser.tabs.create({ url, active: true });
  return { walletTabId: tab.id, walletWindowId: null };
}

async function isOpen({ walletTabId }) {
  return walletTabId !== null && await browser.tabs.get(walletTabId).then(() => true, () => false);
}

async function toFront({ walletTabId, walletWindowId }) {
  try {
    if (walletWindowId !== null) await browser.windows.update(walletWindowId, { focused: true });
    await browser.tabs.update(walletTabId, { active: true });
  } catch {
    // Closed just now: the page hears of that.
  }
}

function isSame(session, page, content) {
  return session.origin === page.origin && session.documentId === page.documentId
    && Object.entries(content).every(([member, value]) => session[member] === value);
}
