// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { after, test } from "node:test";

import check from "./vectors/check.mjs";
import { registered } from "./vectors/all.mjs";

const groups = registered();
const count = groups.reduce((sum, { checks }) => sum + checks.length, 0);

for (const { group, checks } of groups) {
  for (const { name, body } of checks) test(`vector: ${group}: ${name}`, body);
}

test("the checks can fail", async () => {
  assert.throws(() => check.equal(1, 2));
  assert.throws(() => check.ok(0));
  assert.throws(() => check.deepEqual({ a: [1n] }, { a: [2n] }));
  assert.throws(() => check.deepEqual({ a: 1, b: 2 }, { a: 1 }));
  assert.throws(() => check.deepEqual(Uint8Array.of(1), [1]));
  assert.throws(() => check.throws(() => 1));
  assert.throws(() => check.throws(() => { throw new TypeError("other"); }, RangeError));
  await assert.rejects(check.rejects(Promise.resolve()));
  assert.equal(new Set(groups.flatMap(({ group, checks }) => checks.map(({ name }) => `${group} ${name}`))).size, count, "names are unique");
});

after(() => console.log(`browser wallet: ${count} checks of known answers (test vectors)`));
