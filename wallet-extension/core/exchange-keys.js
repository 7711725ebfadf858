// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * An exchange's /keys (layout of protocol 17 to 32), verified whole: every signing key, denomination,
 * account and wire fee down to the master key that the wallet was configured with, and the whole by an
 * online key that is valid now. One wrong signature refuses all of it.
 */

import { Amount } from "./amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "./base32.js";
import { concat, equalBytes, utf8WithNul } from "./bytes.js";
import { hashJSON } from "./canonical-json.js";
import { Cipher, denominationHash } from "./derived-hashes.js";
import {
  denominationMessage, keySetMessage, signingKeyMessage, wireDetailsMessage, wireFeeMessage,
} from "./exchange-messages.js";
import { decodeRsaPublicKey } from "./rsa.js";
import { isSignedBy } from "./signed-message.js";
import { timeFromJSON } from "./time.js";
import { sha512 } from "./webcrypto.js";

const OLDEST_LAYOUT = 17;
const NEWEST_LAYOUT = 32;

/** Why a /keys is not used. */
export class KeysError extends Error {}

/**
 * The verified content of `json` (parsed /keys): {baseURL, currency, version, denominations, signingKeys}.
 * `expected` is {masterKey (32 bytes), currency, time (seconds, now)}.
 */
export async function verifyExchangeKeys(json, { masterKey, currency, time }) {
  try {
    return await verified(json, masterKey, currency, time);
  } catch (error) {
    if (error instanceof KeysError) throw error;
    throw new KeysError(`the exchange's keys cannot be read: ${error.message}`, { cause: error });
  }
}

async function verified(json, masterKey, currency, time) {
  const version = checkedVersion(json.version);
  require(json.currency === currency, `the exchange has the currency ${json.currency}, not ${currency}`);
  require(equalBytes(decodeBase32Fixed(json.master_public_key, 32), masterKey), "the exchange has another master key");
  const signingKeys = [];
  for (const entry of json.signkeys) signingKeys.push(await signingKey(entry, masterKey));
  for (const account of json.accounts) await checkAccount(account, masterKey);
  for (const [method, fees] of Object.entries(json.wire_fees)) {
    for (const fee of fees) await checkWireFee(method, fee, masterKey, currency);
  }
  const revoked = (json.recoup ?? []).map((entry) => decodeBase32Fixed(entry.h_denom_pub, 64));
  const denominations = [];
  const masterSignatures = [];
  for (const group of json.denominations) {
    for (const entry of group.denoms) {
      const listed = await denomination(group, entry, currency);
      const signature = decodeBase32Fixed(entry.master_sig, 64);
      const message = denominationMessage(listed, masterKey);
      require(await isSignedBy(message, signature, masterKey), "a denomination is not signed by the master key");
      masterSignatures.push(signature);
      listed.revoked = revoked.some((hash) => equalBytes(hash, listed.hash));
      if (listed.rsaKey !== null) denominations.push(listed);
    }
  }
  await checkKeySet(json, masterSignatures, signingKeys, time);
  return { baseURL: json.base_url, currency, version, denominations, signingKeys };
}

function checkedVersion(text) {
  const match = /^([0-9]{1,6}):([0-9]{1,6}):([0-9]{1,6})$/.exec(text);
  require(match !== null, "the exchange's version cannot be read");
  const [current, age] = [Number(match[1]), Number(match[3])];
  require(current >= OLDEST_LAYOUT && current - age <= NEWEST_LAYOUT,
    `the exchange speaks protocol ${current - age} to ${current}, this wallet ${OLDEST_LAYOUT} to ${NEWEST_LAYOUT}`);
  return Math.min(current, NEWEST_LAYOUT);
}

