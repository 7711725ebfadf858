// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** X25519 (RFC 7748), and the way to it from Ed25519 keys. Secrets, public keys and shared points have 32 bytes. */

import { bytesToInteger, concat, fromHex } from "./bytes.js";
import { field } from "./fields.js";
import { modInverse } from "./integers.js";
import { randomBytes, sha512, subtle } from "./webcrypto.js";

/** The DER before the 32 bytes of the secret in a PKCS#8 key: version 0, algorithm 1.3.101.110, nested octet strings. */
const PKCS8_PREFIX = fromHex("302e020100300506032b656e04220420");

const PRIME = (1n << 255n) - 19n;

/** The point that all keys are multiples of. */
const BASE = new Uint8Array(32);
BASE[0] = 9;

/** A new secret; it is clamped in use. */
export function newTransferSecret() {
  return randomBytes(32);
}

/** The public key of a secret. */
export function x25519PublicKeyOf(secret) {
  return sharedPoint(secret, BASE);
}

/** The point that the owners of `secret` and `publicKey` share; throws for a public key of a small group, which would make it zero. */
export async function sharedPoint(secret, publicKey) {
  const algorithm = { name: "X25519" };
  const encoded = concat(PKCS8_PREFIX, field(secret, 32, "X25519 secret"));
  const own = await subtle.importKey("pkcs8", encoded, algorithm, false, ["deriveBits"]);
  const other = await subtle.importKey("raw", field(publicKey, 32, "X25519 public key"), algorithm, false, []);
  return new Uint8Array(await subtle.deriveBits({ ...algorithm, public: other }, own, 256));
}

/** The X25519 secret of an Ed25519 seed: the first half of its SHA-512. */
export async function x25519SecretOfSeed(seed) {
  return (await sha512(field(seed, 32, "Ed25519 seed"))).slice(0, 32);
}

/** The X25519 public key of an Ed25519 one: u = (1 + y) / (1 - y); throws for the neutral point, which has none. */
export function x25519OfEd25519(publicKey) {
  const littleEndian = Uint8Array.from(field(publicKey, 32, "Ed25519 public key")).reverse();
  littleEndian[0] &= 0x7f;
  const y = bytesToInteger(littleEndian);
  const inverse = modInverse((PRIME + 1n - (y % PRIME)) % PRIME, PRIME);
  if (inverse === null) throw new RangeError("an Ed25519 key that is no X25519 key");
  const bytes = new Uint8Array(32);
  let rest = ((1n + y) * inverse) % PRIME;
  for (let i = 0; i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}
