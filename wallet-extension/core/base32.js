// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * GNUnet's Crockford base32: five bits a character, most significant first, the last character filled
 * with zero bits, no padding. Reading is lenient (lower case; O is 0, I and L are 1, U is V), so two
 * texts may mean the same bytes: compare bytes, never texts.
 */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const VALUES = new Map();
for (let value = 0; value < 32; value++) {
  VALUES.set(ALPHABET[value], value);
  VALUES.set(ALPHABET[value].toLowerCase(), value);
}
for (const [alias, letter] of [["O", "0"], ["I", "1"], ["L", "1"], ["U", "V"]]) {
  VALUES.set(alias, VALUES.get(letter));
  VALUES.set(alias.toLowerCase(), VALUES.get(letter));
}

/** The canonical text of `bytes`: ceil(8n / 5) characters. */
export function encodeBase32(bytes) {
  let text = "";
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(pending >> bits) & 31];
    }
    pending &= (1 << bits) - 1;
  }
  if (bits > 0) text += ALPHABET[(pending << (5 - bits)) & 31];
  return text;
}

/** The floor(5n / 8) bytes of a text of any length; throws on a foreign character. */
export function decodeBase32(text) {
  if (typeof text !== "string") throw new TypeError("base32 must be a text");
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let pending = 0;
  let bits = 0;
  let count = 0;
  for (const character of text) {
    const value = VALUES.get(character);
    if (value === undefined) throw new SyntaxError("a character that is not base32");
    pending = (pending << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[count] = pending >> bits;
      count += 1;
    }
    pending &= (1 << bits) - 1;
  }
  return bytes;
}

/** Exactly `byteCount` bytes from exactly ceil(8 · byteCount / 5) characters; unused tail bits are ignored. */
export function decodeBase32Fixed(text, byteCount) {
  if (typeof text !== "string" || text.length !== Math.ceil((byteCount * 8) / 5)) {
    throw new SyntaxError(`base32 of another length than ${byteCount} bytes`);
  }
  return decodeBase32(text);
}

/** A hash of 64 bytes in the one form in which it is a key; null for a text that is none. */
export function canonicalHash(text) {
  try {
    return encodeBase32(decodeBase32Fixed(text, 64));
  } catch {
    return null;
  }
}
