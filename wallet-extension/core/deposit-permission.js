// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The deposit permission: a contract, and coins that each sign for their part of its price. */

import { decodeBase32, encodeBase32 } from "./base32.js";
import { depositMessage } from "./wallet-messages.js";
import { signMessage } from "./signed-message.js";
import { timeToClassic } from "./time.js";

/**
 * The JSON object for POST pay_url. `offer` comes from readOffer; `exchangeURL` is the contract's own text for the
 * exchange; `parts` is an array of {contribution, denomination, coinKey, coinSeed, signature}.
 */
export async function depositPermission(offer, exchangeURL, parts) {
  const coins = [];
  for (const part of parts) coins.push(await coinPart(offer, part));
  return {
    H_wire: encodeBase32(offer.wireHash),
    H_contract: offer.id,
    transaction_id: offer.transactionID,
    timestamp: timeToClassic(offer.timestamp),
    refund_deadline: timeToClassic(offer.refundDeadline),
    mint: exchangeURL,
    coins,
  };
}

async function coinPart(offer, { contribution, denomination, coinKey, coinSeed, signature }) {
  const message = depositMessage({
    contractHash: offer.hash,
    wireHash: offer.wireHash,
    denominationHash: denomination.hash,
    timestamp: offer.timestamp,
    refundDeadline: offer.refundDeadline,
    contribution,
    depositFee: denomination.feeDeposit,
    merchantKey: offer.merchantKey,
  });
  return {
    f: contribution.toObject(),
    coin_pub: encodeBase32(coinKey),
    denom_pub: encodeBase32(denomination.rsaKey.encoded),
    ub_sig: encodeBase32(signature),
    coin_sig: encodeBase32(await signMessage(message, coinSeed)),
  };
}

/** The coins (public keys in base32) that a permission spends. */
export function coinsOf(permission) {
  return permission.coins.map((coin) => encodeBase32(decodeBase32(coin.coin_pub)));
}
