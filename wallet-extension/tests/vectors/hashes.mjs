// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { fromHex, toHex, utf8, utf8WithNul } from "../../core/bytes.js";
import { canonicalJSON, hashJSON } from "../../core/canonical-json.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { parseStrictJSON } from "../../core/json.js";
import { kdf } from "../../core/kdf.js";
import { sha512 } from "../../core/webcrypto.js";
import { independent, libraries } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("hashes and keys");

/** What the library hashes (or cannot) and a classic contract must not contain: each must be refused at the door. */
const REFUSED = [/"a":1,"a":2/, /9223372036854775807/, /\$forgettable/, /"real":/, /"x":0\.1/, /\\u0000/];

for (const { protocol, ...known } of libraries) {
  for (const [i, entry] of known.gnunet_hash.entries()) {
    vector(`SHA-512 ${i} of ${protocol}`, async () => {
      assert.equal(encodeBase32(await sha512(utf8(entry.text))), entry.sha512_without_nul);
      assert.equal(encodeBase32(await sha512(utf8WithNul(entry.text))), entry.sha512_with_nul);
    });
  }
  for (const entry of known.gnunet_kdf) {
    vector(`KDF of ${entry.length} bytes of ${protocol}`, async () => {
      const output = await kdf(entry.length, utf8(entry.salt_xts), utf8(entry.ikm_skm), utf8(entry.info_ctx_concatenated));
      assert.equal(toHex(output), entry.output_hex);
    });
  }
  for (const [i, entry] of known.payto_hash.entries()) {
    const expected = entry.h_full_payto ?? entry.h_payto;
    vector(`the hash of account ${i} of ${protocol}`, async () => {
      assert.equal(encodeBase32((await sha512(utf8WithNul(entry.payto_uri))).subarray(0, 32)), expected);
    });
  }
  for (const entry of known.eddsa_keys) {
    vector(`the public key of ${entry.name} of ${protocol}`, async () => {
      assert.equal(encodeBase32(await publicKeyOf(decodeBase32Fixed(entry.priv, 32))), entry.pub);
    });
  }
  for (const [i, entry] of known.contract_hash.entries()) {
    if (REFUSED.some((pattern) => pattern.test(entry.json_text))) {
      // $forgettable is refused by the contract check (contract.test.mjs), the rest by the reader.
      if (entry.json_text.includes("$forgettable")) continue;
      vector(`contract ${i} of ${protocol}, refused`, () => assert.throws(() => parseStrictJSON(entry.json_text)));
      continue;
    }
    vector(`contract ${i} of ${protocol}`, async () => {
      assert.equal(entry.return_code, 1);
      const value = parseStrictJSON(entry.json_text);
      assert.equal(canonicalJSON(value), entry.canonical_json_of_input);
      assert.equal(toHex(utf8(canonicalJSON(value))), entry.canonical_json_of_input_utf8_hex);
      assert.equal(encodeBase32(await hashJSON(value)), entry.h_contract_terms);
    });
  }
}

vector("KDF by the independent implementation", async () => {
  const { salt, ikm, ctx, out_80 } = independent.kdf;
  assert.equal(toHex(await kdf(80, fromHex(salt), fromHex(ikm), fromHex(ctx))), out_80);
});

vector("a modern contract by the independent implementation", async () => {
  const { json, canonical, h_contract_terms_b32 } = independent.contract;
  assert.equal(canonicalJSON(json), canonical);
  assert.equal(encodeBase32(await hashJSON(json)), h_contract_terms_b32);
});

vector("a classic contract by the independent implementation", async () => {
  const { contract, encoding, h_contract_b32 } = independent.classic;
  assert.equal(canonicalJSON(contract), encoding);
  assert.equal(encodeBase32(await hashJSON(contract)), h_contract_b32);
});

for (const [name, entry] of Object.entries(independent.keys)) {
  vector(`the public key of ${name} by the independent implementation`, async () => {
    assert.equal(toHex(await publicKeyOf(fromHex(entry.seed))), entry.pub);
  });
}
