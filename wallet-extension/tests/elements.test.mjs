// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Texts and addresses from outside, as they are shown. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { foreignSite, isBlank, visible } from "../window/elements.js";
import { installDocument } from "./support/fake-document.mjs";

installDocument();

const HIDDEN = [
  0x00, 0x0a, 0x1f, 0x7f, 0x9f, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,
  0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x206a, 0x206f, 0x2800, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffb, 0xd800, 0xdfff, 0xe0001,
  0xe0020, 0xe007f, 0xe0100, 0xe01ef,
];

for (const code of HIDDEN) {
  test(`U+${code.toString(16)} is not shown`, () => {
    const character = String.fromCodePoint(code);
    assert.equal(visible(`a${character}b`), "ab");
    assert.equal(isBlank(` ${character} `), true);
  });
}

for (const text of ["Käse & Brot", "日本語の店", "متجر", "हिन्दी दुकान", "བསྒྲུབས", "ร้านน้ำ", "🏮 lamps", "ＦＵＬＬ", "한국", "Tiếng Việt", "שָׁלוֹם"]) {
  test(`${text} is shown as it is`, () => {
    assert.equal(visible(text), text.normalize("NFC"));
    assert.equal(isBlank(text), false);
  });
}

test("a heap of marks over one letter is cut down, and does not hide itself behind what is not shown", () => {
  const heap = "\u0334\u0335\u0336\u0337\u0338\u0316".repeat(40);
  assert.equal([...visible(`S${heap}hop`)].length <= "Shop".length + 3, true);
  assert.equal([...visible(`S${[...heap].join("\u200b")}hop`)].length <= "Shop".length + 3, true);
});

test("what is too long is cut at whole characters", () => {
  assert.equal(visible("🏮".repeat(5), 4), `${"🏮".repeat(4)}…`);
  assert.equal(visible("abcd", 4), "abcd");
});

const site = (address, longest) => foreignSite(address, longest).textContent;

test("a site that is too long keeps the end of its host's name", () => {
  const host = `bank.example.com.${"a".repeat(60)}.${"b".repeat(60)}.evil.test`;
  assert.equal(site(host), `…${host.slice(-80)}`);
  assert.match(site(`${host}/bank.example.com`), /\.evil\.test$/);
  assert.match(site(`https://${host}:8080/${"c".repeat(99)}`), /\.evil\.test:8080$/);
  assert.match(site(`https://${host}/${"c".repeat(99)}`, 160), /^https:\/\/bank.*\.evil\.test\/c*…$/);
});

test("of a long path the end goes, and a short address stays", () => {
  assert.equal(site(`https://evil.test/${"c".repeat(99)}`, 30), `https://evil.test/${"c".repeat(12)}…`);
  assert.equal(site(`evil.test?${"c".repeat(99)}`, 12), "evil.test?cc…");
  assert.equal(site("https://exchange.example/taler/"), "https://exchange.example/taler/");
  assert.equal(site("no address"), "no address");
});
