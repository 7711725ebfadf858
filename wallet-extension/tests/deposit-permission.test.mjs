// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { readOffer } from "../core/contract.js";
import { coinsOf, depositPermission } from "../core/deposit-permission.js";
import { coinFromAnswer } from "../core/planchet.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { isSignedBy } from "../core/signed-message.js";
import { depositMessage } from "../core/wallet-messages.js";
import { library } from "./support/known-answers.mjs";
import { offerText } from "./support/offers.mjs";

test("a permission has the classic shape and coin signatures over the contract's own times", async () => {
  const known = library.rsa_denominations[1];
  const denomination = {
    hash: decodeBase32Fixed(known.h_denom_pub, 64),
    rsaKey: decodeRsaPublicKey(decodeBase32(known.rsa_public_key)),
    feeDeposit: Amount.parse("KUDOS:0.02"),
  };
  const coin = await coinFromAnswer(decodeBase32Fixed(known.coins[0].planchet_master_secret, 32), denomination, known.coins[0].withdraw_response_json);
  const offer = await readOffer(await offerText());
  const contribution = Amount.parse("KUDOS:5.5");
  const permission = await depositPermission(offer, "http://exchange.example/", [{ contribution, denomination, ...coin }]);

  assert.deepEqual(Object.keys(permission), ["H_wire", "H_contract", "transaction_id", "timestamp", "refund_deadline", "mint", "coins"]);
  assert.equal(permission.H_contract, offer.id);
  assert.equal(permission.transaction_id, 62);
  assert.equal(permission.timestamp, "/Date(1700000000)/");
  assert.equal(permission.refund_deadline, "/Date(1700090000)/");
  const [part] = permission.coins;
  assert.deepEqual(Object.keys(part), ["f", "coin_pub", "denom_pub", "ub_sig", "coin_sig"]);
  assert.deepEqual(part.f, { value: 5, fraction: 50_000_000, currency: "KUDOS" });
  assert.equal(part.denom_pub, known.rsa_public_key);
  assert.equal(part.ub_sig, known.coins[0].unblinded_rsa_signature);
  assert.deepEqual(coinsOf(permission), [encodeBase32(coin.coinKey)]);
  const message = depositMessage({
    contractHash: offer.hash, wireHash: offer.wireHash, denominationHash: denomination.hash, timestamp: 1_700_000_000,
    refundDeadline: 1_700_090_000, contribution, depositFee: denomination.feeDeposit, merchantKey: offer.merchantKey,
  });
  assert.ok(await isSignedBy(message, decodeBase32Fixed(part.coin_sig, 64), coin.coinKey));
});
