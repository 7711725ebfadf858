// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Money that the shop says it gave back, in the shop's page: asked for there (the answer is for who has the page), shown as a bar with
 * a button, and handed to the wallet's window. What the wallet has taken is remembered in the page's own storage, so that nobody is
 * asked twice.
 */

import { showOpenButton } from "./open-button.js";

const TAKEN = "taler-wallet-refund:";
const PATIENCE = 30_000;

/** `begin` starts a session with the wallet's window; it is called by the buyer's click. */
export async function offerRefund(contract, refundURL, begin) {
  const text = await refundText(refundURL);
  const given = text === null ? null : givenAmount(text);
  if (given === null || isTaken(contract, given)) return;
  showOpenButton(() => begin({
    kind: "refund", contract, text, page: document.URL, follow: false, report() {},
    refunded: () => remember(contract, given),
  }), "window_refund_waiting", "window_take_refund");
}

/** The shop's list as it came; null when there is none. */
async function refundText(refundURL) {
  try {
    const address = new URL(refundURL, document.URL);
    if (address.origin !== location.origin) return null;
    const response = await fetch(address, {
      headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** How much the exchange has given back, as the shop writes it; null when that is nothing. */
function givenAmount(text) {
  try {
    const { given_amount: given, refunds } = JSON.parse(text);
    return typeof given === "string" && Array.isArray(refunds) && refunds.some((part) => part?.status === "accepted") ? given : null;
  } catch {
    return null;
  }
}

function isTaken(contract, given) {
  try {
    return localStorage.getItem(TAKEN + contract) === given;
  } catch {
    return false;
  }
}

function remember(contract, given) {
  try {
    localStorage.setItem(TAKEN + contract, given);
  } catch {
    // A browser that remembers nothing asks again; the wallet takes nothing twice.
  }
}
