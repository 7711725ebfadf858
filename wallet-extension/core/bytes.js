// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Byte arrays: joining, comparing, and the big-endian integers of every signed structure. */

const encoder = new TextEncoder();

/** The UTF-8 bytes of `text`. */
export function utf8(text) {
  return encoder.encode(text);
}

/** The UTF-8 bytes of `text` and one NUL: what Taler hashes where C code hashed a C string. */
export function utf8WithNul(text) {
  return concat(encoder.encode(text), new Uint8Array(1));
}

/** All `parts` (Uint8Array) one after the other. */
export function concat(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether two byte arrays hold the same bytes. For public data: it stops at the first difference. */
export function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

/** Two bytes, big-endian. */
export function u16(value) {
  return unsigned(BigInt(value), 2);
}

/** Four bytes, big-endian. */
export function u32(value) {
  return unsigned(BigInt(value), 4);
}

/** Eight bytes, big-endian; `value` is a BigInt or a safe integer, else TypeError. */
export function u64(value) {
  // A text or a truth value has other spellings that make the same bytes: what is signed must name one number.
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) throw new TypeError("not an integer");
  return unsigned(BigInt(value), 8);
}

function unsigned(value, byteCount) {
  if (value < 0n || value >> BigInt(8 * byteCount) !== 0n) {
    throw new RangeError(`${value} does not fit into ${byteCount} unsigned bytes`);
  }
  const bytes = new Uint8Array(byteCount);
  let rest = value;
  for (let i = byteCount - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** Lower-case hexadecimal text. */
export function toHex(bytes) {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** The bytes of hexadecimal text with an even number of digits; throws on anything else. */
export function fromHex(text) {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw new SyntaxError("not hexadecimal");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The bytes as one unsigned big-endian integer (BigInt); no bytes are 0. */
export function bytesToInteger(bytes) {
  return bytes.length === 0 ? 0n : BigInt("0x" + toHex(bytes));
}

/** An unsigned big-endian integer without leading zero bytes; 0 has no bytes. */
export function integerToBytes(integer) {
  if (integer < 0n) throw new RangeError("a negative integer has no unsigned bytes");
  if (integer === 0n) return new Uint8Array(0);
  const hex = integer.toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : "0" + hex);
}

/** The number of bits of a positive integer, 0 for 0. */
export function bitLength(integer) {
  return integer === 0n ? 0 : integer.toString(2).length;
}
