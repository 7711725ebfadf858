// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Banks: a withdrawal that a page has confirmed goes on at a page of the wallet, in the same tab. */

import { Amount } from "../../core/amount.js";
import { browser } from "../platform.js";
import { newSessionID, SessionKind, sessions } from "../sessions.js";
import { webAddress } from "./messages.js";
import { inTurn } from "./windows.js";

const WITHDRAW = "extension/pages/withdraw.html";

/** The only wire method that banks of this protocol have; one that names none means it. */
const WIRE_TYPE = "test";

/** {amount, callbackURL, wireTypes, suggestedExchange} as a session keeps them; null when they are not those of a withdrawal at this bank. */
export function readDetail({ amount, callbackURL, wireTypes, suggestedExchange }, origin) {
  const callback = webAddress(callbackURL);
  if (callback === null || callback.origin !== origin) return null;
  try {
    const sum = Amount.fromJSON(amount);
    if (sum.isZero) return null;
    return {
      amount: sum.toString(), callbackURL: callback.href, wireTypes: wireTypes ?? [WIRE_TYPE],
      suggestedExchange: suggestedExchange === null ? null : webAddress(suggestedExchange)?.href ?? null,
    };
  } catch {
    return null;
  }
}

/**
 * Takes the tab to the wallet's page for this withdrawal. `page`: {origin, url, tabId, documentId}; `isArriving`: the tab is on its way to that page.
 * False when the bank's word makes no sense, and when the tab shows another site by now or goes to one: nobody is kept at a bank.
 */
export async function beginWithdrawal(page, content, { isArriving = false } = {}) {
  const detail = readDetail(content, page.origin);
  if (detail === null) return false;
  return inTurn(page.tabId, async () => {
    if (!isArriving && !(await isAt(page))) return false;
    for (const session of await sessions.all()) {
      if (session.kind === SessionKind.withdraw && session.tabId === page.tabId) await sessions.remove(session.id);
    }
    const session = {
      id: newSessionID(), kind: SessionKind.withdraw, detail, origin: page.origin, page: page.url, tabId: page.tabId,
      documentId: page.documentId, created: Math.floor(Date.now() / 1000), walletTabId: page.tabId, walletWindowId: null,
    };
    await sessions.put(session);
    await browser.tabs.update(page.tabId, { url: browser.runtime.getURL(`${WITHDRAW}#${session.id}`) });
    return true;
  });
}

/** Whether the tab still shows the page that asks, and is not on its way elsewhere. */
async function isAt({ tabId, origin, documentId }) {
  try {
    const { url, pendingUrl } = await browser.tabs.get(tabId);
    if (![url, pendingUrl ?? url].every((address) => webAddress(address)?.origin === origin)) return false;
    // Firefox 140 knows no names of documents. A document that is gone answers nothing.
    return documentId === null || await browser.tabs.sendMessage(tabId, { taler: "ping" }, { documentId }) === origin;
  } catch {
    return false;
  }
}

/** What an answer's header says: {operation: "create-reserve", amount, callbackURL, …} or {operation: "confirm-reserve", reservePub}; null for none. */
export function readHeader(headers) {
  const values = new Map();
  for (const { name, value } of headers ?? []) {
    if (typeof value === "string") values.set(name.toLowerCase(), value.trim());
  }
  if (isSandboxed(headers)) return null;
  switch (values.get("x-taler-operation")) {
    case "create-reserve":
      return {
        operation: "create-reserve", amount: parsed(values.get("x-taler-amount")), callbackURL: values.get("x-taler-callback-url") ?? null,
        wireTypes: wireTypesIn(values.get("x-taler-wt-types")), suggestedExchange: values.get("x-taler-suggested-exchange") ?? null,
      };
    case "confirm-reserve":
      return { operation: "confirm-reserve", reservePub: values.get("x-taler-reserve-pub") ?? null };
    default:
      return null;
  }
}

/** Such a page has no origin: events of it are not heard either. */
function isSandboxed(headers) {
  return (headers ?? []).some(({ name, value }) => name.toLowerCase() === "content-security-policy" && typeof value === "string"
    && value.toLowerCase().split(/[;,]/).some((one) => /^\s*sandbox(\s|$)/.test(one) && !/\sallow-same-origin(\s|$)/.test(one)));
}

/** An amount may stand there as JSON or as the bare text CUR:1.5. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text ?? null;
  }
}

function wireTypesIn(text) {
  const list = parsed(text);
  return Array.isArray(list) && list.length <= 16 && list.every((one) => typeof one === "string") ? list : null;
}
