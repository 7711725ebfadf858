// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Points in time are whole seconds since 1970 (Number), or `NEVER`. In signed structures they are
 * microseconds in a u64, with 2^64 - 1 for never.
 */

import { u64 } from "./bytes.js";

export const NEVER = Infinity;

const LARGEST = 18_446_744_073_709;

/** From every JSON form in use: "/Date(N)/", "/never/", "/forever/", {t_s}, {t_ms} (whole seconds). */
export function timeFromJSON(json) {
  if (typeof json === "string") {
    if (json === "/never/" || json === "/forever/") return NEVER;
    const match = /^\/Date\(([0-9]{1,14})\)\/$/.exec(json);
    if (match !== null) return checked(Number(match[1]));
  } else if (json !== null && typeof json === "object") {
    if (json.t_s === "never" || json.t_ms === "never") return NEVER;
    if (json.t_s !== undefined) return checked(json.t_s);
    if (Number.isSafeInteger(json.t_ms) && json.t_ms % 1000 === 0) return checked(json.t_ms / 1000);
  }
  throw new SyntaxError("not a point in time");
}

/** "/Date(N)/" or "/never/". */
export function timeToClassic(time) {
  return time === NEVER ? "/never/" : `/Date(${checked(time)})/`;
}

/** The eight bytes of signed structures. */
export function timeToBytes(time) {
  return time === NEVER ? u64((1n << 64n) - 1n) : u64(BigInt(checked(time)) * 1_000_000n);
}

/** The current time in whole seconds. */
export function now() {
  return Math.floor(Date.now() / 1000);
}

/** Whether `time` was less than `seconds` ago. Not so for a time to come, which only a clock that was wrong has written. */
export function isWithin(time, seconds) {
  const age = now() - time;
  return age >= 0 && age < seconds;
}

function checked(seconds) {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > LARGEST) throw new SyntaxError("not a point in time");
  return seconds;
}
