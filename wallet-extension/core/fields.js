// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Fixed-length fields of signed structures: a wrong length must fail here, for it would shift all that follows. */

/** `bytes` when it is a Uint8Array of exactly `length` bytes; throws otherwise. */
export function field(bytes, length, name) {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) throw new RangeError(`${name} must have ${length} bytes`);
  return bytes;
}

/** 64 zero bytes: a hash that is absent. */
export const NO_HASH = new Uint8Array(64);

/** 32 zero bytes: a short hash that is absent. */
export const NO_SHORT_HASH = new Uint8Array(32);
