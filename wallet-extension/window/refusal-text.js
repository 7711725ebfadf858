// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a failed payment means, in words for the buyer. */

import { visible } from "./elements.js";

/** Codes of refusals that have a text of their own: `refused_code_…`. */
const TOLD = new Set([1003, 1009, 1010, 1012, 2005, 2157, 2160, 2161, 2186]);

/** The shop's answer to the permission of an order whose money it gave back wholly. */
const REFUNDED = 2167;

/** A coin was spent elsewhere; a shop that says so of a coin that is none of the purchase is not repeated. */
const SPENT = 1012;

/** A refusal that is final: the coins are free again. */
export function explainRefusal(words, status, { code, hint, coinSpent }) {
  if (TOLD.has(code) && (code !== SPENT || coinSpent)) return words.text(`refused_code_${code}`);
  const told = hint === null || hint === undefined ? words.text("refused_no_reason") : visible(hint);
  return words.text("refused_by_shop", { hint: told, status: String(status), code: String(code) });
}

/** An earlier purchase of what is offered now, which the shop refused to show: the new offer stands below these words. */
export function explainForgotten(words, purchase, { code, hint }) {
  if (purchase.state !== "paid") return words.text("refused_earlier");
  if (code === REFUNDED) return words.text("refused_earlier_refunded");
  const told = hint === null || hint === undefined ? words.text("refused_code", { code: String(code) }) : visible(hint);
  return words.text("refused_earlier_closed", { hint: told });
}

/** No outcome: the permission stays, and is sent again. */
export function explainUnknown(words, status, purchase, code = null) {
  if (purchase.state === "paid" && code === REFUNDED) return words.text("refused_given_back");
  if (purchase.state === "paid") {
    const answer = status === 0 ? words.text("refused_silence") : words.text("refused_status", { status: String(status) });
    return words.text("refused_paid_not_shown", { answer });
  }
  return status === 0 ? words.text("refused_open_no_answer") : words.text("refused_open_status", { status: String(status) });
}
