// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Checks of members of records that come from a file: each gives the member in the form in which records hold it, or throws SyntaxError. */

import { Amount } from "../core/amount.js";
import { canonicalHash, decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { Cipher, coinKeyHash, denominationHash } from "../core/derived-hashes.js";
import { publicKeyOf } from "../core/ed25519.js";
import { decodeRsaPublicKey, verifyRsa } from "../core/rsa.js";
import { canonicalExchangeURL } from "./exchange-url.js";

/** The longest text of a member, in UTF-16 units: an offer. */
const LONGEST = 4 * 1024 * 1024;

/** Throws unless `condition`. */
export function must(condition, what) {
  if (!condition) throw new SyntaxError(what);
}

export function object(value, what) {
  must(value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Uint8Array), `${what} is no object`);
  return value;
}

export function list(value, what, most = 1_000_000) {
  must(Array.isArray(value) && value.length <= most, `${what} is no such list`);
  return value;
}

export function text(value, what) {
  must(typeof value === "string" && value.length <= LONGEST, `${what} is no text`);
  return value;
}

/** The result of `check`, or null for null and for a member that is missing. */
export function orNull(value, check, what) {
  return value === null || value === undefined ? null : check(value, what);
}

/** One of the values of a record of names (CoinState, say). */
export function oneOf(names) {
  return (value, what) => {
    must(Object.values(names).includes(value), `${what} is none of the words that it may be`);
    return value;
  };
}

export function whole(value, what) {
  must(Number.isSafeInteger(value) && value >= 0, `${what} is no such number`);
  return value;
}

/** Seconds, or never. */
export function time(value, what) {
  return value === Infinity ? value : whole(value, what);
}

export function bytes(value, length, what) {
  must(value instanceof Uint8Array && value.length === length, `${what} does not have ${length} bytes`);
  return value;
}

export function key(value, what) {
  must(typeof value === "string", `${what} is no key`);
  return encodeBase32(decodeBase32Fixed(value, 32));
}

export function hash(value, what) {
  const found = canonicalHash(value);
  must(found !== null, `${what} is no hash`);
  return found;
}

/** The text of an amount; of `currency`, when that is given. */
export function amount(value, what, currency) {
  const found = Amount.parse(text(value, what));
  must(currency === undefined || found.currency === currency, `${what} has another currency`);
  return found.toString();
}

export function currency(value, what) {
  return Amount.zero(text(value, what)).currency;
}

export function exchangeURL(value, what) {
  must(canonicalExchangeURL(text(value, what)) === value, `${what} is no address of an exchange`);
  return value;
}

export function webAddress(value, what) {
  must(/^https?:$/.test(new URL(text(value, what)).protocol), `${what} is no address of the web`);
  return value;
}

/** The seed whose public key this is. */
export async function seedOf(seed, publicKey, what) {
  must(encodeBase32(await publicKeyOf(bytes(seed, 32, what))) === publicKey, `${what} does not belong to its key`);
  return seed;
}

/** {denomPub, denomHash, value, feeDeposit, expireDeposit} of a coin, planchet or fresh coin. */
export async function denomination(record, what) {
  const key = decodeBase32(text(record.denomPub, what));
  decodeRsaPublicKey(key);
  const denomHash = hash(record.denomHash, what);
  must(encodeBase32(await denominationHash(Cipher.RSA, key)) === denomHash, `${what}: the denomination has another key`);
  const { currency: unit } = Amount.parse(text(record.value, what));
  return {
    denomPub: encodeBase32(key), denomHash, value: amount(record.value, what), feeDeposit: amount(record.feeDeposit, what, unit),
    expireDeposit: time(record.expireDeposit, what),
  };
}

/** The denomination's signature of a coin. */
export async function coinSignature(signature, coinPub, { denomPub }, what) {
  const found = decodeBase32(text(signature, what));
  const isValid = await verifyRsa(decodeRsaPublicKey(decodeBase32(denomPub)), await coinKeyHash(decodeBase32Fixed(coinPub, 32)), found);
  must(isValid, `${what}: the exchange has not signed it`);
  return encodeBase32(found);
}
