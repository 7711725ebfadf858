// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Where the money of a reserve comes from: an account made for it at the sandbox bank, or a bank's page. */

import { Amount } from "../core/amount.js";
import { encodeBase32 } from "../core/base32.js";
import { randomBytes } from "../core/webcrypto.js";
import { EngineError } from "./engine-error.js";

/** The longest address that a bank may have the wallet open. */
const LONGEST = 4096;

/** The source as the record keeps it; an account without a name gets one. Throws EngineError `callback` for a page that sends the tab elsewhere. */
export function checkedSource(source) {
  if (source?.kind === "account") {
    const username = source.username ?? `wallet-${encodeBase32(randomBytes(10)).toLowerCase()}`;
    return { kind: "account", username, password: source.password ?? encodeBase32(randomBytes(20)), bank: source.bank };
  }
  if (source?.kind !== "page") throw new EngineError("source", "There is no such way to get money.");
  const callback = webAddress(source.callback);
  if (callback === null || callback.origin !== source.origin || callback.href.length > LONGEST) {
    throw new EngineError("callback", "The bank's page wants the wallet to go to another site than its own. The wallet does not do that.");
  }
  return { kind: "page", origin: callback.origin, callback: callback.href };
}

/** The bank's callback address with what the bank needs to know of the reserve; what its query says already stays in it. */
export function callbackAddress({ source, amount, exchange, reservePub }) {
  const { value, fraction, currency } = Amount.parse(amount).toObject();
  const url = new URL(source.callback);
  const members = {
    amount_value: value, amount_fraction: fraction, amount_currency: currency, exchange, reserve_pub: reservePub,
  };
  for (const [name, member] of Object.entries(members)) url.searchParams.set(name, member);
  url.hash = "";
  return url.href;
}

function webAddress(text) {
  try {
    const url = new URL(text);
    return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "" ? url : null;
  } catch {
    return null;
  }
}
