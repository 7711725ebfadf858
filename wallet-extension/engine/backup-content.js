// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The content of a backup as text: records with their bytes, and with times that never come. */

import { decodeBase32, encodeBase32 } from "../core/base32.js";

const BYTES = "$bytes";
const NEVER = "$never";

/** JSON text of the records of all stores. */
export function encodeRecords(records) {
  const { exchanges = [], ...rest } = records;
  // What an exchange said stays a text: it may have members of any name.
  const kept = exchanges.map(({ json, ...record }) => ({ ...record, json: JSON.stringify(json) }));
  return JSON.stringify(plain({ ...rest, exchanges: kept }));
}

/** {store: [record]} of a text; throws SyntaxError. */
export function decodeRecords(text) {
  const records = lively(JSON.parse(text));
  if (records === null || typeof records !== "object" || Array.isArray(records)) throw new SyntaxError("no records");
  if (!Array.isArray(records.exchanges)) throw new SyntaxError("no exchanges");
  return { ...records, exchanges: records.exchanges.map((record) => ({ ...record, json: JSON.parse(record?.json) })) };
}

function plain(value) {
  if (value instanceof Uint8Array) return { [BYTES]: encodeBase32(value) };
  if (value === Infinity) return { [NEVER]: true };
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function lively(value) {
  if (Array.isArray(value)) return value.map(lively);
  if (value === null || typeof value !== "object") return value;
  if (typeof value[BYTES] === "string") return decodeBase32(value[BYTES]);
  if (value[NEVER] === true) return Infinity;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, lively(inner)]));
}
