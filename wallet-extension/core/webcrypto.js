// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The platform's WebCrypto (browsers, service workers, Node 18 with --experimental-global-webcrypto and later), and the hashes built on it.
 * A service worker's modules may neither await at their top level nor import while they run.
 */

const { crypto } = globalThis;

/** The SubtleCrypto in use. In a browser it exists in secure contexts only: https, or a loopback address. */
export const subtle = crypto.subtle;

/** `count` bytes from the platform's cryptographic random number generator. */
export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** SHA-512, 64 bytes. */
export async function sha512(bytes) {
  return new Uint8Array(await subtle.digest("SHA-512", bytes));
}

/** HMAC with `hash` being "SHA-512" or "SHA-256". */
export async function hmac(hash, key, message) {
  // HMAC pads its key with zeros, so one zero byte is the empty key, which importKey refuses.
  const raw = key.length === 0 ? new Uint8Array(1) : key;
  const imported = await subtle.importKey("raw", raw, { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, message));
}
