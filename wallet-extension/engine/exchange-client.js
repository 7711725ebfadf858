// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a wallet asks of an exchange, each a request of its own; `url` is the exchange's base address. Answers are not judged here. */

import { Amount } from "../core/amount.js";
import { NoAnswer, Refused, requestJSON } from "./http.js";

/** Codes of the exchange. */
export const ExchangeCode = Object.freeze({
  otherDenomination: 1003, denominationUnknown: 1005, denominationSignature: 1006, denominationInFuture: 1008, denominationExpired: 1009,
  denominationRevoked: 1010, coinUnknown: 1019, kycRequired: 1028, coinSignature: 1303, coinExpired: 1305, linkUnknown: 1400,
});

/** Codes that say that a denomination cannot be used. */
export const DENOMINATION_CODES = new Set([
  ExchangeCode.denominationUnknown, ExchangeCode.denominationInFuture, ExchangeCode.denominationExpired, ExchangeCode.denominationRevoked,
  ExchangeCode.coinExpired,
]);

/** Requests with signatures to make take longer. */
const LONG = 60_000;

/** The keys as they come. */
export function fetchKeys(url) {
  return requestJSON(new URL("keys", url));
}

/** The reserve's balance, or null when the exchange does not know it after `wait` milliseconds. */
export async function reserveBalance(url, reservePub, wait) {
  try {
    const answer = await requestJSON(new URL(`reserves/${reservePub}?timeout_ms=${wait}`, url), { patience: wait + 20_000 });
    return Amount.parse(answer?.balance);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    if (error instanceof SyntaxError) throw nonsense(url, error);
    throw error;
  }
}

/** The blind signatures for `planchets` (bodies of withdrawRequest), in their order. The same request again gets the same answer. */
export async function batchWithdraw(url, reservePub, planchets) {
  const answer = await requestJSON(new URL(`reserves/${reservePub}/batch-withdraw`, url), { method: "POST", body: { planchets }, patience: LONG });
  if (!Array.isArray(answer?.ev_sigs) || answer.ev_sigs.length !== planchets.length) throw nonsense(url);
  return answer.ev_sigs;
}

/** What the reserve was used for: the array of entries; null when the exchange does not tell its history. `headers` hold the owner's signature. */
export async function reserveHistory(url, reservePub, headers) {
  let answer;
  try {
    answer = await requestJSON(new URL(`reserves/${reservePub}/history`, url), { headers });
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
  if (answer === null) return [];
  if (!Array.isArray(answer.history)) throw nonsense(url);
  return answer.history;
}

/** What the coin was used for; null when the exchange has never seen it. */
export async function coinHistory(url, coinPub, headers) {
  try {
    return await requestJSON(new URL(`coins/${coinPub}/history`, url), { headers });
  } catch (error) {
    if (error instanceof Refused && error.status === 404 && error.code === ExchangeCode.coinUnknown) return null;
    throw error;
  }
}

export function melt(url, coinPub, body) {
  return requestJSON(new URL(`coins/${coinPub}/melt`, url), { method: "POST", body, patience: LONG });
}

export function reveal(url, commitment, body) {
  return requestJSON(new URL(`refreshes/${commitment}/reveal`, url), { method: "POST", body, patience: LONG });
}

/** The refreshes of a coin; none when there was none. */
export async function coinLink(url, coinPub) {
  try {
    return await requestJSON(new URL(`coins/${coinPub}/link`, url));
  } catch (error) {
    if (error instanceof Refused && error.status === 404 && error.code === ExchangeCode.linkUnknown) return [];
    throw error;
  }
}

function nonsense(url, cause) {
  const { host } = new URL(url);
  return new NoAnswer(`${host} gave an answer that cannot be used`, host, { cause });
}
