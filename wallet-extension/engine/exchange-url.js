// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An exchange's base address in the one form by which it is known. */

import { EngineError } from "./engine-error.js";

/** http or https, with a slash at the end, without user, query and fragment; `https://` may be left out. Throws EngineError `exchange_url`. */
export function canonicalExchangeURL(text) {
  const trimmed = String(text).trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  let url;
  try {
    url = new URL(full);
  } catch (error) {
    throw unusable(trimmed, error);
  }
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (!isWeb || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw unusable(trimmed);
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

function unusable(text, cause) {
  return new EngineError("exchange_url", `“${text}” is no address of an exchange.`, { address: text.slice(0, 200) }, { cause });
}
