// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A coin on its way out of a reserve: made from one secret, blinded, signed by the exchange, unblinded, verified. */

import { decodeBase32, encodeBase32 } from "./base32.js";
import { utf8 } from "./bytes.js";
import { coinEnvelopeHash, coinKeyHash } from "./derived-hashes.js";
import { publicKeyOf } from "./ed25519.js";
import { field } from "./fields.js";
import { kdf } from "./kdf.js";
import { blind, unblind, verifyRsa } from "./rsa.js";
import { signMessage } from "./signed-message.js";
import { withdrawMessage } from "./wallet-messages.js";

const COIN_SALT = utf8("coin");
const BLINDING_SALT = utf8("bks");

/** Coin key and blinding secret of a 32-byte planchet secret. */
export async function planchetSecrets(secret) {
  field(secret, 32, "planchet secret");
  const coinSeed = await kdf(32, COIN_SALT, secret);
  const blindingSecret = await kdf(32, BLINDING_SALT, secret);
  return { coinSeed, coinKey: await publicKeyOf(coinSeed), blindingSecret };
}

/** {blinded, hash}: what the exchange signs of the planchet, and the hash of that envelope (64 bytes). */
export async function coinEnvelope(secret, denomination) {
  const { coinKey, blindingSecret } = await planchetSecrets(secret);
  const blinded = await blind(denomination.rsaKey, await coinKeyHash(coinKey), blindingSecret);
  return { blinded, hash: await coinEnvelopeHash(denomination.hash, blinded) };
}

/** An envelope in a request: {cipher, rsa_blinded_planchet}. */
export function envelopeJSON(blinded) {
  return { cipher: "RSA", rsa_blinded_planchet: encodeBase32(blinded) };
}

/** The planchet as POST /reserves/$PUB/batch-withdraw wants it, signed with the reserve's seed. */
export async function withdrawRequest(secret, denomination, reserveSeed) {
  const { blinded, hash } = await coinEnvelope(secret, denomination);
  const message = withdrawMessage({
    amountWithFee: denomination.value.add(denomination.feeWithdraw),
    denominationHash: denomination.hash,
    coinEnvelopeHash: hash,
  });
  return {
    denom_pub_hash: denomination.id,
    coin_ev: envelopeJSON(blinded),
    reserve_sig: encodeBase32(await signMessage(message, reserveSeed)),
  };
}

/** The coin from the exchange's answer for it, `{ev_sig: {cipher, blinded_rsa_signature}}`; throws when its signature is not the denomination's. */
export async function coinFromAnswer(secret, denomination, answer) {
  if (answer?.ev_sig?.cipher !== "RSA") throw new Error("the exchange answered with another kind of signature");
  const { coinSeed, coinKey, blindingSecret } = await planchetSecrets(secret);
  const signature = await unblind(denomination.rsaKey, decodeBase32(answer.ev_sig.blinded_rsa_signature), blindingSecret);
  if (!(await verifyRsa(denomination.rsaKey, await coinKeyHash(coinKey), signature))) {
    throw new Error("the exchange's signature on a new coin is wrong");
  }
  return { coinSeed, coinKey, signature };
}
