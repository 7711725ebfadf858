// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The in-page wallet's presence in a shop's page, for browsers without the extension. It hears the
 * Taler events, opens the wallet's own window for everything that needs trust, and makes the one request
 * that must leave from the shop's origin: the POST to pay_url. It holds no key and no coin.
 */

import { PaymentSession } from "./payment-session.js";
import { offerRefund } from "./refund-offer.js";

const STARTED = Symbol.for("taler-in-page-wallet");

let session = null;

/** Starts a session, which replaces an earlier one: the buyer sees one wallet window. */
function begin(task) {
  session?.end();
  session = new PaymentSession(task);
  session.open();
}

function dispatch(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

/** Tells the page how a payment ended. */
function report(result) {
  dispatch("taler-payment-result", result);
}

function onContract(event) {
  const text = typeof event.detail === "string" ? event.detail : JSON.stringify(event.detail);
  begin({ kind: "offer", text, page: document.URL, report, follow: true });
}

function onExecute(event) {
  const detail = parsed(event.detail);
  if (typeof detail?.H_contract !== "string" || typeof detail.pay_url !== "string") {
    report({ success: false, status: 0, reason: "malformed", responseText: "" });
    return;
  }
  begin({ kind: "execute", contract: detail.H_contract, payURL: detail.pay_url, page: document.URL, report, follow: false });
}

function onRefund(event) {
  const detail = parsed(event.detail);
  if (typeof detail?.H_contract === "string" && typeof detail.refund_url === "string") offerRefund(detail.H_contract, detail.refund_url, begin);
}

function parsed(detail) {
  if (typeof detail !== "string") return detail;
  try {
    return JSON.parse(detail);
  } catch {
    return null;
  }
}

if (!globalThis[STARTED]) {
  globalThis[STARTED] = true;
  document.addEventListener("taler-probe", () => dispatch("taler-wallet-present"), true);
  document.addEventListener("taler-contract", onContract, true);
  document.addEventListener("taler-execute-payment", onExecute, true);
  document.addEventListener("taler-refund", onRefund, true);
  // The page may have asked before this module was there.
  dispatch("taler-wallet-load");
  dispatch("taler-wallet-present");
}
