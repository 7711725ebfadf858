// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's windows: one for each tab in which a page has a conversation with it. */

import { browser } from "../platform.js";
import { newSessionID, sessions } from "../sessions.js";

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
 * The session for what a page asks: `content` {kind, …}. The same as is open already gets that window to the front; another one replaces it.
 * Gives the session; throws when the browser keeps no more, or opens no window.
 */
export async function openWindow(page, content) {
  const earlier = await sessionOf(page.tabId);
  if (earlier !== null && isSame(earlier, page, content) && await toFront(earlier)) return earlier;
  await end(earlier);
  const session = {
    id: newSessionID(), ...content, origin: page.origin, page: page.url, tabId: page.tabId, documentId: page.documentId,
    created: Math.floor(Date.now() / 1000), walletTabId: null, walletWindowId: null,
  };
  await sessions.put(session);
  try {
    const opened = { ...session, ...(await open(browser.runtime.getURL(`${CONFIRM}#${session.id}`))) };
    await sessions.put(opened);
    return opened;
  } catch (error) {
    await sessions.remove(session.id);
    throw error;
  }
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

async function toFront({ walletTabId, walletWindowId }) {
  try {
    if (walletWindowId !== null) await browser.windows.update(walletWindowId, { focused: true });
    await browser.tabs.update(walletTabId, { active: true });
    return true;
  } catch {
    return false;
  }
}

function isSame(session, page, content) {
  return session.origin === page.origin && session.documentId === page.documentId
    && Object.entries(content).every(([member, value]) => session[member] === value);
}
