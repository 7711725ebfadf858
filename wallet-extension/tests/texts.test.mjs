// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { LANGUAGES } from "../window/texts.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const messages = Object.fromEntries(LANGUAGES.map((language) => (
  [language, JSON.parse(readFileSync(`${ROOT}_locales/${language}/messages.json`, "utf8"))])));
const english = messages.en;

const FORM = /_(?:zero|one|two|few|many|other)$/;

/** The names between dollar signs. */
const namesIn = (text) => [...text.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase());

function* sources(folder = ROOT) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !["tests", "_locales", "icons"].includes(entry.name)) yield* sources(`${folder}${entry.name}/`);
    else if (/\.(?:js|html)$|^manifest\.json$/.test(entry.name)) yield readFileSync(folder + entry.name, "utf8");
  }
}

const source = [...sources()].join("\n");
const found = (pattern) => [...source.matchAll(pattern)].map(([, word]) => word);

test("all languages have the same keys, in the same order, and no two that differ in case alone", () => {
  for (const language of LANGUAGES) assert.deepEqual(Object.keys(messages[language]), Object.keys(english), language);
  assert.equal(new Set(Object.keys(english).map((key) => key.toLowerCase())).size, Object.keys(english).length);
});

test("each text is there, and none is the English one of a whole sentence", () => {
  for (const language of LANGUAGES) {
    for (const [key, { message }] of Object.entries(messages[language])) {
      assert.ok(typeof message === "string" && message.trim() !== "", `${language} ${key}`);
      if (language !== "en") assert.ok(message !== english[key].message || message.split(" ").length < 4, `${language} ${key} is not translated`);
    }
  }
});

test("all languages have the same placeholders, declared as browsers want them", () => {
  for (const language of LANGUAGES) {
    for (const [key, { message, placeholders = {} }] of Object.entries(messages[language])) {
      const names = new Set(namesIn(message));
      assert.deepEqual([...names].sort(), [...new Set(namesIn(english[key].message))].sort(), `${language} ${key}`);
      assert.deepEqual(Object.keys(placeholders).sort(), [...names].sort(), `${language} ${key} declares what it uses`);
      assert.deepEqual(placeholders, english[key].placeholders ?? {}, `${language} ${key} counts as English does`);
      assert.doesNotMatch(message.replace(/\$\w+\$/g, ""), /\$/, `${language} ${key} has a lone dollar sign`);
    }
    for (const [key, { placeholders = {} }] of Object.entries(english)) {
      const contents = Object.values(placeholders).map(({ content }) => content);
      assert.deepEqual(contents, contents.map((_, i) => `$${i + 1}`), key);
    }
  }
});

const exists = (key) => Object.hasOwn(english, key) || Object.hasOwn(english, `${key}_other`);

test("every key that is used exists", () => {
  const keys = [
    ...found(/(?:\.text|\.nodes|\.count)\(\s*"(\w+)"/g), ...found(/data-(?:text|label|hint)="(\w+)"/g),
    ...found(/["'`]((?:window|popup|refused|progress)_\w+)["'`]/g), ...found(/__MSG_(\w+?)__/g),
  ];
  assert.ok(keys.length > 0);
  assert.deepEqual(keys.filter((key) => !exists(key)), []);
});

test("every reason that an error of the wallet has exists in words", () => {
  const reasons = new Set([...found(/new \w+Error\(\s*"(\w+)"/g), ...found(/\brefuse\(\s*"(\w+)"/g), ...found(/#decline\(\s*"(\w+)"/g)]);
  assert.ok(reasons.has("hash") && reasons.has("signature"));
  assert.deepEqual([...reasons].filter((reason) => !exists(`refused_${reason}`)), []);
});

test("no key is unused", () => {
  const tokens = new Set([...source.match(/\w+/g), ...found(/__MSG_(\w+?)__/g)]);
  const families = [...new Set(["refused_", "progress_", ...found(/["`](\w+_)\$\{/g)])];
  const isUsed = (key) => tokens.has(key) || families.some((family) => key.startsWith(family) && tokens.has(key.slice(family.length)));
  assert.deepEqual(Object.keys(english).filter((key) => !isUsed(key) && !isUsed(key.replace(FORM, ""))), []);
});

test("what is counted has a text for one and for others", () => {
  const counted = new Set([...found(/\.count\(\s*"(\w+)"/g), ...Object.keys(english).filter((key) => key.endsWith("_one")).map((key) => key.replace(FORM, ""))]);
  assert.ok(counted.size > 0);
  for (const key of counted) {
    for (const form of ["one", "other"]) assert.ok(Object.hasOwn(english, `${key}_${form}`), `${key} has ${form}`);
  }
});
