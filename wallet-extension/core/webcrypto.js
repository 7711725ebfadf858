// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The platform's WebCrypto (browsers, service workers, Node 18 and later), and the hashes built on it. */

let { crypto } = globalThis;

/** The SubtleCrypto in use. In a browser it exists in secure contexts only: https, or a loopback address. */
export let subtle = crypto?.subtle;

// Node 18 has it in a module only. Not waited for at the top: a service worker whose modules do that does not start.
const ready = crypto !== undefined ? null : import("node:crypto").then(({ webcrypto }) => {
  crypto = webcrypto;
  subtle = webcrypto.subtle;
});

/** `count` bytes from the platform's cryptographic random number generator. */
export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** SHA-512, 64 bytes. */
export async function sha512(bytes) {
  await ready;
  return new Uint8Array(await subtle.digest("SHA-512", bytes));
}

/** HMAC with `hash` being "SHA-512" or "SHA-256". */
export async function hmac(hash, key, message) {
  await ready;
  // HMAC pads its key with zeros, so one zero byte is the empty key, which importKey refuses.
  const raw = key.length === 0 ? new Uint8Array(1) : key;
  const imported = await subtle.importKey("raw", raw, { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, message));
}
