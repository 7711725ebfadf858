// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The one text of a JSON value that is hashed: compact, members sorted by code point, everything but `"`, `\` and controls unescaped. */

import { utf8WithNul } from "./bytes.js";
import { sha512 } from "./webcrypto.js";

/** The canonical text; throws on anything that is not null, a boolean, a text, an integer of at most 2^53, an array or an object. */
export function canonicalJSON(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isInteger(value) || Math.abs(value) > 2 ** 53) throw new TypeError("only integers can be hashed");
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJSON).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.keys(value).sort(compareCodePoints);
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJSON(value[name])}`).join(",")}}`;
  }
  throw new TypeError("not a JSON value");
}

/** SHA-512 of the canonical text and one NUL byte: the hash of a contract, and of every other JSON value that is signed. */
export async function hashJSON(value) {
  return sha512(utf8WithNul(canonicalJSON(value)));
}

/** The order of the UTF-8 bytes, which is that of the code points and not JavaScript's order of UTF-16 units. */
function compareCodePoints(a, b) {
  const left = [...a];
  const right = [...b];
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const difference = left[i].codePointAt(0) - right[i].codePointAt(0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
