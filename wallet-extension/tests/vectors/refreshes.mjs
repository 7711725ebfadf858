// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Amount } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { fromHex, toHex } from "../../core/bytes.js";
import { coinKeyHash, refreshCommitment } from "../../core/derived-hashes.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { coinEnvelope, planchetSecrets } from "../../core/planchet.js";
import { makeRefresh } from "../../core/refresh.js";
import { blind, decodeRsaPublicKey } from "../../core/rsa.js";
import { isSignedBy } from "../../core/signed-message.js";
import { freshPlanchetSecret, transferSecretOfCoin, transferSecretOfKey } from "../../core/transfer-secret.js";
import { linkMessage, meltMessage } from "../../core/wallet-messages.js";
import { x25519PublicKeyOf } from "../../core/x25519.js";
import { independent, libraries, read } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("refreshes");

const key = (text) => decodeBase32Fixed(text, 32);
const hash = (text) => decodeBase32Fixed(text, 64);

for (const { protocol, ...known } of libraries) {
  for (const entry of known.link_ecdh) {
    vector(`transfer secret of ${protocol}`, async () => {
      assert.equal(encodeBase32(await publicKeyOf(key(entry.coin_priv))), entry.coin_pub);
      assert.equal(encodeBase32(await x25519PublicKeyOf(key(entry.transfer_priv))), entry.transfer_pub);
      const secret = await transferSecretOfKey(key(entry.transfer_priv), key(entry.coin_pub));
      assert.equal(encodeBase32(secret), entry.transfer_secret);
      assert.equal(encodeBase32(await transferSecretOfCoin(key(entry.coin_priv), key(entry.transfer_pub))), entry.transfer_secret_recovered);
      assert.equal(encodeBase32(await freshPlanchetSecret(secret, 3)), entry.planchet_master_secret_of_coin_3);
    });
  }
}

vector("a shared secret by the independent implementation", async () => {
  const { ecdhe_priv, ecdhe_pub, secret_with_coin_pub, secret_coin_priv_side } = independent.ecdh;
  const { coin_priv, coin_pub } = independent.planchet;
  assert.equal(toHex(await x25519PublicKeyOf(fromHex(ecdhe_priv))), ecdhe_pub);
  assert.equal(toHex(await transferSecretOfKey(fromHex(ecdhe_priv), fromHex(coin_pub))), secret_with_coin_pub);
  assert.equal(toHex(await transferSecretOfCoin(fromHex(coin_priv), fromHex(ecdhe_pub))), secret_coin_priv_side);
});

const refreshes = (await read("Vectors/refresh.json")).refresh;

for (const [number, entry] of refreshes.entries()) {
  const denominations = entry.denominations.map(({ rsa_pub, h_denom_pub }) => (
    { rsaKey: decodeRsaPublicKey(decodeBase32(rsa_pub)), hash: hash(h_denom_pub), id: h_denom_pub }));

  for (const [k, candidate] of entry.candidates.entries()) {
    vector(`refresh ${number}, candidate ${k}`, async () => {
      assert.equal(encodeBase32(await x25519PublicKeyOf(key(candidate.transfer_priv))), candidate.transfer_pub);
      const shared = await transferSecretOfKey(key(candidate.transfer_priv), key(entry.old_coin_pub));
      assert.equal(encodeBase32(shared), candidate.transfer_secret);
      assert.equal(encodeBase32(await transferSecretOfCoin(key(entry.old_coin_priv), key(candidate.transfer_pub))), candidate.transfer_secret);
      for (const [i, coin] of candidate.coins.entries()) {
        const secret = await freshPlanchetSecret(shared, i);
        assert.equal(encodeBase32(secret), coin.planchet_master_secret);
        const made = await planchetSecrets(secret);
        assert.equal(encodeBase32(made.coinSeed), coin.coin_priv);
        assert.equal(encodeBase32(made.coinKey), coin.coin_pub);
        assert.equal(encodeBase32((await coinEnvelope(secret, denominations[i])).blinded), coin.coin_ev);
        assert.equal(encodeBase32(await blind(denominations[i].rsaKey, await coinKeyHash(made.coinKey), made.blindingSecret)), coin.coin_ev);
      }
    });
  }

  vector(`the commitments of refresh ${number}`, async () => {
    const parts = {
      transferKeys: entry.candidates.map((candidate) => key(candidate.transfer_pub)),
      denominationHashes: denominations.map((denomination) => denomination.hash),
      coinKey: key(entry.old_coin_pub), amountWithFee: Amount.parse(entry.amount_with_fee),
      planchets: entry.candidates.map((candidate) => candidate.coins.map((coin) => decodeBase32(coin.coin_ev))),
    };
    assert.equal(encodeBase32(await refreshCommitment(parts)), entry.rc);
    assert.equal(encodeBase32(await refreshCommitment({ ...parts, masterSecret: key(entry.rms) })), entry.rc_with_rms);
  });

  vector(`the requests of refresh ${number}`, async () => {
    const coinKey = key(entry.old_coin_pub);
    const oldDenomination = denominations[0];
    const [amount, fee] = [Amount.parse(entry.amount_with_fee), Amount.parse("KUDOS:0.03")];
    const refresh = await makeRefresh({
      coin: { coinSeed: key(entry.old_coin_priv), coinKey, signature: Uint8Array.of(1, 2, 3), denomination: oldDenomination },
      transferSecrets: entry.candidates.map((candidate) => key(candidate.transfer_priv)), denominations, amount, fee,
    });
    assert.equal(refresh.id, entry.rc);
    const { confirm_sig, ...melt } = refresh.meltRequest;
    assert.deepEqual(melt, {
      rc: entry.rc, denom_pub_hash: oldDenomination.id, denom_sig: { cipher: "RSA", rsa_signature: encodeBase32(Uint8Array.of(1, 2, 3)) },
      value_with_fee: amount.toString(),
    });
    const statement = meltMessage({ commitment: hash(entry.rc), denominationHash: oldDenomination.hash, amountWithFee: amount, meltFee: fee });
    assert.ok(await isSignedBy(statement, hash(confirm_sig), coinKey));
    for (const [hidden, candidate] of entry.candidates.entries()) {
      const { link_sigs, ...reveal } = await refresh.revealRequest(hidden);
      assert.deepEqual(reveal, {
        transfer_pub: candidate.transfer_pub,
        transfer_privs: entry.candidates.filter((other) => other !== candidate).map((other) => other.transfer_priv),
        coin_evs: candidate.coins.map((coin) => ({ cipher: "RSA", rsa_blinded_planchet: coin.coin_ev })),
        new_denoms_h: entry.denominations.map((denomination) => denomination.h_denom_pub),
      });
      assert.equal(link_sigs.length, candidate.coins.length);
      for (const [i, coin] of candidate.coins.entries()) {
        const envelope = await coinEnvelope(key(coin.planchet_master_secret), denominations[i]);
        const link = linkMessage({
          denominationHash: denominations[i].hash, transferKey: key(candidate.transfer_pub), coinEnvelopeHash: envelope.hash });
        assert.ok(await isSignedBy(link, hash(link_sigs[i]), coinKey));
      }
    }
  });
}
