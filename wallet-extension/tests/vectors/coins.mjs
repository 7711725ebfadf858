// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Amount } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { bytesToInteger, fromHex, integerToBytes, toHex } from "../../core/bytes.js";
import { Cipher, coinEnvelopeHash, coinKeyHash, denominationHash } from "../../core/derived-hashes.js";
import { coinFromAnswer, planchetSecrets, withdrawRequest } from "../../core/planchet.js";
import { blind, blindingFactor, decodeRsaPublicKey, encodeRsaPublicKey, fullDomainHash, unblind, verifyRsa } from "../../core/rsa.js";
import { independent, libraries } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("coins");

for (const { protocol, ...known } of libraries) {
  const reserve = known.eddsa_keys.find((key) => key.name === "reserve");
  for (const [number, entry] of known.rsa_denominations.entries()) {
    vector(`denomination ${number} of ${protocol}, ${entry.bits} bits`, async () => {
      const encoded = decodeBase32(entry.rsa_public_key);
      const key = decodeRsaPublicKey(encoded);
      assert.equal(key.n, BigInt("0x" + entry.n_hex));
      assert.equal(key.e, BigInt("0x" + entry.e_hex));
      assert.equal(encodeBase32(encodeRsaPublicKey(key.n, key.e)), entry.rsa_public_key);
      assert.equal(encodeBase32(await denominationHash(Cipher.RSA, encoded, entry.age_mask)), entry.h_denom_pub);
    });
    for (const [i, coin] of entry.coins.entries()) {
      vector(`coin ${i} of denomination ${number} of ${protocol}, ${entry.bits} bits`, () => checkCoin(entry, coin, reserve));
    }
  }
}

async function checkCoin(entry, coin, reserve) {
  const key = decodeRsaPublicKey(decodeBase32(entry.rsa_public_key));
  const secret = decodeBase32Fixed(coin.planchet_master_secret, 32);
  const { coinSeed, coinKey, blindingSecret } = await planchetSecrets(secret);
  assert.equal(encodeBase32(coinSeed), coin.coin_priv);
  assert.equal(encodeBase32(coinKey), coin.coin_pub);
  assert.equal(encodeBase32(blindingSecret), coin.blinding_key_secret);
  // The wallet has no coins with age restriction; what is signed is then another hash, and the rest is alike.
  const restricted = entry.age_mask !== 0;
  const message = restricted ? decodeBase32Fixed(coin.coin_pub_hash_message_signed_by_denomination, 64) : await coinKeyHash(coinKey);
  assert.equal(encodeBase32(message), coin.coin_pub_hash_message_signed_by_denomination);
  assert.equal(await fullDomainHash(key, message), BigInt("0x" + coin.full_domain_hash_hex));
  assert.equal(await blindingFactor(key, blindingSecret), BigInt("0x" + coin.blinding_factor_r_hex));
  const blinded = await blind(key, message, blindingSecret);
  assert.equal(encodeBase32(blinded), coin.coin_ev_rsa_blinded_planchet);
  const hash = decodeBase32Fixed(entry.h_denom_pub, 64);
  assert.equal(encodeBase32(await coinEnvelopeHash(hash, blinded)), coin.h_coin_envelope);
  const signature = await unblind(key, decodeBase32(coin.blinded_rsa_signature), blindingSecret);
  assert.equal(encodeBase32(signature), coin.unblinded_rsa_signature);
  assert.ok(await verifyRsa(key, message, signature));
  if (restricted) return;

  const fee = Amount.parse(coin.withdraw_amount_with_fee);
  const denomination = { hash, id: entry.h_denom_pub, rsaKey: key, value: fee, feeWithdraw: Amount.zero(fee.currency) };
  const request = await withdrawRequest(secret, denomination, decodeBase32Fixed(reserve.priv, 32));
  assert.deepEqual(request, {
    denom_pub_hash: entry.h_denom_pub,
    coin_ev: { cipher: "RSA", rsa_blinded_planchet: coin.coin_ev_rsa_blinded_planchet },
    reserve_sig: coin.withdraw_reserve_sig,
  });
  const withdrawn = await coinFromAnswer(secret, denomination, coin.withdraw_response_json);
  assert.equal(encodeBase32(withdrawn.signature), coin.ub_sig_json.rsa_signature);
}

vector("denomination and planchet by the independent implementation", async () => {
  const { rsa, denom, planchet } = independent;
  const key = decodeRsaPublicKey(decodeBase32(rsa.pub_b32));
  assert.equal(toHex(key.encoded), rsa.pub_encoded);
  const hash = await denominationHash(Cipher.RSA, key.encoded);
  assert.equal(toHex(hash), denom.h_denom);
  assert.equal(encodeBase32(await denominationHash(Cipher.RSA, key.encoded, 0x00200801)), denom.h_denom_with_age_mask_0x00200801_b32);
  const { coinSeed, coinKey, blindingSecret } = await planchetSecrets(fromHex(planchet.master_secret));
  assert.equal(toHex(coinSeed), planchet.coin_priv);
  assert.equal(toHex(coinKey), planchet.coin_pub);
  assert.equal(toHex(blindingSecret), planchet.bks);
  const message = await coinKeyHash(coinKey);
  assert.equal(toHex(message), planchet.h_coin_pub);
  assert.equal(await fullDomainHash(key, message), BigInt("0x" + planchet.fdh));
  assert.equal(await blindingFactor(key, blindingSecret), BigInt("0x" + planchet.blinding_factor_r));
  const blinded = await blind(key, message, blindingSecret);
  assert.equal(toHex(blinded), planchet.coin_ev);
  assert.equal(toHex(await coinEnvelopeHash(hash, blinded)), planchet.h_coin_ev);
  const signature = await unblind(key, fromHex(planchet.blind_sig), blindingSecret);
  assert.equal(toHex(signature), planchet.unblinded_sig);
  assert.ok(await verifyRsa(key, message, signature));
  assert.deepEqual(integerToBytes(bytesToInteger(signature)), signature);
});
