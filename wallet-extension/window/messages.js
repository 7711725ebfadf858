// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the agent in a shop's page and the wallet's window say to each other with postMessage: objects
 * {taler, nonce, ...}. Both ends name the other's exact origin, and believe only the other's window,
 * origin and nonce.
 */

export const Message = Object.freeze({
  /** Window to agent: loaded, listening. */
  ready: "ready",
  /** Agent to window: {text, page}: the JSON text of an offer, and the address of the page that made it. */
  offer: "offer",
  /** Agent to window: {contract, payURL, page}: replay the permission of this contract (base32). */
  execute: "execute",
  /** Agent to window: {contract, text, page}: what the shop says it gave back of this contract (base32), as its JSON text. */
  refund: "refund",
  /** Window to agent: {contract, given}: what of it has come back is in the wallet; `given` is the shop's word for how much. */
  refunded: "refunded",
  /** Agent to window: {text, page}: what a bank's page wants withdrawn, as JSON text. */
  withdraw: "withdraw",
  /** Window to agent: {address}: the tab goes there, to the bank's own question; the reserve is stored. */
  go: "go",
  /** Window to agent: {payURL, permission, purchase, attempt}: post this text, which is signed and stored. */
  pay: "pay",
  /** Agent to window: {status, url, body, purchase, attempt}: how it went with that text; status 0 when there was no answer. */
  outcome: "outcome",
  /** Window to agent: {paid, url, status, body}: the outcome is stored; `url` is where the shop's tab may go. */
  recorded: "recorded",
  /** Window to agent: {reason, message}: nothing will be paid. */
  declined: "declined",
});

/** A nonce for one window: 128 bits, hexadecimal. */
export function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The message in `event` when it is the peer's, else null. */
export function messageFrom(event, { peer, origin, nonce }) {
  const { data } = event;
  if (event.source !== peer || event.origin !== origin) return null;
  if (data === null || typeof data !== "object" || data.nonce !== nonce || typeof data.taler !== "string") return null;
  return data;
}
