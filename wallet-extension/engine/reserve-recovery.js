// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Planchets of a reserve that the exchange has signed and this wallet has no coin of, found in the reserve's history. */

import { canonicalHash, encodeBase32 } from "../core/base32.js";
import { coinEnvelope, planchetSecrets } from "../core/planchet.js";
import { signMessage } from "../core/signed-message.js";
import { reserveHistoryMessage } from "../core/wallet-messages.js";
import { reserveHistory } from "./exchange-client.js";
import { denominationOf, planchetRecord, planchetSecret } from "./planchets.js";

/** How many numbers without a planchet in the history end the search. */
const GAP = 260;

/** One request's planchets. */
const MOST_COINS = 256;

/**
 * The records of planchets, at most one request's; `isKnown` tells of a coin's public key (base32) whether the wallet has it;
 * null when the exchange does not tell the history. Planchets that were refused may be of denominations that it lists no more. The history is only a hint: nothing is believed of it, the exchange's signatures on the coins prove them.
 */
export async function forgottenPlanchets(reserve, denominations, isKnown) {
  const headers = { "Taler-Reserve-History-Signature": encodeBase32(await signMessage(reserveHistoryMessage(0), reserve.seed)) };
  const history = await reserveHistory(reserve.exchange, reserve.reservePub, headers);
  if (history === null) return null;
  const dropped = await signedOf(reserve.dropped ?? [], history, isKnown);
  if (dropped.length > 0) return dropped;
  const wanted = new Map();
  for (const entry of history) {
    const denomination = entry?.type === "WITHDRAW" ? denominations.find(({ id }) => id === canonicalHash(entry.h_denom_pub)) : undefined;
    const envelope = canonicalHash(entry?.h_coin_envelope);
    if (denomination !== undefined && envelope !== null) wanted.set(envelope, denomination);
  }
  const found = [];
  for (let number = 0, missed = 0; wanted.size > 0 && missed < GAP && found.length < MOST_COINS; number++) {
    const secret = await planchetSecret(reserve.seed, number);
    const match = await matching(secret, wanted);
    missed = match === null ? missed + 1 : 0;
    if (match === null) continue;
    const denomination = wanted.get(match);
    wanted.delete(match);
    if (await isKnown(encodeBase32((await planchetSecrets(secret)).coinKey))) continue;
    found.push({ ...planchetRecord(secret, denomination), number, found: true });
  }
  return found;
}

/** Those of the planchets that the history has and the wallet does not. */
async function signedOf(planchets, history, isKnown) {
  const envelopes = new Set(history.map((entry) => (entry?.type === "WITHDRAW" ? canonicalHash(entry.h_coin_envelope) : null)));
  const found = [];
  for (const planchet of planchets) {
    if (found.length === MOST_COINS || !envelopes.has(encodeBase32((await coinEnvelope(planchet.secret, denominationOf(planchet))).hash))) continue;
    if (!(await isKnown(encodeBase32((await planchetSecrets(planchet.secret)).coinKey)))) found.push({ ...planchet, found: true });
  }
  return found;
}

/** The envelope of the history that this secret makes, or null. */
async function matching(secret, wanted) {
  const tried = new Set();
  for (const denomination of wanted.values()) {
    if (tried.has(denomination.id)) continue;
    tried.add(denomination.id);
    const envelope = encodeBase32((await coinEnvelope(secret, denomination)).hash);
    if (wanted.get(envelope)?.id === denomination.id) return envelope;
  }
  return null;
}
