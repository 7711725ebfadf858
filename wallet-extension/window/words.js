// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Texts, amounts, numbers and dates as one reader reads them. Knows no page but the one it is told to write into. */

import { Amount } from "../core/amount.js";

/** An amount among the parameters that the engine gives, which are texts. */
const AMOUNT = /^[A-Z]{1,11}:[0-9]{1,16}(?:\.[0-9]{1,8})?$/;

/** Right-to-left languages, should the wallet ever speak one. */
const LEFTWARD = new Set(["ar", "fa", "he", "ur"]);
const SPACE = "\u00a0";

export class Words {
  /** Of the messages: `en`. */
  language;
  /** Of dates and numbers: `en-GB`. */
  locale;
  #messages;
  #plurals;
  #whole;

  /** `messages`: {key: {message, placeholders: {name: {content: "$1"}}}}. */
  constructor(messages, language, locale = language) {
    this.#messages = messages;
    this.language = language;
    this.locale = locale;
    this.#plurals = new Intl.PluralRules(language);
    this.#whole = new Intl.NumberFormat(locale);
  }

  get direction() {
    return LEFTWARD.has(this.language) ? "rtl" : "ltr";
  }

  has(key) {
    return Object.hasOwn(this.#messages, key);
  }

  /** The text of `key` with `$NAME$` replaced by parameters.name: texts as they are, Amounts and numbers as the reader writes them. A key without a text gives itself. */
  text(key, parameters = {}) {
    return this.#parts(key, parameters).map((part) => (typeof part === "string" ? part : part.textContent)).join("");
  }

  /** Like `text`, as a list for `element(...)`: parameters may be nodes too (what comes from outside, isolated). */
  nodes(key, parameters = {}) {
    return this.#parts(key, parameters);
  }

  /** The text of `key_one`, `key_other`, … for `n`, which is the parameter `count`. */
  count(key, n, parameters = {}) {
    const form = `${key}_${this.#plurals.select(n)}`;
    return this.text(this.has(form) ? form : `${key}_other`, { count: n, ...parameters });
  }

  /** What an error of the wallet means, by its `reason` and `parameters`; its own message when there are no words for it. */
  error(error) {
    const key = `refused_${error?.reason}`;
    return this.has(key) ? this.text(key, readable(error.parameters)) : error?.message ?? String(error);
  }

  /** A step that goes on, `{key, parameters}`; "" for null. */
  progress(step) {
    if (step === null || step === undefined) return "";
    const key = step.key.startsWith("progress_") ? step.key : `progress_${step.key}`;
    const parameters = readable(step.parameters);
    return this.has(key) ? this.text(key, parameters) : this.count(key, Number(parameters.count), parameters);
  }

  /** At least `places` digits behind the point, exact however large, the currency after it: `1,50 KUDOS`. */
  money(amount, places = 2) {
    const [, fraction = ""] = amount.digits(places).split(".");
    return `${this.#whole.format(amount.value)}${fraction === "" ? "" : this.#point + fraction}${SPACE}${amount.currency}`;
  }

  get #point() {
    return new Intl.NumberFormat(this.locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";
  }

  number(n) {
    return this.#whole.format(n);
  }

  /** A point in time (seconds), with day and minute. */
  date(seconds) {
    return this.#date(seconds, { dateStyle: "medium", timeStyle: "short" });
  }

  day(seconds) {
    return this.#date(seconds, { dateStyle: "medium" });
  }

  #date(seconds, style) {
    if (!Number.isFinite(seconds)) return this.text("window_no_end");
    return new Intl.DateTimeFormat(this.locale, style).format(new Date(seconds * 1000));
  }

  /** `a, b and c`. */
  list(texts) {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(texts);
  }

  /** Writes the words into a document made of keys: its language and direction, `data-text`, `data-label` (aria-label), `data-hint` (placeholder). */
  translate(page = document) {
    page.documentElement.lang = this.language;
    page.documentElement.dir = this.direction;
    for (const one of page.querySelectorAll("[data-text]")) one.textContent = this.text(one.dataset.text);
    for (const one of page.querySelectorAll("[data-label]")) one.setAttribute("aria-label", this.text(one.dataset.label));
    for (const one of page.querySelectorAll("[data-hint]")) one.setAttribute("placeholder", this.text(one.dataset.hint));
  }

  #parts(key, parameters) {
    if (!this.has(key)) return [key];
    const { message } = this.#messages[key];
    const values = new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    // A message's odd pieces are the names between its dollar signs.
    return message.split(/\$(\w+)\$/).map((piece, i) => (i % 2 === 0 ? piece : this.#shown(values.get(piece.toLowerCase()))))
      .filter((piece) => piece !== "");
  }

  #shown(value) {
    if (value === undefined || value === null) return "";
    if (value instanceof Amount) return this.money(value);
    if (typeof value === "number" || typeof value === "bigint") return this.number(value);
    return value;
  }
}

/** Parameters of the engine (texts) with amounts and counts as values, to be written as the reader writes them. */
function readable(parameters) {
  return Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => {
    if (name === "count") return [name, Number(value)];
    return [name, typeof value === "string" && AMOUNT.test(value) ? Amount.parse(value) : value];
  }));
}