async function signingKey(entry, masterKey) {
  const key = {
    key: decodeBase32Fixed(entry.key, 32),
    start: timeFromJSON(entry.stamp_start),
    expire: timeFromJSON(entry.stamp_expire),
    end: timeFromJSON(entry.stamp_end),
  };
  const signature = decodeBase32Fixed(entry.master_sig, 64);
  require(await isSignedBy(signingKeyMessage(key), signature, masterKey), "a signing key is not signed by the master key");
  return key;
}

async function checkAccount(account, masterKey) {
  const message = wireDetailsMessage({
    paytoHash: (await sha512(utf8WithNul(account.payto_uri))).subarray(0, 32),
    conversionHash: account.conversion_url == null ? null : await sha512(utf8WithNul(account.conversion_url)),
    debitRestrictionsHash: await hashJSON(account.debit_restrictions),
    creditRestrictionsHash: await hashJSON(account.credit_restrictions),
  });
  const signature = decodeBase32Fixed(account.master_sig, 64);
  require(await isSignedBy(message, signature, masterKey), "an account of the exchange is not signed by the master key");
}

async function checkWireFee(method, fee, masterKey, currency) {
  const message = wireFeeMessage({
    methodHash: await sha512(utf8WithNul(method)),
    start: timeFromJSON(fee.start_date),
    end: timeFromJSON(fee.end_date),
    wireFee: amountIn(currency, fee.wire_fee),
    closingFee: amountIn(currency, fee.closing_fee),
  });
  const signature = decodeBase32Fixed(fee.sig, 64);
  require(await isSignedBy(message, signature, masterKey), "a wire fee is not signed by the master key");
}

async function denomination(group, entry, currency) {
  const cipher = /^(RSA|CS)(\+age_restricted)?$/i.exec(group.cipher);
  require(cipher !== null, "a denomination of an unknown kind");
  const ageMask = cipher[2] === undefined ? 0 : group.age_mask;
  const isRSA = cipher[1].toUpperCase() === "RSA";
  const key = isRSA ? decodeBase32(entry.rsa_pub) : decodeBase32Fixed(entry.cs_pub, 32);
  const hash = await denominationHash(isRSA ? Cipher.RSA : Cipher.CS, key, ageMask);
  return {
    hash,
    id: encodeBase32(hash),
    // Clause-Schnorr and age-restricted coins are verified with the rest and never used.
    rsaKey: isRSA && ageMask === 0 ? decodeRsaPublicKey(key) : null,
    start: timeFromJSON(entry.stamp_start),
    expireWithdraw: timeFromJSON(entry.stamp_expire_withdraw),
    expireDeposit: timeFromJSON(entry.stamp_expire_deposit),
    expireLegal: timeFromJSON(entry.stamp_expire_legal),
    value: amountIn(currency, group.value),
    feeWithdraw: amountIn(currency, group.fee_withdraw),
    feeDeposit: amountIn(currency, group.fee_deposit),
    feeRefresh: amountIn(currency, group.fee_refresh),
    feeRefund: amountIn(currency, group.fee_refund),
    lost: entry.lost === true,
    revoked: false,
  };
}

async function checkKeySet(json, masterSignatures, signingKeys, time) {
  const publicKey = decodeBase32Fixed(json.exchange_pub, 32);
  const signer = signingKeys.find((candidate) => equalBytes(candidate.key, publicKey));
  require(signer !== undefined, "the key set is signed by a key that is not listed");
  require(signer.start <= time && time < signer.expire, "the key set is signed by a key that is not valid now");
  const message = keySetMessage({
    listIssueDate: timeFromJSON(json.list_issue_date),
    keysHash: await sha512(concat(...masterSignatures)),
  });
  const signature = decodeBase32Fixed(json.exchange_sig, 64);
  require(await isSignedBy(message, signature, publicKey), "the signature of the key set is wrong");
}

function amountIn(currency, text) {
  const amount = Amount.parse(text);
  require(amount.currency === currency, "an amount of the exchange has another currency");
  return amount;
}

function require(condition, reason) {
  if (!condition) throw new KeysError(reason);
}
