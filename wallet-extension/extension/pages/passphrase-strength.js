// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How hard a passphrase is to guess, roughly: words that are written in full count by the word, the rest by the character. */

/** Bits that one word of a language is worth, at most. */
const WORD = 11;
const LETTER = 4.7;
const DIGIT = 3.3;
const MIXED = 5.5;

const WEAK = 40;
const GOOD = 60;

/** `none`, `weak` (not taken), `fair` or `good`. */
export function strengthOf(passphrase) {
  if (passphrase === "") return "none";
  const bits = bitsOf(passphrase);
  return bits < WEAK ? "weak" : bits < GOOD ? "fair" : "good";
}

/** Of pieces that come again, and of characters that come again within one, only the first counts. */
function bitsOf(passphrase) {
  const pieces = new Set(passphrase.normalize("NFC").match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+/gu) ?? []);
  return [...pieces].reduce((all, piece) => all + worth(piece), 0);
}

function worth(piece) {
  const number = new Set(piece).size;
  if (/^\p{N}+$/u.test(piece)) return number * DIGIT;
  if (/^\p{L}\p{Ll}*$/u.test(piece)) return Math.min(number * LETTER, WORD + Math.max(0, number - 8) * 2);
  return number * (/\p{L}/u.test(piece) ? MIXED : 2);
}
