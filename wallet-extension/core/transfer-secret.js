// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a coin and a transfer key share in a refresh, 64 bytes: SHA-512 of their X25519 point. Whoever has
 * one of the two secrets and the other's public key can compute it, and from it every fresh coin.
 */

import { u32, utf8 } from "./bytes.js";
import { kdf } from "./kdf.js";
import { sha512 } from "./webcrypto.js";
import { field } from "./fields.js";
import { sharedPoint, x25519OfEd25519, x25519SecretOfSeed } from "./x25519.js";

const COIN_CONTEXT = utf8("taler-coin-derivation");

/** From a transfer key's secret and the old coin's public key: as a refresh is made, and as the exchange checks it. */
export async function transferSecretOfKey(transferKeySecret, coinKey) {
  return sha512(await sharedPoint(transferKeySecret, x25519OfEd25519(coinKey)));
}

/** From the old coin's seed and a transfer key's public half: as the coins of a link are found. */
export async function transferSecretOfCoin(coinSeed, transferKey) {
  return sha512(await sharedPoint(await x25519SecretOfSeed(coinSeed), transferKey));
}

/** The planchet secret (32 bytes, see planchet.js) of the fresh coin at `index`, counted from 0. */
export function freshPlanchetSecret(transferSecret, index) {
  return kdf(32, u32(index), field(transferSecret, 64, "transfer secret"), COIN_CONTEXT);
}
