// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Offers made by a merchant of these tests, with real signatures. */

import { encodeBase32 } from "../../core/base32.js";
import { canonicalJSON, hashJSON } from "../../core/canonical-json.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { contractMessage } from "../../core/merchant-messages.js";
import { signMessage } from "../../core/signed-message.js";

export const merchantSeed = new Uint8Array(32).fill(1);
export const masterKey = new Uint8Array(32).fill(2);

/** The members of an ordinary contract, with those in `changes` replaced. */
export async function makeTerms(changes = {}) {
  return {
    amount: { value: 5, fraction: 50_000_000, currency: "KUDOS" },
    max_fee: { value: 0, fraction: 10_000_000, currency: "KUDOS" },
    transaction_id: 62,
    products: [{ description: "An essay", quantity: 2, price: { value: 5, fraction: 50_000_000, currency: "KUDOS" } }],
    timestamp: "/Date(1700000000)/",
    refund_deadline: "/Date(1700090000)/",
    expiry: "/Date(1700003600)/",
    merchant: { name: "The shop", address: "here", jurisdiction: "here" },
    locations: { here: { country: "DE" } },
    merchant_pub: encodeBase32(await publicKeyOf(merchantSeed)),
    H_wire: encodeBase32(new Uint8Array(64).fill(3)),
    mints: [{ url: "http://exchange.example/", master_pub: encodeBase32(masterKey) }],
    auditors: [],
    ...changes,
  };
}

/** The members of the offer of `terms`, rightly signed. */
export async function makeOffer(terms) {
  const hash = await hashJSON(terms);
  return {
    contract: terms,
    sig: encodeBase32(await signMessage(contractMessage(hash), merchantSeed)),
    H_contract: encodeBase32(hash),
    pay_url: "/taler/pay?order=1",
    exec_url: "/taler/execute?order=1",
  };
}

/** The JSON text of an ordinary offer. */
export async function offerText(changes) {
  return canonicalJSON(await makeOffer(await makeTerms(changes)));
}
