// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Amounts of money: a currency, a whole value of at most 2^52, and a fraction in units of 10^-8. */

import { concat, u32, u64, utf8 } from "./bytes.js";

const FRACTION_BASE = 100_000_000n;
const FRACTION_DIGITS = 8;
const LARGEST_VALUE = 1n << 52n;
const CURRENCY = /^[A-Z]{1,11}$/;
const TEXT = /^\s*([A-Z]{1,11}):([0-9]{0,40})(?:\.([0-9]{1,8}))?$/;

/** An immutable, non-negative amount. Every operation checks currency and range and throws RangeError. */
export class Amount {
  /** `units` is the amount in 10^-8 of the currency (BigInt). */
  constructor(currency, units) {
    if (typeof currency !== "string" || !CURRENCY.test(currency)) throw new RangeError("not a currency");
    if (typeof units !== "bigint" || units < 0n || units / FRACTION_BASE > LARGEST_VALUE) {
      throw new RangeError("an amount out of range");
    }
    this.currency = currency;
    this.units = units;
    Object.freeze(this);
  }

  static zero(currency) {
    return new Amount(currency, 0n);
  }

  /** From `CUR:1.5`: upper-case letters, at most eight digits behind the point, no sign, no exponent. */
  static parse(text) {
    const match = typeof text === "string" ? TEXT.exec(text) : null;
    if (match === null || (match[2] === "" && match[3] === undefined)) throw new SyntaxError("not an amount");
    const fraction = (match[3] ?? "").padEnd(FRACTION_DIGITS, "0");
    return new Amount(match[1], BigInt(match[2] || "0") * FRACTION_BASE + BigInt(fraction));
  }

  /** From either JSON form: the text, or the object `{value, fraction, currency}` with a fraction below 10^8. */
  static fromJSON(json) {
    if (typeof json === "string") return Amount.parse(json);
    if (json === null || typeof json !== "object") throw new SyntaxError("not an amount");
    const { value, fraction, currency } = json;
    if (!isWhole(value) || !isWhole(fraction) || BigInt(fraction) >= FRACTION_BASE) throw new SyntaxError("not an amount");
    return new Amount(currency, BigInt(value) * FRACTION_BASE + BigInt(fraction));
  }

  /** The whole part (BigInt). */
  get value() {
    return this.units / FRACTION_BASE;
  }

  /** The fraction in 10^-8 (BigInt). */
  get fraction() {
    return this.units % FRACTION_BASE;
  }

  get isZero() {
    return this.units === 0n;
  }

  /** `CUR:1.5` without superfluous zeros. */
  toString() {
    return `${this.currency}:${this.digits(0)}`;
  }

  /** The number alone, with at least `places` digits behind the point. */
  digits(places) {
    const fraction = this.fraction.toString().padStart(FRACTION_DIGITS, "0").replace(/0+$/, "").padEnd(places, "0");
    return fraction === "" ? `${this.value}` : `${this.value}.${fraction}`;
  }

  /** The classic object form. */
  toObject() {
    return { value: Number(this.value), fraction: Number(this.fraction), currency: this.currency };
  }

  /** The 24 bytes of signed structures: u64 value, u32 fraction, 12 bytes of currency. */
  toBytes() {
    const currency = new Uint8Array(12);
    currency.set(utf8(this.currency));
    return concat(u64(this.value), u32(this.fraction), currency);
  }

  add(other) {
    this.#same(other);
    return new Amount(this.currency, this.units + other.units);
  }

  /** Throws RangeError when `other` is larger. */
  subtract(other) {
    this.#same(other);
    return new Amount(this.currency, this.units - other.units);
  }

  /** -1, 0 or 1. */
  compare(other) {
    this.#same(other);
    if (this.units === other.units) return 0;
    return this.units < other.units ? -1 : 1;
  }

  #same(other) {
    if (this.currency !== other.currency) throw new RangeError("two currencies");
  }
}

/** The sum of `amounts`, zero of `currency` when there are none. */
export function sum(currency, amounts) {
  let total = Amount.zero(currency);
  for (const amount of amounts) total = total.add(amount);
  return total;
}

function isWhole(number) {
  return Number.isSafeInteger(number) && number >= 0;
}
