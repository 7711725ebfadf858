// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Amount } from "../core/amount.js";
import { chooseLanguage, loadWords } from "../window/texts.js";
import { Words } from "../window/words.js";

const MESSAGES = {
  plain: { message: "Nothing" },
  two: { message: "$WHO$ gets $SUM$.", placeholders: { who: { content: "$1" }, sum: { content: "$2" } } },
  coins_one: { message: "$COUNT$ coin", placeholders: { count: { content: "$1" } } },
  coins_other: { message: "$COUNT$ coins", placeholders: { count: { content: "$1" } } },
  refused_late: { message: "Too late by $DAYS$", placeholders: { days: { content: "$1" } } },
  progress_making_one: { message: "Making a coin…" },
  progress_making_other: { message: "Making $COUNT$ coins…", placeholders: { count: { content: "$1" } } },
  window_no_end: { message: "no end" },
};
const words = new Words(MESSAGES, "en");
const german = new Words(MESSAGES, "de", "de-DE");

test("parameters stand where their names do, whatever is in them", () => {
  assert.equal(words.text("two", { who: "$SUM$", sum: "$WHO$" }), "$SUM$ gets $WHO$.");
  assert.equal(words.text("two", { who: "Ada" }), "Ada gets .");
  assert.equal(words.text("constructor"), "constructor");
});

test("parameters may be nodes", () => {
  const node = { textContent: "Ada" };
  assert.deepEqual(words.nodes("two", { who: node, sum: 3 }), [node, " gets ", "3", "."]);
  assert.equal(words.text("two", { who: node, sum: 3 }), "Ada gets 3.");
});

test("what is counted has its form", () => {
  assert.equal(words.count("coins", 1), "1 coin");
  assert.equal(words.count("coins", 0), "0 coins");
  // A million is `many` in French, of which there is no text of its own.
  assert.match(new Words(MESSAGES, "fr").count("coins", 1_000_000), /^1\D000\D000 coins$/);
});

test("amounts are exact in every language", () => {
  assert.equal(words.money(Amount.parse("KUDOS:1.5")), "1.50\u00a0KUDOS");
  assert.equal(german.money(Amount.parse("KUDOS:1234567.00000001")), "1.234.567,00000001\u00a0KUDOS");
  assert.equal(words.money(Amount.parse("KUDOS:4503599627370496.12345678")), "4,503,599,627,370,496.12345678\u00a0KUDOS");
  assert.equal(german.text("two", { who: "Ada", sum: Amount.parse("EUR:0.1") }), "Ada gets 0,10\u00a0EUR.");
});

test("a time without an end is not a date", () => {
  assert.equal(words.date(Infinity), "no end");
  assert.match(german.day(1_700_000_000), /^14\.11\.2023$/);
});

test("errors and steps are told by their words, or by their own", () => {
  assert.equal(words.error({ reason: "late", parameters: { days: 2 }, message: "x" }), "Too late by 2");
  assert.equal(words.error(new Error("disk full")), "disk full");
  assert.equal(words.error({ reason: "late", parameters: { days: "KUDOS:2" } }), "Too late by 2.00\u00a0KUDOS");
  assert.equal(words.progress({ key: "making", parameters: { count: "1" } }), "Making a coin…");
  assert.equal(words.progress({ key: "progress_making", parameters: { count: 3 } }), "Making 3 coins…");
  assert.equal(words.progress(null), "");
});

test("the first language with words is chosen, with the reader's own region", () => {
  assert.deepEqual(chooseLanguage(["ja", "de-at", "fr"]), { language: "de", locale: "de-AT" });
  assert.deepEqual(chooseLanguage(["ja"]), { language: "en", locale: "en" });
  assert.deepEqual(chooseLanguage(["fr_x!"]), { language: "en", locale: "en" });
  assert.deepEqual(chooseLanguage([]), { language: "en", locale: "en" });
});

test("a language that cannot be read is replaced by English, and English by nothing", async () => {
  const asked = [];
  const read = async (language) => {
    asked.push(language);
    if (language !== "en") throw new Error("gone");
    return MESSAGES;
  };
  assert.equal((await loadWords({ languages: ["it"], read })).language, "en");
  assert.deepEqual(asked, ["it", "en"]);
  await assert.rejects(loadWords({ languages: ["en"], read: async () => { throw new Error("gone"); } }));
});
