// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The exchanges that the wallet uses: each known by its address and by the master key that the person has accepted with it. An address
 * whose master key has changed is another exchange, and is not used until it has been accepted anew.
 */

import { Amount } from "../core/amount.js";
import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { KeysError, verifyExchangeKeys } from "../core/exchange-keys.js";
import { isWithin, now } from "../core/time.js";
import { EngineError } from "./engine-error.js";
import { fetchKeys } from "./exchange-client.js";
import { canonicalExchangeURL } from "./exchange-url.js";

/** Verified keys are used this long (seconds) before they are fetched again. */
const FRESH = 600;

/**
 * `reason`: exchange_url, not_accepted (parameter `url`), exchange_changed (`url`: another master key), exchange_keys (`url`: what it says is not
 * signed as it must be, or this wallet does not speak its protocol).
 */
export class ExchangeError extends EngineError {}

export class Exchanges {
  #records;
  #verified = new Map();
  #fetching = new Map();

  constructor(store) {
    this.#records = store.exchanges;
  }

  /** The records of accepted exchanges, the first accepted first. */
  async list() {
    return (await this.#records.accepted()).sort((a, b) => a.accepted - b.accepted);
  }

  /**
   * What an exchange says of itself, consistent with the master key that it names: {url, masterPub, currency, version, denominations, known}
   * and more for accept(). `known` is null for an exchange that was never accepted, "accepted", or "changed" when another master key was
   * accepted for this address. Nothing is stored.
   */
  async preview(text) {
    const url = canonicalExchangeURL(text);
    const json = await fetchKeys(url);
    const record = { url, masterPub: statedKey(json, url), currency: statedCurrency(json, url), json, fetched: now(), accepted: null };
    const keys = await this.#verifyAnew(record);
    return { ...keys, known: await this.#standing(record), record };
  }

  async #standing({ url, masterPub }) {
    const stored = await this.#records.get(url);
    if (stored === undefined || stored.accepted === null) return null;
    return stored.masterPub === masterPub ? "accepted" : "changed";
  }

  /** The person trusts the master key of a preview. Gives the record. */
  accept({ record }) {
    return this.#records.accept(record);
  }

  /**
   * Accepts an exchange whose master key is known beforehand, from a configuration; it need not answer now. What was accepted for the address
   * with the same key stays as it is.
   */
  async configure({ url: text, masterPub, currency }) {
    const url = canonicalExchangeURL(text);
    const stored = await this.#records.get(url);
    const isSame = stored?.masterPub === masterPub;
    if (isSame && stored.accepted !== null) return stored;
    return this.#records.accept({ url, masterPub, currency, json: isSame ? stored.json : null, fetched: isSame ? stored.fetched : 0 });
  }

  /**
   * The verified keys of an accepted exchange: {url, masterPub, currency, baseURL, version, denominations, signingKeys, fetched}. `which` is its
   * address, or a record of it, or of a coin, reserve or refresh (`exchange`, `masterPub`), whose master key must be the accepted one.
   * Stored ones serve while they are fresh, and when the exchange cannot be reached; they are verified before they are used.
   * Throws ExchangeError, or what requestJSON throws.
   */
  async keys(which, { refresh = false } = {}) {
    const record = await this.trusted(which);
    const isFresh = isWithin(record.fetched, FRESH);
    if (!refresh && isFresh) {
      const keys = await this.#verify(record).catch(() => null);
      if (keys !== null) return keys;
    }
    const fetching = this.#fetching.get(record.url) ?? this.#fetch(record).finally(() => this.#fetching.delete(record.url));
    this.#fetching.set(record.url, fetching);
    return fetching;
  }

  /** The record of an accepted exchange, `which` being as for keys(); throws ExchangeError `not_accepted` or `exchange_changed`. */
  async trusted(which) {
    const url = canonicalExchangeURL((typeof which === "string" ? which : which.exchange ?? which.url) ?? "");
    const record = await this.#records.get(url);
    if (record === undefined || record.accepted === null) throw new ExchangeError("not_accepted", `You have not accepted the exchange ${url}.`, { url });
    if (typeof which !== "string" && which.masterPub !== undefined && which.masterPub !== record.masterPub) throw changed(url);
    return record;
  }

  async #fetch(record) {
    let json;
    try {
      json = await fetchKeys(record.url);
    } catch (error) {
      if (record.json === null) throw error;
      return this.#verify(record).catch(() => { throw error; });
    }
    if (statedKey(json, record.url) !== record.masterPub) throw changed(record.url);
    const fetched = { ...record, json, fetched: now() };
    this.#verified.delete(record.url);
    const keys = await this.#verify(fetched);
    await this.#records.remember(fetched);
    return keys;
  }

  /** Verifies what was stored, or fetched to be stored; once for each, and again when an hour has passed: signing keys end. */
  async #verify(record) {
    const known = this.#verified.get(record.url);
    const isSame = known?.masterPub === record.masterPub && known.fetched === record.fetched;
    if (isSame && isWithin(known.verified, 3600)) return known;
    const result = await this.#verifyAnew(record);
    this.#verified.set(record.url, result);
    return result;
  }

  async #verifyAnew(record) {
    try {
      const expected = { masterKey: decodeBase32Fixed(record.masterPub, 32), currency: record.currency, time: now() };
      const keys = await verifyExchangeKeys(record.json, expected);
      const { url, masterPub, fetched } = record;
      return { ...keys, url, masterPub, fetched, verified: now() };
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
      const { url } = record;
      throw new ExchangeError("exchange_keys", `The exchange ${url} cannot be used: ${error.message}.`, { url, problem: error.message }, { cause: error });
    }
  }
}

function statedKey(json, url) {
  try {
    return encodeBase32(decodeBase32Fixed(json.master_public_key, 32));
  } catch (error) {
    throw new ExchangeError("exchange_keys", `${url} is no exchange: it names no master key.`, { url, problem: "no master key" }, { cause: error });
  }
}

function statedCurrency(json, url) {
  try {
    return Amount.zero(json.currency).currency;
  } catch (error) {
    throw new ExchangeError("exchange_keys", `${url} is no exchange: it names no currency.`, { url, problem: "no currency" }, { cause: error });
  }
}

function changed(url) {
  return new ExchangeError("exchange_changed", `The exchange at ${url} has another master key than the one that you have accepted.`, { url });
}
