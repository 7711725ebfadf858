// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How the wallet's pages write addresses and keys. */

import { encodeBase32 } from "../../core/base32.js";

/** `exchange.example`, or `exchange.example/path`; an address that cannot be read as it is. */
export function siteName(address) {
  try {
    const { host, pathname } = new URL(address);
    return `${host}${pathname}`.replace(/\/+$/, "");
  } catch {
    return String(address);
  }
}

/** A key (base32, or its bytes) in groups of four, for comparing. */
export function keyGroups(key) {
  const text = typeof key === "string" ? key : encodeBase32(key);
  return text.match(/.{1,4}/gu)?.join(" ") ?? "";
}

/** The address when it is of the web and of this origin, else null: what is stored may have been said by a page. */
export function addressOf(origin, address) {
  try {
    const url = new URL(address);
    return (url.protocol === "https:" || url.protocol === "http:") && url.origin === origin ? url.href : null;
  } catch {
    return null;
  }
}
