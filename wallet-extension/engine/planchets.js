// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Planchets of a reserve. Their secrets come from the reserve's seed and a number, so that who has the reserve (out of a backup, say)
 * can make all of them again.
 */

import { Amount } from "../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { u32, utf8 } from "../core/bytes.js";
import { kdf } from "../core/kdf.js";
import { coinFromAnswer, withdrawRequest } from "../core/planchet.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { CoinState } from "./records.js";

const CONTEXT = utf8("taler-wallet-planchet");

/** The secret (32 bytes) of the reserve's planchet with this number, from 0. */
export function planchetSecret(reserveSeed, number) {
  return kdf(32, u32(number), reserveSeed, CONTEXT);
}

/** Records of planchets, the first with the number `start`, for denominations of verified keys. */
export async function makePlanchets(reserveSeed, denominations, start) {
  const planchets = [];
  for (const [i, denomination] of denominations.entries()) {
    planchets.push(planchetRecord(await planchetSecret(reserveSeed, start + i), denomination));
  }
  return planchets;
}

export function planchetRecord(secret, denomination) {
  return { secret, ...denominationRecord(denomination), feeWithdraw: denomination.feeWithdraw.toString() };
}

/** What a coin's record keeps of its denomination. */
export function denominationRecord(denomination) {
  return {
    denomPub: encodeBase32(denomination.rsaKey.encoded),
    denomHash: denomination.id,
    value: denomination.value.toString(),
    feeDeposit: denomination.feeDeposit.toString(),
    expireDeposit: denomination.expireDeposit,
  };
}

/** The denomination of a record, as far as the record knows it. */
export function denominationOf(record) {
  const amount = (text) => (text === undefined ? undefined : Amount.parse(text));
  return {
    hash: decodeBase32Fixed(record.denomHash, 64), id: record.denomHash, rsaKey: decodeRsaPublicKey(decodeBase32(record.denomPub)),
    value: amount(record.value), feeWithdraw: amount(record.feeWithdraw), feeDeposit: amount(record.feeDeposit),
  };
}

/** The request for a planchet. */
export function planchetRequest(planchet, reserveSeed) {
  return withdrawRequest(planchet.secret, denominationOf(planchet), reserveSeed);
}

/** The record of the coin that the exchange's answer makes of a planchet; throws when the signature is not the denomination's. */
export async function coinOfPlanchet(planchet, answer, { reservePub, masterPub, exchange, doubt, claimed }) {
  const made = await coinFromAnswer(planchet.secret, denominationOf(planchet), answer);
  // One that was found again, or is from a backup, may have been spent already: the exchange is asked.
  const isDoubtful = planchet.found === true || doubt === true;
  return coinRecord(made, planchet, { masterPub, exchange, from: { reserve: reservePub }, doubt: isDoubtful, ...(claimed === true ? { claimed } : {}) });
}

/** A new, untouched coin's record; `denomination` is a denominationRecord. */
export function coinRecord({ coinSeed, coinKey, signature }, { denomPub, denomHash, value, feeDeposit, expireDeposit }, origin) {
  return {
    coinPub: encodeBase32(coinKey), seed: coinSeed, signature: encodeBase32(signature), denomPub, denomHash, value, feeDeposit, expireDeposit,
    remaining: value, state: CoinState.free, lockedFor: null, exposed: null, ...origin,
  };
}
