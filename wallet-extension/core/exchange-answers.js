// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * An exchange's signed answers, each checked before it is believed. `signingKeys` are those of its verified
 * /keys, `time` is now in seconds: a key that is listed is evidence until its `end`.
 */

import { decodeBase32Fixed } from "./base32.js";
import { equalBytes } from "./bytes.js";
import {
  denominationExpiredMessage, denominationUnknownMessage, meltConfirmationMessage, refundConfirmationMessage,
} from "./exchange-messages.js";
import { isSignedBy } from "./signed-message.js";
import { timeFromJSON } from "./time.js";

/** How many candidates a refresh has, of which one stays hidden. */
export const CANDIDATES = 3;

/** Why an exchange's answer is not believed. */
export class AnswerError extends Error {}

/** Throws AnswerError unless {exchange_pub, exchange_sig} of `answer` is the signature of `message` by a listed key. */
export async function checkExchangeSignature(message, answer, { signingKeys, time }) {
  const publicKey = reading("exchange_pub", () => decodeBase32Fixed(answer.exchange_pub, 32));
  const signature = reading("exchange_sig", () => decodeBase32Fixed(answer.exchange_sig, 64));
  if (!signingKeys.some(({ key, end }) => equalBytes(key, publicKey) && time < end)) {
    throw new AnswerError("the exchange signed with a key that it does not list");
  }
  if (!(await isSignedBy(message, signature, publicKey))) throw new AnswerError("the exchange's signature is wrong");
}

/**
 * The candidate (0 to 2) that stays hidden, of 200 of POST /coins/$PUB/melt, `{noreveal_index, exchange_pub, exchange_sig}`.
 * `commitment` is the refresh's, 64 bytes. Throws AnswerError.
 */
export async function hiddenCandidate(answer, commitment, keys) {
  const hidden = reading("melt", () => answer.noreveal_index);
  if (!Number.isInteger(hidden) || hidden < 0 || hidden >= CANDIDATES) throw new AnswerError("the exchange chose a candidate that there is not");
  await checkExchangeSignature(meltConfirmationMessage({ commitment, hidden }), answer, keys);
  return hidden;
}

/**
 * That the exchange gave a coin something back: `refund` is {contractHash, coinKey, merchantKey, transactionID, amount (fee included)},
 * `answer` holds {exchange_pub, exchange_sig}. Throws AnswerError.
 */
export async function checkRefund(refund, answer, keys) {
  await checkExchangeSignature(reading("refund", () => refundConfirmationMessage(refund)), answer, keys);
}

/**
 * That a denomination can not be used: the body of a 404 (unknown) or 410 (`oper` says for what: expired, not yet valid, revoked),
 * `{timestamp, h_denom_pub, exchange_pub, exchange_sig, oper}`. Gives {time, operation (null of a 404)}. Throws AnswerError when it is
 * about another denomination or not signed.
 */
export async function checkDenominationRefusal(answer, denominationHash, keys) {
  const { time, operation, message } = reading("refusal", () => {
    if (!equalBytes(decodeBase32Fixed(answer.h_denom_pub, 64), denominationHash)) throw new SyntaxError("it is about another denomination");
    const about = { time: timeFromJSON(answer.timestamp), operation: answer.oper ?? null, denominationHash };
    return { ...about, message: about.operation === null ? denominationUnknownMessage(about) : denominationExpiredMessage(about) };
  });
  await checkExchangeSignature(message, answer, keys);
  return { time, operation };
}

function reading(what, read) {
  try {
    return read();
  } catch (error) {
    throw new AnswerError(`the exchange's answer cannot be read: ${what}: ${error.message}`, { cause: error });
  }
}
