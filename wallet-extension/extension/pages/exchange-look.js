// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Looking at an exchange before anything is trusted to it: what it says of itself, and why it cannot be used. */

import { canonicalExchangeURL } from "../../engine/exchange-url.js";
import { Refused } from "../../engine/http.js";
import { visible } from "../../window/elements.js";

/** So many of an exchange's largest coins are one withdrawal, no more. */
const MOST_COINS = 1_000n;

/** Why an exchange cannot be used: `key` and `parameters` of a text. */
export class ExchangeProblem extends Error {
  constructor(key, parameters = {}) {
    super(key);
    this.key = key;
    this.parameters = parameters;
  }
}

/**
 * The preview of the exchange at `address`, see exchanges.preview; throws ExchangeProblem. With `request` (readRequest), only one that the bank can
 * send this money to, and with `quote`: what becomes of the amount, see withdrawals.quote.
 */
export async function lookAt({ exchanges, withdrawals }, address, request = null) {
  let preview;
  try {
    preview = await exchanges.preview(address);
  } catch (error) {
    throw problemOf(error, address);
  }
  if (request === null) return { preview, quote: null };
  const { currency } = request.amount;
  if (preview.currency !== currency) throw new ExchangeProblem("exchanges_problem_currency", { has: preview.currency, wanted: currency });
  if (!reaches(preview.record?.json?.accounts, request.transfers)) throw new ExchangeProblem("exchanges_problem_accounts");
  if (isTooLarge(request.amount, preview.denominations)) throw new ExchangeProblem("exchanges_problem_large");
  const quote = await withdrawals.quote(request.amount, preview);
  if (quote.coins === 0) throw new ExchangeProblem("exchanges_problem_nothing");
  return { preview, quote };
}

/** An amount in more coins than anybody wants to make and carry. */
function isTooLarge(amount, denominations) {
  const largest = denominations.reduce((most, { value }) => (value.units > most ? value.units : most), 0n);
  return amount.units > largest * MOST_COINS && largest > 0n;
}

/** An exchange lists its accounts as payto addresses, `payto://KIND/…`. */
function reaches(accounts, transfers) {
  return Array.isArray(accounts) && accounts.some((account) => transfers.has(/^payto:\/\/([^/?]+)\//i.exec(account?.payto_uri)?.[1].toLowerCase()));
}

function problemOf(error, address) {
  if (error instanceof ExchangeProblem) return error;
  const exchange = asked(address);
  switch (error?.reason) {
    case "exchange_url": return new ExchangeProblem("exchanges_problem_address");
    case "exchange_changed": return new ExchangeProblem("exchanges_problem_masterKey");
    case "exchange_keys": return keysProblem(error, exchange);
    default: return new ExchangeProblem(error instanceof Refused ? "exchanges_problem_notExchange" : "exchanges_problem_unreachable", { exchange });
  }
}

function keysProblem(error, exchange) {
  const said = String(error.parameters?.problem ?? "");
  if (said === "no master key") return new ExchangeProblem("exchanges_problem_notExchange", { exchange });
  return new ExchangeProblem(/protocol|version/.test(said) ? "exchanges_problem_version" : "exchanges_problem_keys");
}

/** The address that was asked, with the scheme that was left out; a long one is cut. */
function asked(address) {
  try {
    return visible(canonicalExchangeURL(address).replace(/\/+$/, ""), 80);
  } catch {
    return visible(String(address), 80);
  }
}
