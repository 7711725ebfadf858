// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the wallet's own origin says about the money it is for. */

import { decodeBase32Fixed } from "../core/base32.js";
import { requestJSON } from "../engine/http.js";

/** {currency, bankURL, exchangeURL, masterKey (32 bytes)} from /config.json; throws when a member is missing or wrong. */
export async function loadConfiguration() {
  const json = await requestJSON(new URL("/config.json", import.meta.url));
  if (typeof json?.currency !== "string") throw new Error("the wallet's configuration names no currency");
  return Object.freeze({
    currency: json.currency,
    bankURL: baseURL(json.bank_url),
    exchangeURL: baseURL(json.exchange_url),
    masterKey: decodeBase32Fixed(json.exchange_master_pub, 32),
  });
}

function baseURL(text) {
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || !url.pathname.endsWith("/")) throw new Error(`${text} is no base address`);
  return url.href;
}
