// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Paying: the plan that the buyer sees, the signed permission, and what an answer of the shop means. */

import { Amount } from "../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { selectCoins } from "../core/coin-selection.js";
import { exchangeURLIn } from "../core/contract.js";
import { depositPermission } from "../core/deposit-permission.js";
import { publicKeyOf } from "../core/ed25519.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { now } from "../core/time.js";
import { CoinState, PurchaseState } from "./records.js";

/** A coin whose last hour has begun is not spent: the shop's deposit might come too late. */
const MARGIN = 3600;

/** Code of the exchange for a coin that was spent elsewhere. */
const INSUFFICIENT_FUNDS = 1012;

/** 4xx that say "not now" rather than "no". */
const NOT_A_REFUSAL = new Set([408, 425, 429]);

export class Payments {
  #configuration;
  #store;
  #exchange;

  constructor(configuration, store, exchange) {
    this.#configuration = configuration;
    this.#store = store;
    this.#exchange = exchange;
  }

  /** The choice of coins for an offer (see selectCoins), or null when the wallet holds too little. */
  async plan(offer) {
    const revoked = await this.#revoked();
    const coins = (await this.#store.freeCoins())
      .filter((coin) => coin.expireDeposit > now() + MARGIN && !revoked.has(coin.denomHash))
      .map((record) => ({ id: record.coinPub, remaining: Amount.parse(record.remaining), feeDeposit: Amount.parse(record.feeDeposit), record }));
    return selectCoins(coins, offer.amount, offer.maxFee);
  }

  /** Without the exchange nothing is known to be revoked; the shop's exchange will say. */
  async #revoked() {
    const keys = await this.#exchange.keys().catch(() => null);
    return new Set((keys?.denominations ?? []).filter((one) => one.revoked).map((one) => one.id));
  }

  /** Signs and stores the permission and locks its coins; gives the purchase. Throws CoinsTaken when another window was faster. */
  async commit(offer, plan, { text, page, origin, payURL, execURL }) {
    const parts = [];
    for (const { coin, contribution } of plan.coins) parts.push(await signingPart(coin.record, contribution));
    const permission = await depositPermission(offer, exchangeURLIn(offer, this.#configuration.masterKey), parts);
    const purchase = {
      id: offer.id, text, page, origin, payURL, execURL,
      merchant: offer.merchantName,
      merchantPub: encodeBase32(offer.merchantKey),
      correlation: offer.correlation,
      title: titleOf(offer.products),
      amount: offer.amount.toString(),
      total: plan.total.toString(),
      permission: JSON.stringify(permission),
      coins: plan.coins.map(({ coin, contribution }) => (
        { coinPub: coin.id, remaining: coin.remaining.toString(), contribution: contribution.toString() }
      )),
      state: PurchaseState.pending,
      created: now(),
      url: null,
    };
    await this.#store.commitPurchase(purchase);
    return purchase;
  }

  /**
   * Stores what the shop answered and gives {state, code, coinSpent}. 2xx is paid; 4xx with a JSON code is a refusal, which
   * frees all coins but the one it names; everything else leaves the permission as it is, to be sent again.
   */
  async record(id, { status, url, body }) {
    if (status >= 200 && status < 300) {
      await this.#store.settlePurchase(id, url);
      return { state: PurchaseState.paid, code: null, coinSpent: false };
    }
    const answer = jsonObject(body);
    const code = Number.isSafeInteger(answer?.code) ? answer.code : null;
    if (code === null || status < 400 || status >= 500 || NOT_A_REFUSAL.has(status)) {
      return { state: PurchaseState.pending, code, coinSpent: false };
    }
    const coinSpent = code === INSUFFICIENT_FUNDS;
    const refusal = { status, code, hint: typeof answer.hint === "string" ? answer.hint : null, time: now() };
    await this.#store.refusePurchase(id, refusal, coinNamed(answer), coinSpent ? CoinState.spent : CoinState.refused);
    // A refusal may come from keys that have changed (expired, revoked): the next plan must know.
    await this.#exchange.keys({ refresh: true }).catch(() => null);
    return { state: PurchaseState.refused, code, coinSpent, hint: refusal.hint };
  }
}

/** One line for the list of purchases. */
function titleOf(products) {
  if (products.length === 0) return "";
  const [{ description }] = products;
  return products.length === 1 ? description : `${description}, and ${products.length - 1} more`;
}

async function signingPart(record, contribution) {
  return {
    contribution,
    denomination: {
      hash: decodeBase32Fixed(record.denomHash, 64),
      rsaKey: decodeRsaPublicKey(decodeBase32(record.denomPub)),
      feeDeposit: Amount.parse(record.feeDeposit),
    },
    coinSeed: record.seed,
    coinKey: await publicKeyOf(record.seed),
    signature: decodeBase32(record.signature),
  };
}

/** The coin that a refusal names, in canonical base32, or null. */
function coinNamed(answer) {
  try {
    return encodeBase32(decodeBase32Fixed(answer.coin_pub, 32));
  } catch {
    return null;
  }
}

function jsonObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
