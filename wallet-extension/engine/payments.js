// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Paying: the choice that the buyer sees, the signed permission, and what an answer of the shop means. */

import { Amount } from "../core/amount.js";
import { canonicalHash, decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { ContractError, readOffer } from "../core/contract.js";
import { depositPermission } from "../core/deposit-permission.js";
import { publicKeyOf } from "../core/ed25519.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { NEVER, now } from "../core/time.js";
import { changeCost } from "./change-cost.js";
import { CoinProof } from "./coin-proof.js";
import { ExpiredPayments } from "./expired-payments.js";
import { cheapest, checkPayable } from "./payment-choice.js";
import { PurchaseState } from "./records.js";
import { isOver } from "./store/purchases.js";
import { attemptOf, triesOf } from "./store/tries.js";

/** Code of the exchange for a coin that was spent elsewhere. */
const INSUFFICIENT_FUNDS = 1012;

/** 4xx that say "not now" rather than "no". */
const NOT_A_REFUSAL = new Set([408, 425, 429]);

export class Payments {
  #store;
  #exchanges;
  #proof;
  #expired;

  /** `exchanges` {list(), keys(record, {refresh})} and `inquiry` {facts(coin)} are asked for what only an exchange knows. */
  constructor(store, exchanges, inquiry) {
    this.#store = store;
    this.#exchanges = exchanges;
    this.#proof = new CoinProof(store, inquiry);
    this.#expired = new ExpiredPayments(store, inquiry, this.#proof);
  }

  /**
   * What an offer is to this wallet; `text` is the JSON text that `page` (an address of `origin`) gave.
   * {kind: "offer", offer, context, choice}: something new; `choice` {exchange, masterPub, exchangeURLInContract, plan, change} is null when the
   * wallet holds too little. {kind: "replay", purchase, payURL, instead}: it is paid or being paid; `instead` is this offer when it is another
   * one of the same thing, to be looked at again after forget(purchase.id), should the shop refuse the purchase. Throws ContractError; of its
   * reasons the page must not hear `elsewhere` (this wallet has the contract from another site): that is the person's own affair.
   */
  async look(text, { page, origin }) {
    const offer = await readOffer(text);
    const payURL = ownAddress(offer.payURL, page, origin);
    if (payURL === null) throw new ContractError("pay_url", "The shop wants the payment sent to another site than its own. The wallet does not do that.");
    const earlier = await this.#store.purchases.get(offer.id);
    const isHad = earlier !== undefined && !isOver(earlier);
    if (isHad && earlier.origin === origin) return { kind: "replay", purchase: earlier, payURL, instead: null };
    const context = { text, page, origin, payURL, execURL: ownAddress(offer.execURL, page, origin) };
    const repeated = await this.#store.purchases.earlier({ ...identity(offer), origin });
    if (repeated !== null) return { kind: "replay", purchase: repeated, payURL: repeated.payURL, instead: offer };
    checkPayable(offer, await this.#exchanges.list());
    // Last of all: whatever else is wrong with the offer, a page hears it whether or not this wallet has bought it.
    if (isHad) throw new ContractError("elsewhere", "This purchase was made at another site. It is not paid again, and its payment is not sent here.");
    return { kind: "offer", offer, context, choice: await this.#withChange(await this.choose(offer)) };
  }

  /**
   * The coins that would pay the offer now (see look), or null. When a try with this contract is over, its coins pay if they can: the shop has their
   * signatures already, and can have them once. A coin that a refusal has named pays only when no others do.
   */
  async choose(offer) {
    const [accepted, coins] = [await this.#exchanges.list(), (await this.#store.coins.free()).filter(({ doubt }) => doubt !== true)];
    const choice = (some) => cheapest(offer, accepted, some, (record) => this.#revoked(record));
    const before = await this.#store.purchases.get(offer.id);
    if (before === undefined) return choice(coins);
    const named = new Set((before.refusals ?? []).map(({ coinPub }) => coinPub));
    const unnamed = coins.filter(({ coinPub }) => !named.has(coinPub));
    const same = unnamed.filter(({ coinPub }) => before.coins.some((one) => one.coinPub === coinPub));
    return await choice(same) ?? await choice(unnamed) ?? choice(coins);
  }

  /** The choice with `change` (Amount): what its rests will cost; null when the exchange's keys cannot be had, as then nobody can say. */
  async #withChange(choice) {
    if (choice === null) return null;
    const keys = await this.#exchanges.keys({ url: choice.exchange, masterPub: choice.masterPub }).catch(() => null);
    return { ...choice, change: keys === null ? null : changeCost(choice.plan, keys.denominations) };
  }

  /** Without the exchange nothing is known to be revoked; the shop's exchange will say. */
  async #revoked(record) {
    const keys = await this.#exchanges.keys(record).catch(() => null);
    return new Set((keys?.denominations ?? []).filter((one) => one.revoked).map((one) => one.id));
  }

  /**
   * What `taler-execute-payment` asks for: {purchase, payURL}. Throws ContractError `malformed`, `unknown` or `pay_url`. What was bought at another
   * site is as unknown as what was never bought: no consent is asked here, so that any site could find out.
   */
  async byHash(contract, payURL, { page, origin }) {
    const id = canonicalHash(contract);
    if (id === null) throw new ContractError("malformed", "The page names no contract.");
    const address = ownAddress(payURL, page, origin);
    if (address === null) throw new ContractError("pay_url", "The page wants the payment sent to another site than its own. The wallet does not do that.");
    const purchase = await this.#store.purchases.get(id);
    if (purchase === undefined || isOver(purchase) || purchase.origin !== origin) {
      throw new ContractError("unknown", "This wallet has not paid for this purchase.");
    }
    return { purchase, payURL: address };
  }

  /**
   * Signs and stores the permission and locks its coins; gives the purchase. Throws CoinsTaken when another window was faster, and ContractError
   * when the offer has expired meanwhile.
   */
  async commit(offer, choice, { text, page, origin, payURL, execURL }) {
    checkPayable(offer, []);
    const { plan, exchange, masterPub, exchangeURLInContract } = choice;
    const parts = [];
    for (const { coin, contribution } of plan.coins) parts.push(await signingPart(coin.record, contribution));
    const permission = await depositPermission(offer, exchangeURLInContract, parts);
    return this.#store.purchases.commit({
      ...identity(offer), text, page, origin, payURL, execURL, exchange, masterPub,
      merchant: offer.merchantName,
      title: titleOf(offer.products),
      amount: offer.amount.toString(),
      total: plan.total.toString(),
      expiry: offer.expiry === NEVER ? null : offer.expiry,
      refundDeadline: offer.refundDeadline,
      permission: JSON.stringify(permission),
      coins: plan.coins.map(({ coin, contribution }) => (
        { coinPub: coin.id, remaining: coin.remaining.toString(), contribution: contribution.toString() }
      )),
      created: now(),
      url: null,
    });
  }

  /**
   * Stores what the shop answered to the permission of a try (`attempt`: purchase.attempt), and gives {state, code, coinSpent, hint, isPaid, isLate}.
   * 2xx is paid; 4xx with a JSON code is a refusal; everything else leaves the permission as it is, to be sent again. What the coins of a refused try
   * are worth their exchange says: `isPaid` when it proves that they paid all the same, or when the purchase was paid before. `isLate`: the word was about
   * another try than the one that counts by now, and ends nothing; `state` is the purchase's.
   */
  async record(id, { status, url, body }, attempt = 1) {
    const answer = jsonObject(body);
    const code = Number.isSafeInteger(answer?.code) ? answer.code : null;
    const hint = typeof answer?.hint === "string" ? answer.hint : null;
    const isYes = status >= 200 && status < 300;
    const before = await this.#store.purchases.get(id);
    if (before !== undefined && attemptOf(before) !== attempt) {
      if (isYes) await this.#late(before, attempt);
      const { state } = await this.#store.purchases.get(id);
      return { state, code, coinSpent: false, hint, isPaid: state === PurchaseState.paid, isLate: true };
    }
    if (isYes) {
      await this.#paid(id, url, attempt);
      return { state: PurchaseState.paid, code: null, coinSpent: false, hint: null, isPaid: true, isLate: false };
    }
    if (code === null || status < 400 || status >= 500 || NOT_A_REFUSAL.has(status)) {
      await this.#store.purchases.tried(id, attempt);
      return { state: PurchaseState.pending, code, coinSpent: false, hint, isPaid: before?.state === PurchaseState.paid, isLate: false };
    }
    // A shop may name a coin that is none of this purchase: then nothing is known of any.
    const named = coinNamed(answer);
    const isOurs = before?.coins.some(({ coinPub }) => coinPub === named) === true;
    await this.#refused(id, { status, code, hint, time: now(), coinPub: isOurs ? named : null }, attempt);
    const isPaid = (await this.#store.purchases.get(id))?.state === PurchaseState.paid;
    return { state: PurchaseState.refused, code, coinSpent: code === INSUFFICIENT_FUNDS && isOurs, hint, isPaid, isLate: false };
  }

  async #paid(id, address, attempt) {
    const url = typeof address === "string" ? address : null;
    if (await this.#store.purchases.settle(id, url, attempt) || !(await this.#store.purchases.arrived(id, url, attempt))) return;
    // It was given up or refused, and its coins may be elsewhere by now: what was taken of them the exchange says.
    const { coins } = await this.#store.purchases.get(id);
    await this.#proof.prove(coins.map(({ coinPub }) => coinPub));
  }

  /** A shop shows what was bought for an earlier try: what was taken of its coins the exchange says. */
  async #late(purchase, attempt) {
    const made = triesOf(purchase).find((one) => attemptOf(one) === attempt);
    await this.#proof.prove((made?.coins ?? []).map(({ coinPub }) => coinPub));
  }

  async #refused(id, refusal, attempt) {
    const purchase = await this.#store.purchases.get(id);
    if (purchase?.state !== PurchaseState.pending) return;
    const proofs = await this.#proof.ofAll(purchase.coins.map(({ coinPub }) => coinPub));
    await this.#store.purchases.refuse(id, refusal, attempt, proofs);
    // A refusal may come from keys that have changed (expired, revoked): the next plan must know.
    await this.#exchanges.keys({ url: purchase.exchange, masterPub: purchase.masterPub }, { refresh: true }).catch(() => null);
  }

  /** The shop has refused a purchase for good that was paid before: an offer of the same thing is a new one. */
  forget(id) {
    return this.#store.purchases.uncouple(id);
  }

  /** Ends the payments whose time is over, and looks after those that a shop has called paid; see ExpiredPayments.run(). */
  expired() {
    return this.#expired.run();
  }
}

function identity(offer) {
  return { id: offer.id, merchantPub: encodeBase32(offer.merchantKey), correlation: offer.correlation };
}

/** `text` as an absolute address when it and the page that gave it are of `origin`, else null; a page posts to none with a name or a password in it. */
function ownAddress(text, page, origin) {
  if (typeof text !== "string") return null;
  try {
    const base = new URL(page);
    const url = new URL(text, base);
    const isPlain = /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
    return base.origin === origin && url.origin === origin && isPlain ? url.href : null;
  } catch {
    return null;
  }
}

/** One line for the list of purchases. */
function titleOf(products) {
  if (products.length === 0) return "";
  const [{ description }] = products;
  return products.length === 1 ? description : `${description} (+${products.length - 1})`;
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
