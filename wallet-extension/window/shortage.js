// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Why a wallet cannot pay an offer: what it holds that the shop takes, and what it holds that the shop does not take. */

import { encodeBase32 } from "../core/base32.js";
import { Amount, sum } from "../core/amount.js";

/**
 * `balances` as the wallet gives them. Gives {held (free, of exchanges that the contract names), missing (at least so much; zero when only the
 * coins' fees are in the way), bound (of those exchanges: in payments, being changed, arriving), otherExchanges [{exchange, amount}] of the
 * contract's currency, otherCurrencies [Amount], takes [base URL]}.
 */
export function shortageOf(offer, balances) {
  const { currency } = offer.amount;
  const taken = new Set(offer.exchanges.map(({ masterKey }) => encodeBase32(masterKey)));
  const same = balances.filter((one) => one.currency === currency);
  const ours = same.filter(({ masterPub }) => taken.has(masterPub));
  const held = sum(currency, ours.map(({ free }) => free));
  const wanted = offer.amount.compare(held) > 0 ? offer.amount.subtract(held) : Amount.zero(currency);
  const others = balances.filter((one) => one.currency !== currency && !one.free.isZero);
  return {
    held, missing: wanted,
    bound: sum(currency, ours.flatMap(({ locked, change, arriving }) => [locked, change, arriving].filter((amount) => amount !== undefined && amount !== null))),
    otherExchanges: same.filter(({ masterPub, free }) => !taken.has(masterPub) && !free.isZero).map(({ exchange, free }) => ({ exchange, amount: free })),
    otherCurrencies: [...new Set(others.map((one) => one.currency))].map((name) => sum(name, others.filter((one) => one.currency === name).map(({ free }) => free))),
    takes: [...new Set(offer.exchanges.map(({ url }) => url))],
  };
}
