// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The extension's background: a service worker in Chromium, an event page in Firefox. The browser ends it whenever it likes; all that matters is in
 * the database (money) and in `storage.session` (conversations). Listeners stand before anything waits, so that an event can wake it.
 */

import { browser } from "../platform.js";
import { SessionKind, sessions } from "../sessions.js";
import { forgetWindows } from "./allowance.js";
import { injectOnce } from "./injection.js";
import { understand, webAddress } from "./messages.js";
import { collectRefund, finishPurchase, recordOutcome } from "./purchases.js";
import { Redirects } from "./redirects.js";
import { beginWithdrawal, readHeader } from "./reserves.js";
import { openWallet } from "./wallet.js";
import { end, inTurn, openWindow, tellPage } from "./windows.js";
import { ALARM, showBadge, showWaiting, wakeIn, work } from "./work.js";

const redirects = new Redirects();

async function isOn() {
  return (await browser.storage.local.get({ on: true })).on !== false;
}

/** By word: what is done, and what is answered. */
const ANSWERS = Object.freeze({
  offer: ({ text, touched }, page) => converse(page, { kind: SessionKind.offer, text }, touched === true),
  execute: ({ contract, payURL, touched }, page) => converse(page, { kind: SessionKind.execute, contract, payURL }, touched === true),
  touched: (_, page) => inTurn(page.tabId, () => forgetWindows(page.tabId)),
  async outcome(message, page) {
    const answer = await recordOutcome(message, page);
    // The person agreed to it.
    if (answer?.state === "paid") await forgetWindows(page.tabId);
    soon();
    return answer;
  },
  elsewhere: ({ address }, page) => redirects.take(page.tabId, address),
  async refund(message, page) {
    const answer = await collectRefund(message, page);
    if (answer !== null) soon();
    return answer;
  },
  reserve: (message, page) => beginWithdrawal(page, message),
  async confirm({ reservePub }, page) {
    // Of a reserve that this site has nothing to do with, the wallet does not even begin to ask its exchanges.
    if (await (await openWallet()).withdrawals.confirm(reservePub, page.origin)) soon();
    return true;
  },
  left: ({ session }, page) => leave((one) => one.id === session && one.tabId === page.tabId),
  finish: finishPurchase,
  wake: () => soon({ isOpened: true }),
});

async function converse(page, content, isTouched) {
  try {
    const session = await inTurn(page.tabId, () => openWindow(page, content, isTouched));
    if (session !== null) return { session: session.id };
    await showWaiting(page.tabId);
    return { session: null, reason: "cancelled", message: "" };
  } catch (error) {
    console.error(error);
    return { session: null, reason: "busy", message: browser.i18n.getMessage("extensionBusy") };
  }
}

/** The page that asked is gone: an offer that nobody has accepted goes with it. */
async function leave(isMeant) {
  for (const session of await sessions.all()) {
    if (!isMeant(session)) continue;
    if (session.kind === SessionKind.withdraw) await sessions.remove(session.id);
    else if (session.isPosting !== true) await end(session);
  }
}

/** Things changed: what they make due is done without waiting for the alarm. */
function soon(how) {
  work(how).catch(console.error);
}

browser.runtime.onMessage.addListener((message, sender, answer) => {
  const understood = understand(message, sender);
  if (understood === null) return undefined;
  Promise.resolve(ANSWERS[understood.message.taler](understood.message, understood.page)).then((value) => answer(value ?? null), (error) => {
    console.error(error);
    answer(null);
  });
  return true;
});

browser.tabs.onRemoved.addListener(async (tabId) => {
  for (const session of await sessions.all()) {
    if (session.walletTabId !== tabId || session.kind === SessionKind.withdraw) continue;
    await sessions.remove(session.id);
    await tellPage(session, { taler: "closed" });
  }
  await leave((session) => session.tabId === tabId);
  await forgetWindows(tabId);
});

browser.webRequest.onHeadersReceived.addListener(async ({ tabId, frameId, documentLifecycle, url, statusCode, responseHeaders }) => {
  // What the browser only prepares, in case that the person goes there, is in a frame of its own.
  if (statusCode !== 202 || tabId < 0 || frameId !== 0 || documentLifecycle === "prerender") return;
  const header = readHeader(responseHeaders);
  const place = webAddress(url);
  if (header === null || place === null || !(await isOn())) return;
  const page = { origin: place.origin, url: place.href, tabId, documentId: null };
  if (header.operation === "create-reserve") await beginWithdrawal(page, header, { isArriving: true });
  else if (header.reservePub !== null) await ANSWERS.confirm(header, page);
}, { urls: ["http://*/*", "https://*/*"], types: ["main_frame"] }, ["responseHeaders"]);

browser.webRequest.onBeforeRedirect.addListener((details) => redirects.note(details), {
  urls: ["http://*/*", "https://*/*"], types: ["xmlhttprequest"],
});

browser.alarms.onAlarm.addListener(({ name }) => { if (name === ALARM) soon(); });

// After a kill of the browser: what was interrupted goes on, what waits for a shop is shown.
browser.runtime.onStartup.addListener(() => soon());
browser.runtime.onInstalled.addListener(() => soon());

async function begin() {
  await injectOnce();
  if (await browser.alarms.get(ALARM) === undefined) await wakeIn(0);
  (await openWallet()).changes.subscribe(() => { showBadge().catch(console.error); });
  await showBadge();
}

begin().catch(console.error);
