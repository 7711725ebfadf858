// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An exchange's base address in the one form by which it is known. */

import { EngineError } from "./engine-error.js";

/** This machine, with a port: an exchange that somebody tries there speaks http. */
const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d+(?:\/|$)/i;

/**
 * http or https, with a slash at the end, without user, query and fragment. The scheme may be left out: it is http for a port of this machine, else
 * https. Throws EngineError `exchange_url`.
 */
export function canonicalExchangeURL(text) {
  const trimmed = String(text).trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${HERE.test(trimmed) ? "http" : "https"}://${trimmed}`;
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
