// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Payments as the background sees them: outcomes, and what was not finished. */

import { deliver, showBought } from "../delivery.js";
import { recorded } from "../recorded.js";
import { sessions } from "../sessions.js";
import { openWallet } from "./wallet.js";

/** A purchase of this shop; null for all others. */
async function purchaseOf(id, origin) {
  const { store } = await openWallet();
  const purchase = await store.purchases.get(id);
  return purchase?.origin === origin ? purchase : null;
}

/**
 * A shop's answer to the stored permission of a try (`attempt`; null: the first), told by the page that posted it, is recorded before anybody acts on it, also when the wallet's window is
 * closed by now. Gives {state, code, attended}: whether the session's window is still there to go on; null for what is no purchase of this shop.
 */
export async function recordOutcome({ purchase: id, attempt, session, status, url, body }, page) {
  const purchase = await purchaseOf(id, page.origin);
  if (purchase === null) return null;
  const { payments } = await openWallet();
  const result = await payments.record(id, { status, url, body }, attempt ?? 1);
  await recorded.put(id, { attempt: attempt ?? 1, status, url, result });
  const { state, code } = result;
  return { state, code, attended: await sessions.get(session) !== null };
}

/** What a shop says it gave back: credited as far as the exchange has signed it. A shop that knows nothing is no news. */
export async function collectRefund({ contract, text }, page) {
  if (await purchaseOf(contract, page.origin) === null) return null;
  const { refunds } = await openWallet();
  const { credited, isWhole } = await refunds.collect(contract, page.origin, text);
  return { credited: credited.toString(), isWhole };
}

/** See pages/service.js. */
export function finishPurchase({ purchase: id }) {
  return navigator.locks.request(`taler-finish-${id}`, { ifAvailable: true }, async (lock) => {
    const { store } = await openWallet();
    const purchase = await store.purchases.get(id);
    if (purchase === undefined || lock === null) return { state: lock === null ? "busy" : "unknown", status: 0, code: null };
    if (purchase.state !== "pending" && purchase.state !== "paid") return { state: purchase.state, status: 0, code: null };
    const outcome = await deliver(purchase);
    if (outcome === null) return { state: "unreachable", status: 0, code: null };
    await showBought(outcome, false);
    return { state: outcome.state ?? "pending", status: outcome.status, code: outcome.code };
  });
}

/** How many payments wait for an answer of their shop. */
export async function countUnfinished() {
  const { store } = await openWallet();
  return (await store.purchases.pending()).length;
}
