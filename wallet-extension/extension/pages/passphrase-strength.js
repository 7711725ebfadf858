// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * How hard a passphrase is to guess, roughly: what looks like a word counts as one word of a person's choice, however it is written, and only a long
 * one counts a little more; digits and signs count one by one, but years and runs hardly. So three words are fair, four are good, and one word with
 * digits behind is weak. Words that belong together (a line of a song) are not recognized.
 */

/** Bits that one word of a language is worth, and each of its letters beyond `SHORT`. */
const WORD = 13;
const SHORT = 8;
const MORE = 1.8;
const LETTER = 4.7;
const DIGIT = 3.3;
const SIGN = 4;
const YEAR = 6;
const KNOWN = 3;

const WEAK = 38;
const GOOD = 50;

/** What everybody tries first, also as a part of a word. */
const COMMON = /password|passwort|passphrase|motdepasse|contraseña|contrasena|iloveyou|letmein|qwertyuiop|qwertzuiop|azertyuiop|qwert[yz]|azerty|asdfghjkl|[zy]xcvbnm|abcdefgh/gu;

/** Digits and signs that stand for letters within a word. */
const STAND_INS = { "@": "a", "4": "a", "3": "e", "1": "i", "0": "o", "$": "s", "5": "s" };

/** `none`, `weak` (not taken), `fair` or `good`. */
export function strengthOf(passphrase) {
  if (passphrase === "") return "none";
  const bits = bitsOf(passphrase);
  return bits < WEAK ? "weak" : bits < GOOD ? "fair" : "good";
}

/** Of pieces that come again, only the first counts. */
function bitsOf(passphrase) {
  const written = passphrase.normalize("NFC").replace(/(?<=\p{L})[@43105$]{1,2}(?=\p{L})/gu, (run) => [...run].map((one) => STAND_INS[one]).join(""));
  // A large letter within begins another word.
  const words = written.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").toLowerCase();
  const pieces = new Set(words.match(/[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]+/gu) ?? []);
  return [...pieces].reduce((all, piece) => all + worth(piece), 0);
}

function worth(piece) {
  const kinds = new Set(piece).size;
  if (/^\p{N}/u.test(piece)) return /^(?:19|20)\d\d$/.test(piece) ? YEAR : Math.min(kinds, steps(piece)) * DIGIT;
  if (!/^[\p{L}\p{M}]/u.test(piece)) return kinds * SIGN;
  const own = piece.replace(COMMON, "");
  const known = own === piece ? 0 : KNOWN;
  return known + Math.min(new Set(own).size * LETTER, WORD + Math.max(0, own.length - SHORT) * MORE);
}

/** How many digits there are that the ones before do not give away: 1234 and 2468 have two. */
function steps(digits) {
  const codes = [...digits].map((one) => one.codePointAt(0));
  return 1 + new Set(codes.slice(1).map((code, i) => code - codes[i])).size;
}
