// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a failed payment means, in words for the buyer. */

const BY_CODE = {
  1012: "One of your coins was already spent. The wallet has taken it out of your balance; nothing else was charged.",
  1003: "The exchange knows one of your coins in another form and does not take it. It is set aside; nothing was charged.",
  1009: "A coin is too old to be spent. Nothing was charged.",
  1010: "The exchange has recalled the kind of one of your coins. Nothing was charged.",
  2005: "The shop does not know this offer any more. Nothing was charged; ask the shop for a new one.",
  2157: "The shop could not verify one of your coins. It is set aside; nothing was charged.",
  2160: "This offer has been paid with other coins already. These coins were not charged.",
  2161: "The offer expired before the payment arrived. Nothing was charged; ask the shop for a new one.",
  2186: "The shop cannot receive money at the moment: its exchange wants to know more about it. Nothing was charged.",
};

/** The shop's answer to the permission of an order whose money it gave back wholly. */
const REFUNDED = 2167;

/** A refusal that is final: the coins are free again. */
export function explainRefusal(status, { code, hint }) {
  return BY_CODE[code] ?? `The shop refused the payment: ${hint ?? "it gave no reason"} (status ${status}, code ${code}). Nothing was charged.`;
}

/** An earlier purchase of what is offered now, which the shop refused to show: the new offer stands below these words. */
export function explainForgotten(purchase, { code, hint }) {
  if (purchase.state !== "paid") return "An earlier payment for this was refused by the shop, and nothing was charged for it. This is the shop’s new offer.";
  const why = code === REFUNDED ? "the shop has given that money back" : `the shop does not open it any more (${hint ?? `code ${code}`})`;
  return `You have paid for this before, but ${why}. Below is a new offer; it would be a new payment.`;
}

/** No outcome: the permission stays, and is sent again. */
export function explainUnknown(status, purchase, code = null) {
  if (purchase.state === "paid" && code === REFUNDED) return "The shop has given the money for this back, and does not open it any more.";
  if (purchase.state === "paid") {
    return `You have paid for this, but the shop did not show it (${status === 0 ? "no answer" : `status ${status}`}). Try again later; it costs nothing more.`;
  }
  const what = status === 0 ? "The shop did not answer" : `The shop could not finish the payment (status ${status})`;
  return `${what}. It may have been received: the coins stay reserved for it, and trying again never pays twice.`;
}
