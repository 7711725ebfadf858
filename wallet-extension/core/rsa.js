// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** RSA blind signatures with a full-domain hash, as GNUnet defines them. All numbers travel as minimal unsigned big-endian bytes. */

import { bitLength, bytesToInteger, concat, integerToBytes, u16, utf8 } from "./bytes.js";
import { modInverse, modPow } from "./integers.js";
import { kdfMod } from "./kdf.js";

const FDH_CONTEXT = utf8("RSA-FDA FTpsW!");
const BLINDING_SALT = utf8("Blinding KDF extractor HMAC key");
const BLINDING_CONTEXT = utf8("Blinding KDF");

const SMALLEST_MODULUS = 1024;
const LARGEST_MODULUS = 8192;

/**
 * A public key from its encoding: u16 length of n, u16 length of e, n, e. Throws when the lengths do not
 * add up, a number has leading zero bytes, or the key is not one that can sign (even, tiny or huge).
 */
export function decodeRsaPublicKey(bytes) {
  if (bytes.length < 4) throw new SyntaxError("an RSA key that is too short");
  const modulusLength = (bytes[0] << 8) | bytes[1];
  const exponentLength = (bytes[2] << 8) | bytes[3];
  if (bytes.length !== 4 + modulusLength + exponentLength || modulusLength === 0 || exponentLength === 0) {
    throw new SyntaxError("an RSA key whose lengths are wrong");
  }
  if (bytes[4] === 0 || bytes[4 + modulusLength] === 0) throw new SyntaxError("an RSA key with leading zeros");
  const n = bytesToInteger(bytes.subarray(4, 4 + modulusLength));
  const e = bytesToInteger(bytes.subarray(4 + modulusLength));
  const bits = bitLength(n);
  if (bits < SMALLEST_MODULUS || bits > LARGEST_MODULUS || n % 2n === 0n || e < 3n || e % 2n === 0n || e >= n) {
    throw new SyntaxError("an unusable RSA key");
  }
  return { n, e, encoded: Uint8Array.from(bytes) };
}

/** The encoding of the key (n, e). */
export function encodeRsaPublicKey(n, e) {
  const modulus = integerToBytes(n);
  const exponent = integerToBytes(e);
  return concat(u16(modulus.length), u16(exponent.length), modulus, exponent);
}

/** The full-domain hash of a 64-byte message hash under `key`, as an integer below n. */
export async function fullDomainHash(key, messageHash) {
  const hash = await kdfMod(key.n, key.encoded, messageHash, FDH_CONTEXT);
  if (modInverse(hash, key.n) === null) throw new Error("the hash shares a factor with the RSA modulus");
  return hash;
}

/** The blinding factor that belongs to a 32-byte blinding secret. */
export async function blindingFactor(key, secret) {
  const factor = await kdfMod(key.n, BLINDING_SALT, secret, BLINDING_CONTEXT);
  if (modInverse(factor, key.n) === null) throw new Error("the blinding factor shares a factor with the RSA modulus");
  return factor;
}

/** The blinded message that the signer gets to see. */
export async function blind(key, messageHash, secret) {
  const factor = await blindingFactor(key, secret);
  const hash = await fullDomainHash(key, messageHash);
  return integerToBytes((modPow(factor, key.e, key.n) * hash) % key.n);
}

/** The signature on the message from that on the blinded message. It still has to be verified. */
export async function unblind(key, blindSignature, secret) {
  const inverse = modInverse(await blindingFactor(key, secret), key.n);
  return integerToBytes((bytesToInteger(blindSignature) * inverse) % key.n);
}

/** Whether `signature` is the key's on the 64-byte message hash. */
export async function verifyRsa(key, messageHash, signature) {
  const integer = bytesToInteger(signature);
  if (integer === 0n || integer >= key.n) return false;
  return modPow(integer, key.e, key.n) === (await fullDomainHash(key, messageHash));
}
