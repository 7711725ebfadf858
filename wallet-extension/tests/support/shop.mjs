// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A shop with its backend, as a wallet meets them: it deposits what it is sent, once for each contract. */

import { Amount } from "../../core/amount.js";
import { canonicalJSON } from "../../core/canonical-json.js";
import { makeOffer, makeTerms } from "./offers.mjs";

export class Shop {
  origin = "http://shop.example";
  /** Coins by contract, of what was deposited. */
  paid = new Map();
  #exchange;
  #coins;
  #next = 1;

  /** `exchange` is a CoinExchange, `coins` the records of all coins there are. */
  constructor(exchange, coins) {
    this.#exchange = exchange;
    this.#coins = new Map(coins.map((coin) => [coin.coinPub, coin]));
  }

  /** The text of an offer of `amount` KUDOS (a number of 10^-2), each with a number of its own. */
  async offer(cents, changes = {}) {
    const { value, fraction, currency } = new Amount("KUDOS", BigInt(cents) * 1_000_000n).toObject();
    const terms = await makeTerms({ amount: { value, fraction, currency }, products: [], transaction_id: this.#next++, expiry: "/Date(4000000000)/", ...changes });
    return canonicalJSON(await makeOffer(terms));
  }

  get page() {
    return { page: `${this.origin}/order/1`, origin: this.origin };
  }

  /** What pay_url answers to a permission's text. */
  post(text) {
    const { H_contract: contract, coins } = JSON.parse(text);
    const parts = coins.map(({ coin_pub: key, f }) => ({ coin: this.#coins.get(key), amount: Amount.fromJSON(f).toString() }));
    const keys = coins.map(({ coin_pub: key }) => key).sort().join(" ");
    const paid = this.paid.get(contract);
    if (paid !== undefined && paid !== keys) return refusal(409, { code: 2160 });
    const short = this.#exchange.deposit(contract, parts);
    if (short !== null) return refusal(409, { code: 1012, coin_pub: short.coinPub });
    this.paid.set(contract, keys);
    return { status: 200, url: `${this.origin}/order/1/fulfillment`, body: "" };
  }
}

function refusal(status, body) {
  return { status, url: null, body: JSON.stringify(body) };
}
