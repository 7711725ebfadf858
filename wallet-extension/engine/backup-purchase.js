// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a restored wallet would send: a file says whom to, so it must be what this wallet makes itself, of the contract, to its own shop. Somebody
 * may have made the file, and its passphrase, for another person to restore.
 */

import { Amount } from "../core/amount.js";
import { canonicalHash, decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { canonicalJSON } from "../core/canonical-json.js";
import { exchangeURLIn } from "../core/contract.js";
import { depositPermission } from "../core/deposit-permission.js";
import { key, list, must, object, text } from "./checks.js";
import { PurchaseState, ReserveState } from "./records.js";

const COIN_MEMBERS = ["coin_pub", "coin_sig", "denom_pub", "f", "ub_sig"];

/** The origin of a shop, as browsers write it. */
export function siteOf(value) {
  must(new URL(text(value, "origin")).origin === value && /^https?:/.test(value), "origin is no origin");
  return value;
}

/** An address of that site, without a name or a password, or null. */
export function ownAddress(value, origin, what) {
  if (value === null || value === undefined) return null;
  const url = new URL(text(value, what));
  must(url.origin === origin && url.username === "" && url.password === "", `${what} is of another site`);
  return value;
}

/** The text of a deposit permission for this offer with these coins, and nothing else in it. */
export async function permissionText(value, offer, { coins, masterPub }) {
  const { coins: parts, ...rest } = object(JSON.parse(text(value, "permission")), "permission");
  must(canonicalHash(rest.H_contract) === offer.id, "the permission is for another contract");
  const exchangeURL = masterPub === null ? rest.mint : exchangeURLIn(offer, decodeBase32Fixed(masterPub, 32));
  const { coins: none, ...expected } = await depositPermission(offer, exchangeURL, []);
  must(none.length === 0 && canonicalJSON(rest) === canonicalJSON(expected), "the permission is not for this contract");
  const found = list(parts, "permission", 256).map(partOf).sort();
  must(found.join() === coins.map(({ coinPub, contribution }) => `${coinPub} ${contribution}`).sort().join(), "the permission is of other coins");
  return value;
}

function partOf(part) {
  must(Object.keys(object(part, "permission")).sort().join() === COIN_MEMBERS.join(), "a coin of the permission has other members");
  decodeBase32Fixed(part.coin_sig, 64);
  decodeBase32(part.denom_pub);
  decodeBase32(part.ub_sig);
  const amount = Amount.fromJSON(part.f);
  must(canonicalJSON(part.f) === canonicalJSON(amount.toObject()), "a coin of the permission has an odd amount");
  return `${key(encodeBase32(decodeBase32Fixed(part.coin_pub, 32)), "permission")} ${amount}`;
}

/** A payment that is still to be sent is one of coins that came with it. */
export function checkSending({ purchases, coins }) {
  const known = new Set(coins.map(({ coinPub }) => coinPub));
  for (const { state, coins: parts } of purchases) {
    if (state !== PurchaseState.pending) continue;
    must(parts.length > 0 && parts.every(({ coinPub }) => known.has(coinPub)), "a payment under way without its coins");
  }
}

const BEFORE_WIRED = new Set([ReserveState.created, ReserveState.registered, ReserveState.asked]);

/**
 * A reserve whose money would be asked of a bank that is not `bankURL`, the one that this wallet is configured for (null for none), asks nobody: the
 * exchange tells whether the money has come.
 */
export function atKnownBank(reserve, bankURL) {
  const { source, state } = reserve;
  if (source.kind !== "account" || (source.bank ?? bankURL) === bankURL) return reserve;
  const { bank, ...account } = source;
  return { ...reserve, source: account, state: BEFORE_WIRED.has(state) ? ReserveState.handed : state };
}
