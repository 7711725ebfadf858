// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { JSONError, parseStrictJSON } from "../core/json.js";

const accepted = [
  ["null", null], ["true", true], [" [ ] ", []], ["-0", 0], ["9007199254740992", 2 ** 53], ["-9007199254740992", -(2 ** 53)],
  ['"\\u00e9\\ud83d\\ude00\\/\\n"', "é😀/\n"], ["[1,[2]]", [1, [2]]],
];

for (const [text, value] of accepted) {
  test(`${text} is read`, () => assert.deepEqual(parseStrictJSON(text), value));
}

const refused = [
  "", "nul", "{", "[1", "[1,]", '{"a":1,}', '{"a" 1}', "{a:1}", "01", "+1", "1.0", "1.5", "1e2", "-", "--1", "9007199254740993",
  "-9007199254740993", "99999999999999999999999999", "NaN", "Infinity", "'a'", '"a', '"\\x41"', '"\\u12g4"', '"\\ud800"', '"\\udc00\\ud800"',
  '"\ud800"', '"\\u0000"', '"a\nb"', '{"a":1,"a":1}', '{"a":{"b":1,"\\u0062":2}}', '{"__proto__":1,"__proto__":2}', "1 2", "[1] x", "\ufeff1",
  "[".repeat(100000), "\u00a01",
];

for (const text of refused) {
  test(`${JSON.stringify(text.slice(0, 40))} is refused`, () => assert.throws(() => parseStrictJSON(text), JSONError));
}

test("a refusal names the member", () => {
  assert.throws(() => parseStrictJSON('{"products":[{"price":{"value":1.0}}]}'), { path: "products[0].price.value" });
});

test("__proto__ is a member and changes nothing", () => {
  const value = parseStrictJSON('{"__proto__":{"amount":1}}');
  assert.equal(value.amount, undefined);
  assert.deepEqual(Object.keys(value), ["__proto__"]);
});
