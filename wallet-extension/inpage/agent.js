// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The in-page wallet's presence in a page of a shop or a bank, for browsers without the extension: where another wallet answers the probe, this
 * one leaves everything to it. It hears the Taler events, opens the wallet's own window for everything that needs trust, and makes the one
 * request that must leave from the shop's origin: the POST to pay_url. It holds no key and no coin.
 */

import { PaymentSession } from "./payment-session.js";
import { offerRefund } from "./refund-offer.js";

const STARTED = Symbol.for("taler-in-page-wallet");

let session = null;

/** While this wallet asks for another one, it does not answer itself. */
let asking = false;

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

/** Whether another wallet (an extension) serves this page now: it answers a probe at once. */
function isServed() {
  let answered = false;
  const hear = () => { answered = true; };
  asking = true;
  document.addEventListener("taler-wallet-present", hear, true);
  dispatch("taler-probe");
  document.removeEventListener("taler-wallet-present", hear, true);
  asking = false;
  return answered;
}

function announce() {
  if (isServed()) return;
  dispatch("taler-wallet-load");
  dispatch("taler-wallet-present");
}

function onProbe() {
  if (!asking && !isServed()) dispatch("taler-wallet-present");
}

/** A listener that leaves what another wallet serves to it. */
function unlessServed(hear) {
  return (event) => {
    if (!isServed()) hear(event);
  };
}

function onContract(event) {
  const text = textOf(event.detail);
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

function onCreateReserve(event) {
  begin({ kind: "withdraw", text: textOf(event.detail), page: document.URL, report() {}, follow: false });
}

/** A detail as JSON text; "" for what cannot be one. */
function textOf(detail) {
  if (typeof detail === "string") return detail;
  try {
    return JSON.stringify(detail) ?? "";
  } catch {
    return "";
  }
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
  document.addEventListener("taler-probe", onProbe, true);
  document.addEventListener("taler-contract", unlessServed(onContract), true);
  document.addEventListener("taler-execute-payment", unlessServed(onExecute), true);
  document.addEventListener("taler-refund", unlessServed(onRefund), true);
  document.addEventListener("taler-create-reserve", unlessServed(onCreateReserve), true);
  // When the other wallet has gone from the page, this one takes its place.
  document.addEventListener("taler-wallet-unload", () => setTimeout(announce), true);
  // The page may have asked before this module was there.
  announce();
}
