// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** GNUnet's key derivation: HKDF with HMAC-SHA-512 to extract and HMAC-SHA-256 to expand. */

import { bitLength, bytesToInteger, concat, u16 } from "./bytes.js";
import { hmac } from "./webcrypto.js";

const BLOCK = 32;

/** `length` bytes (at most 255 · 32) from `salt`, `ikm` and the concatenated `context` (all Uint8Array). */
export async function kdf(length, salt, ikm, context = new Uint8Array(0)) {
  if (length > 255 * BLOCK) throw new RangeError("a KDF of more than 8160 bytes");
  const prk = await hmac("SHA-512", salt, ikm);
  const output = new Uint8Array(length);
  let block = new Uint8Array(0);
  for (let offset = 0, counter = 1; offset < length; offset += BLOCK, counter++) {
    block = await hmac("SHA-256", prk, concat(block, context, Uint8Array.of(counter)));
    output.set(block.subarray(0, Math.min(BLOCK, length - offset)), offset);
  }
  return output;
}

/** An integer in 0 ..< modulus: the first of a numbered series of KDF outputs of the modulus's bit length that is small enough. */
export async function kdfMod(modulus, salt, ikm, context) {
  const bits = bitLength(modulus);
  if (bits === 0) throw new RangeError("KDF_mod needs a positive modulus");
  const length = Math.floor((bits - 1) / 8) + 1;
  const mask = (1n << BigInt(bits)) - 1n;
  for (let counter = 0; counter <= 0xffff; counter++) {
    const bytes = await kdf(length, salt, ikm, concat(context, u16(counter)));
    const candidate = bytesToInteger(bytes) & mask;
    if (candidate < modulus) return candidate;
  }
  throw new Error("KDF_mod found no candidate");
}
