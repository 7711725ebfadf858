// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Amount } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { fromHex, toHex } from "../../core/bytes.js";
import { timeFromJSON, timeToBytes } from "../../core/time.js";
import { independent, libraries } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("encodings");

for (const { protocol, ...known } of libraries) {
  for (const [i, entry] of known.base32_encode.entries()) {
    vector(`base32 text ${i} of ${protocol}`, () => {
      assert.equal(encodeBase32(fromHex(entry.data_hex)), entry.base32);
      assert.equal(toHex(decodeBase32Fixed(entry.base32, entry.data_hex.length / 2)), entry.data_hex);
    });
  }
  for (const [i, entry] of known.base32_decode_into_fixed_length.entries()) {
    vector(`base32 of fixed length ${i} of ${protocol}`, () => {
      const decode = () => decodeBase32Fixed(entry.base32, entry.expected_length);
      if (entry.accepted) assert.equal(toHex(decode()), entry.data_hex);
      else assert.throws(decode);
    });
  }
  for (const entry of known.amounts) {
    // Protocol 14 still took lower-case currencies; a wallet of today does not.
    if (entry.accepted && /[^A-Z]/.test(entry.currency)) continue;
    vector(`amount ${JSON.stringify(entry.text)} of ${protocol}`, () => {
      if (!entry.accepted) {
        assert.throws(() => Amount.parse(entry.text));
        return;
      }
      const amount = Amount.parse(entry.text);
      assert.equal(amount.currency, entry.currency);
      assert.equal(Number(amount.value), entry.value);
      assert.equal(Number(amount.fraction), entry.fraction);
      assert.equal(toHex(amount.toBytes()), entry.nbo_hex);
      assert.equal(amount.toString(), entry.to_string);
      assert.equal(amount.isZero, entry.is_zero);
      assert.deepEqual(Amount.fromJSON(amount.toObject()), amount);
    });
  }
  for (const entry of known.amount_arithmetic) {
    if (/[a-z]/.test(entry.a + entry.b)) continue;
    vector(`${entry.a} and ${entry.b} of ${protocol}`, () => {
      const [a, b] = [Amount.parse(entry.a), Amount.parse(entry.b)];
      if (entry.add_result_code >= 0) assert.equal(a.add(b).toString(), entry.sum);
      else assert.throws(() => a.add(b), RangeError);
      if (entry.subtract_result_code >= 0) assert.equal(a.subtract(b).toString(), entry.difference);
      else assert.throws(() => a.subtract(b), RangeError);
      if (entry.same_currency) assert.equal(a.compare(b), entry.cmp);
      else assert.throws(() => a.compare(b), RangeError);
    });
  }
  for (const entry of known.timestamps) {
    vector(`time ${JSON.stringify(entry.json)} of ${protocol}`, () => {
      assert.equal(toHex(timeToBytes(timeFromJSON(entry.json))), entry.nbo_hex);
    });
  }
}

for (const entry of independent.base32) {
  vector(`base32 of ${entry.hex} by the independent implementation`, () => {
    assert.equal(encodeBase32(fromHex(entry.hex)), entry.b32);
    assert.equal(toHex(decodeBase32(entry.b32)), entry.hex);
  });
}

for (const [text, bytes] of Object.entries(independent.amount_nbo)) {
  vector(`amount ${text} by the independent implementation`, () => assert.equal(toHex(Amount.parse(text).toBytes()), bytes));
}
