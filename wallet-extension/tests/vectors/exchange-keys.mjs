// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { decodeBase32Fixed } from "../../core/base32.js";
import { KeysError, verifyExchangeKeys } from "../../core/exchange-keys.js";
import { timeFromJSON } from "../../core/time.js";
import { transcript } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("an exchange's keys");

/** What a wallet expects of the exchange that was recorded, at the time of the recording. */
function expectationsFor(body) {
  return {
    masterKey: decodeBase32Fixed(body.master_public_key, 32),
    currency: "KUDOS",
    time: timeFromJSON(body.signkeys[0].stamp_start) + 60,
  };
}

for (const name of ["02-keys", "05-keys-last-issue", "102-kyc-keys", "121-keys-with-recoup"]) {
  vector(`/keys ${name}`, async () => {
    const { body } = (await transcript(name)).response;
    const keys = await verifyExchangeKeys(body, expectationsFor(body));
    const rsa = body.denominations.filter((group) => group.cipher === "RSA").flatMap((group) => group.denoms);
    assert.equal(keys.denominations.length, rsa.length);
    assert.equal(keys.baseURL, body.base_url);
    assert.equal(keys.version, 23);
    assert.ok(keys.denominations.every((denomination) => denomination.rsaKey !== null));
  });
}

const attacks = {
  "another master key": (body, expected) => { expected.masterKey = decodeBase32Fixed(body.signkeys[0].key, 32); },
  "another currency": (_, expected) => { expected.currency = "EUR"; },
  "a time before the signing key is valid": (_, expected) => { expected.time -= 3600; },
  "a time when the signing key has expired": (body, expected) => { expected.time = timeFromJSON(body.signkeys[0].stamp_expire); },
  "a changed signing key": (body) => { body.signkeys[0].key = body.exchange_sig.slice(0, 52); },
  "a longer life of the signing key": (body) => { body.signkeys[0].stamp_expire.t_s += 1; },
  "a changed deposit fee": (body) => { body.denominations[0].fee_deposit = "KUDOS:0.5"; },
  "a changed value": (body) => { body.denominations[0].value = "KUDOS:40"; },
  "a changed denomination key": (body) => { body.denominations[0].denoms[0].rsa_pub = body.denominations[1].denoms[0].rsa_pub; },
  "a denomination left out": (body) => { body.denominations.pop(); },
  "denominations in another order": (body) => { body.denominations.reverse(); },
  "a Clause-Schnorr denomination changed": (body) => { body.denominations.find((group) => group.cipher === "CS").denoms[0].cs_pub = body.master_public_key; },
  "an unknown kind of denomination": (body) => { body.denominations[0].cipher = "DSA"; },
  "another account": (body) => { body.accounts[0].payto_uri += "x"; },
  "another wire fee": (body) => { body.wire_fees["x-taler-bank"][0].wire_fee = "KUDOS:1"; },
  "another list issue date": (body) => { body.list_issue_date.t_s += 1; },
  "a key set signed by a key that is not listed": (body) => { body.exchange_pub = body.master_public_key; },
  "a flipped signature": (body) => { body.exchange_sig = (body.exchange_sig[0] === "0" ? "1" : "0") + body.exchange_sig.slice(1); },
  "a protocol that is too old": (body) => { body.version = "16:0:0"; },
  "a protocol that is too new": (body) => { body.version = "40:0:7"; },
  "no version": (body) => { delete body.version; },
  "no denominations": (body) => { delete body.denominations; },
};

for (const [name, attack] of Object.entries(attacks)) {
  vector(`/keys with ${name} is refused`, async () => {
    const { body } = (await transcript("02-keys")).response;
    const expected = expectationsFor(body);
    attack(body, expected);
    await assert.rejects(verifyExchangeKeys(body, expected), KeysError);
  });
}

vector("/keys names a revoked denomination", async () => {
  const { body } = (await transcript("121-keys-with-recoup")).response;
  body.recoup.push({ h_denom_pub: (await verifyExchangeKeys(body, expectationsFor(body))).denominations[0].id });
  const keys = await verifyExchangeKeys(body, expectationsFor(body));
  assert.equal(keys.denominations.filter((denomination) => denomination.revoked).length, 1);
});
