// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The hashes by which denominations, coins and blinded coins are known. */

import { concat, u32 } from "./bytes.js";
import { field } from "./fields.js";
import { sha512 } from "./webcrypto.js";

/** Cipher numbers inside hashes. */
export const Cipher = Object.freeze({ RSA: 1, CS: 2 });

/** h_denom_pub: over age mask, cipher and the key's encoding (RSA: its lengths and numbers; CS: 32 bytes). */
export function denominationHash(cipher, key, ageMask = 0) {
  return sha512(concat(u32(ageMask), u32(cipher), key));
}

/** The 64 bytes that a denomination signs: the hash of a coin's public key (of a coin without age restriction). */
export function coinKeyHash(coinPublicKey) {
  return sha512(field(coinPublicKey, 32, "coin_pub"));
}

/** h_coin_envelope of an RSA planchet; the blinded message goes in at its minimal length. */
export function coinEnvelopeHash(hashOfDenomination, blindedMessage) {
  return sha512(concat(field(hashOfDenomination, 64, "h_denom_pub"), u32(Cipher.RSA), blindedMessage));
}

/**
 * rc, the refresh commitment: over the transfer keys (32 bytes each, one for each candidate), the fresh coins' denominations, the old
 * coin, what it pays, and the blinded RSA planchets of all candidates (for each candidate an array, in the denominations' order).
 * `masterSecret` (32 bytes) stands before all else where a melt request names one; a wallet of RSA coins names none.
 */
export function refreshCommitment({ masterSecret, transferKeys, denominationHashes, coinKey, amountWithFee, planchets }) {
  return sha512(concat(
    ...(masterSecret === undefined ? [] : [field(masterSecret, 32, "rms")]),
    ...transferKeys.map((key) => field(key, 32, "transfer_pub")),
    ...denominationHashes.map((hash) => field(hash, 64, "h_denom_pub")),
    field(coinKey, 32, "coin_pub"),
    amountWithFee.toBytes(),
    ...planchets.flat().flatMap((blinded) => [u32(Cipher.RSA), blinded]),
  ));
}
