// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Ed25519 (RFC 8032): 32-byte seeds, 32-byte public keys, 64-byte signatures. */

import { concat, fromHex } from "./bytes.js";
import { randomBytes, subtle } from "./webcrypto.js";

/** The DER before the 32 bytes of the seed in a PKCS#8 key: version 0, algorithm 1.3.101.112, nested octet strings. */
const PKCS8_PREFIX = fromHex("302e020100300506032b657004220420");

/** A new secret seed. */
export function newSeed() {
  return randomBytes(32);
}

async function privateKey(seed, extractable) {
  if (seed.length !== 32) throw new RangeError("an Ed25519 seed has 32 bytes");
  return subtle.importKey("pkcs8", concat(PKCS8_PREFIX, seed), { name: "Ed25519" }, extractable, ["sign"]);
}

/** The public key of a seed. */
export async function publicKeyOf(seed) {
  const { x } = await subtle.exportKey("jwk", await privateKey(seed, true));
  const binary = atob(x.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The deterministic signature of `message`. */
export async function sign(seed, message) {
  return new Uint8Array(await subtle.sign({ name: "Ed25519" }, await privateKey(seed, false), message));
}

/** Whether `signature` is that of `message` under `publicKey`; false, never an exception, for keys and signatures that are none. */
export async function verify(publicKey, message, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return false;
  }
}
