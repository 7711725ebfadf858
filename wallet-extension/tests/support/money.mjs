// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Coins of these tests, and an exchange that knows what became of them: as much of one as paying needs, without cryptography. */

import assert from "node:assert/strict";

import { Amount } from "../../core/amount.js";
import { encodeBase32 } from "../../core/base32.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { booksOf } from "../../engine/balances.js";
import { Entry } from "../../engine/records.js";
import { library } from "./known-answers.mjs";
import { masterKey } from "./offers.mjs";

export const MASTER = encodeBase32(masterKey);
export const URL_OF_EXCHANGE = "http://exchange.example/";
const FAR = 4_100_000_000;
const denomPub = library.rsa_denominations[0].rsa_public_key;

/** The record of a coin whose seed is `number` everywhere, worth and holding `value`. */
export async function makeCoin(number, value, changes = {}) {
  const seed = new Uint8Array(32).fill(number);
  return {
    coinPub: encodeBase32(await publicKeyOf(seed)), masterPub: MASTER, exchange: URL_OF_EXCHANGE, seed, signature: encodeBase32(new Uint8Array(8)),
    denomPub, denomHash: encodeBase32(new Uint8Array(64).fill(7)), value, feeDeposit: `${value.split(":")[0]}:0.01`, expireDeposit: FAR,
    remaining: value, state: "free", lockedFor: null, exposed: null, from: { reserve: "R" }, ...changes,
  };
}

/** Puts coins into a database as a withdrawal would: with the ledger's entry for each. */
export function putCoins(database, coins) {
  return database.write(["coins", "ledger"], async (stores) => {
    for (const coin of coins) {
      await stores.coins.put(coin);
      await stores.ledger.put({
        time: 1, masterPub: coin.masterPub, currency: coin.value.split(":")[0], kind: Entry.withdrawal, sign: 1, amount: coin.remaining,
        fee: `${coin.value.split(":")[0]}:0`, reference: "R", title: "",
      });
    }
  });
}

/** Fails when the ledger and the coins differ. */
export async function assertBooks(database) {
  const books = booksOf(await database.together(["ledger", "coins"]));
  for (const book of books) assert.equal(book.ledger, book.coins, `the books of ${book.masterPub}`);
  return books;
}

/** What an exchange knows of its coins. */
export class CoinExchange {
  masterPub;
  url;
  currency;
  isDown = false;
  revoked = [];
  #used = new Map();

  constructor({ masterPub = MASTER, url = URL_OF_EXCHANGE, currency = "KUDOS" } = {}) {
    Object.assign(this, { masterPub, url, currency });
  }

  #uses(coinPub) {
    if (!this.#used.has(coinPub)) this.#used.set(coinPub, { deposits: [], melts: [], refunds: [] });
    return this.#used.get(coinPub);
  }

  balance(coin) {
    const { deposits, melts, refunds } = this.#uses(coin.coinPub);
    const spent = [...deposits, ...melts].reduce((all, { units }) => all + units, 0n);
    return Amount.parse(coin.value).units - spent + refunds.reduce((all, { units }) => all + units, 0n);
  }

  /** Deposits for `contract`, all or none, again at no cost. Gives null, or the coin that holds too little. */
  deposit(contract, parts) {
    const news = parts.filter(({ coin }) => !this.#uses(coin.coinPub).deposits.some((one) => one.contract === contract));
    for (const { coin, amount } of news) if (this.balance(coin) < Amount.parse(amount).units) return coin;
    for (const { coin, amount } of news) this.#uses(coin.coinPub).deposits.push({ contract, units: Amount.parse(amount).units });
    return null;
  }

  melt(id, coin, amount) {
    this.#uses(coin.coinPub).melts.push({ id, units: Amount.parse(amount).units });
  }

  refund(contract, coin, transactionID, credited, amount = credited) {
    this.#uses(coin.coinPub).refunds.push({ contract, transactionID, units: Amount.parse(credited).units, amount });
  }

  async facts(coin) {
    if (this.isDown) throw new Error("no answer");
    const { deposits, melts, refunds } = this.#uses(coin.coinPub);
    return {
      balance: new Amount(this.currency, this.balance(coin)),
      deposits: deposits.map(({ contract }) => contract), melts: melts.map(({ id }) => id),
      refunds: refunds.map(({ contract, transactionID, units, amount }) => (
        { contract, transactionID, amount: Amount.parse(amount), credited: new Amount(this.currency, units) })),
    };
  }

  get record() {
    return { url: this.url, masterPub: this.masterPub, currency: this.currency, accepted: 1 };
  }
}

/** [exchanges, inquiry] as the engine uses them, over several of these. */
export function exchangesOf(...all) {
  const of = ({ masterPub }) => all.find((one) => one.masterPub === masterPub);
  const keys = async (record) => {
    if (of(record).isDown) throw new Error("no answer");
    return { denominations: of(record).revoked.map((id) => ({ id, revoked: true })), signingKeys: [] };
  };
  return [{ list: async () => all.map(({ record }) => record), keys }, { facts: (coin) => of(coin).facts(coin) }];
}
