// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * A JSON reader for what gets hashed and signed. JSON.parse lets two readers see two contracts: it takes
 * the last of duplicate members, rounds large integers, and does not tell 1 from 1.0. This one refuses
 * duplicate members, every number that is not an integer of at most 2^53, U+0000, unpaired surrogates and
 * more than 64 levels. Objects have no prototype, so that "__proto__" is a member like any other.
 */

const DEEPEST = 64;
const LARGEST = 1n << 53n;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Thrown with the position (in UTF-16 units) and the path of the member that is refused. */
export class JSONError extends SyntaxError {
  constructor(reason, position, path) {
    super(`${reason} at ${path === "" ? "the top" : path} (character ${position})`);
    this.path = path;
  }
}

/** The value of `text`; throws JSONError. */
export function parseStrictJSON(text) {
  const reader = new Reader(text);
  const value = reader.value("", 0);
  reader.space();
  if (reader.position !== text.length) reader.fail("something behind the end", "");
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.position = 0;
  }

  fail(reason, path) {
    throw new JSONError(reason, this.position, path);
  }

  space() {
    while (" \t\n\r".includes(this.text[this.position] ?? "x")) this.position++;
  }

  take(character) {
    this.space();
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  value(path, depth) {
    if (depth > DEEPEST) this.fail("nested too deeply", path);
    this.space();
    switch (this.text[this.position]) {
      case "{": return this.object(path, depth);
      case "[": return this.array(path, depth);
      case '"': return this.string(path);
      case "t": return this.word("true", true, path);
      case "f": return this.word("false", false, path);
      case "n": return this.word("null", null, path);
      default: return this.number(path);
    }
  }

  object(path, depth) {
    this.position++;
    const members = Object.create(null);
    if (this.take("}")) return members;
    do {
      this.space();
      if (this.text[this.position] !== '"') this.fail("a member without a name", path);
      const name = this.string(path);
      const inner = path === "" ? name : `${path}.${name}`;
      if (Object.hasOwn(members, name)) this.fail("a duplicate member", inner);
      if (!this.take(":")) this.fail("a colon is missing", inner);
      members[name] = this.value(inner, depth + 1);
    } while (this.take(","));
    if (!this.take("}")) this.fail("an object without its end", path);
    return members;
  }

  array(path, depth) {
    this.position++;
    const elements = [];
    if (this.take("]")) return elements;
    do elements.push(this.value(`${path}[${elements.length}]`, depth + 1));
    while (this.take(","));
    if (!this.take("]")) this.fail("an array without its end", path);
    return elements;
  }

  word(word, value, path) {
    if (!this.text.startsWith(word, this.position)) this.fail("not a JSON value", path);
    this.position += word.length;
    return value;
  }

  number(path) {
    NUMBER.lastIndex = this.position;
    const match = NUMBER.exec(this.text);
    if (match === null) this.fail("not a JSON value", path);
    if (match[1] !== undefined || match[2] !== undefined) this.fail("a number that is not an integer", path);
    const digits = match[0].replace("-", "");
    if (digits.length > 16 || BigInt(digits) > LARGEST) this.fail("an integer beyond 2^53", path);
    this.position += match[0].length;
    const magnitude = Number(digits);
    return match[0][0] === "-" && magnitude !== 0 ? -magnitude : magnitude;
  }

  string(path) {
    this.position++;
    let content = "";
    for (;;) {
      PLAIN.lastIndex = this.position;
      const plain = PLAIN.exec(this.text)[0];
      content += plain;
      this.position += plain.length;
      const character = this.text[this.position];
      if (character === '"') break;
      if (character !== "\\") this.fail(character === undefined ? "a text without its end" : "a raw control character", path);
      content += this.escape(path);
    }
    this.position++;
    if (content.includes("\0")) this.fail("a NUL character", path);
    if (hasUnpairedSurrogate(content)) this.fail("half a character", path);
    return content;
  }

  escape(path) {
    const letter = this.text[this.position + 1] ?? "";
    if (letter === "u") {
      const hex = this.text.slice(this.position + 2, this.position + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("a broken escape", path);
      this.position += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    if (!Object.hasOwn(ESCAPES, letter)) this.fail("an unknown escape", path);
    this.position += 2;
    return ESCAPES[letter];
  }
}

function hasUnpairedSurrogate(text) {
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code >= 0xd800 && code <= 0xdfff) return true;
  }
  return false;
}
