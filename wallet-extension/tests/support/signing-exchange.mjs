// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An exchange of these tests: denominations whose private keys are known, and an online key. */

import { Amount } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { bytesToInteger, integerToBytes } from "../../core/bytes.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { modPow } from "../../core/integers.js";
import { coinEnvelope, coinFromAnswer } from "../../core/planchet.js";
import { decodeRsaPublicKey } from "../../core/rsa.js";
import { signMessage } from "../../core/signed-message.js";
import { library } from "./known-answers.mjs";

const privateExponents = new Map();

/** The library's RSA keys without age restriction, as denominations of 4, 2, 1 … in verified /keys. */
export const denominations = library.rsa_denominations.filter((entry) => entry.age_mask === 0).map((entry, i) => {
  privateExponents.set(entry.h_denom_pub, BigInt("0x" + entry.d_hex));
  return {
    hash: decodeBase32Fixed(entry.h_denom_pub, 64), id: entry.h_denom_pub, rsaKey: decodeRsaPublicKey(decodeBase32(entry.rsa_public_key)),
    value: Amount.parse(`KUDOS:${4 / 2 ** i}`), feeWithdraw: Amount.parse("KUDOS:0.01"), feeDeposit: Amount.parse("KUDOS:0.01"),
    feeRefresh: Amount.parse("KUDOS:0.03"), feeRefund: Amount.parse("KUDOS:0.01"), start: 0, expireWithdraw: 2e9, expireDeposit: 3e9,
    expireLegal: 4e9, lost: false, revoked: false,
  };
});

const onlineSeed = new Uint8Array(32).fill(40);

/** As in verified /keys. */
export const signingKeys = [{ key: await publicKeyOf(onlineSeed), start: 0, expire: 2e9, end: 3e9 }];

/** {exchange_pub, exchange_sig} of a message. */
export async function signedByExchange(message) {
  return { exchange_pub: encodeBase32(signingKeys[0].key), exchange_sig: encodeBase32(await signMessage(message, onlineSeed)) };
}

/** {ev_sig} for an envelope's bytes. */
export function signBlinded(denomination, blinded) {
  const signature = modPow(bytesToInteger(blinded), privateExponents.get(denomination.id), denomination.rsaKey.n);
  return { ev_sig: { cipher: "RSA", blinded_rsa_signature: encodeBase32(integerToBytes(signature)) } };
}

/** {coinSeed, coinKey, signature, denomination} as withdrawn from here. */
export async function makeCoin(secret, denomination) {
  const { blinded } = await coinEnvelope(secret, denomination);
  return { ...(await coinFromAnswer(secret, denomination, signBlinded(denomination, blinded))), denomination };
}
