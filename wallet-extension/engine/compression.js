// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** gzip by the platform's streams. */

import { concat } from "../core/bytes.js";

/** No backup unpacks to more bytes than this. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The packed bytes; null where the platform cannot. */
export function gzip(bytes) {
  return typeof CompressionStream === "undefined" ? null : through(new CompressionStream("gzip"), bytes, Infinity);
}

/** The unpacked bytes; throws for what is no gzip, or unpacks to too much. */
export function gunzip(bytes) {
  return through(new DecompressionStream("gzip"), bytes, MOST_BYTES);
}

async function through(stream, bytes, most) {
  const writer = stream.writable.getWriter();
  // What goes wrong here goes wrong for the reader, too.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const parts = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return concat(...parts);
    size += value.length;
    if (size > most) throw new RangeError("it unpacks to too much");
    parts.push(value);
  }
}
