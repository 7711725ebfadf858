// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a shop gave back of a purchase: believed as far as the exchange has signed it. */

import { Amount, sum } from "../core/amount.js";
import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { equalBytes } from "../core/bytes.js";
import { refundConfirmationMessage } from "../core/exchange-messages.js";
import { parseStrictJSON } from "../core/json.js";
import { isSignedBy } from "../core/signed-message.js";
import { StateChanged } from "./store/access.js";
import { partOf, triesOf } from "./store/tries.js";

/** Why a shop's word about a refund is not taken; `reason` is a word for programs: `refund_unknown`, `refund_unreadable`, `refund_unsigned`. */
export class RefundError extends Error {
  constructor(reason, message, options) {
    super(message, options);
    this.reason = reason;
  }
}

export class Refunds {
  #store;
  #exchanges;

  constructor(store, exchanges) {
    this.#store = store;
    this.#exchanges = exchanges;
  }

  /**
   * Credits the coins of a purchase with what `text`, the answer of the shop at `origin` about refunds, proves and is new. Gives {purchase,
   * credited, isWhole}: the sum, and whether the whole price has come back. Throws RefundError, and then nothing is credited.
   */
  async collect(id, origin, text) {
    const purchase = typeof id === "string" ? await this.#store.purchases.get(id) : undefined;
    if (purchase === undefined || purchase.origin !== origin) throw new RefundError("refund_unknown", "This wallet has not paid for this purchase.");
    const list = read(text, purchase);
    const news = list.refunds.filter((one) => one?.status === "accepted" && !isBooked(one, purchase));
    const keysFor = this.#newKeys();
    const parts = [];
    for (const part of news) parts.push(await this.#proven(part, purchase, keysFor));
    const { currency } = Amount.parse(purchase.amount);
    const isWhole = cameBack(purchase, parts, currency).compare(Amount.parse(purchase.amount)) >= 0;
    const booked = await this.#store.purchases.credit(purchase.id, parts, isWhole).catch((error) => {
      throw error instanceof StateChanged ? unsigned(error) : error;
    });
    return { purchase, credited: sum(currency, booked.map(({ credited }) => Amount.parse(credited))), isWhole };
  }

  /**
   * (try of a purchase, part of a list) -> its exchange's keys. The exchange is asked anew only for a signature by a key that it did not list before, and
   * once: a shop's list alone sends the wallet nowhere.
   */
  #newKeys() {
    const asked = new Map();
    return async ({ exchange: url, masterPub }, { exchange_pub: signer }) => {
      if (asked.has(masterPub)) return asked.get(masterPub);
      const known = await this.#exchanges.keys({ url, masterPub });
      if (known.signingKeys.some(({ key }) => encodeBase32(key) === signer)) return known;
      asked.set(masterPub, await this.#exchanges.keys({ url, masterPub }, { refresh: true }));
      return asked.get(masterPub);
    };
  }

  /** {coinPub, transactionID, amount, credited} of a part that the exchange has signed for a coin of this purchase. */
  async #proven(part, purchase, keysFor) {
    const [made, coinKey] = tryOfPart(purchase, part);
    const keys = await keysFor(made, part);
    try {
      const coinPub = encodeBase32(coinKey);
      const paid = partOf(purchase, coinPub);
      const amount = Amount.fromJSON(part.refund_amount);
      const transactionID = part.rtransaction_id;
      // In another spelling it would be another refund to the books, with the same signature.
      if (!Number.isSafeInteger(transactionID) || transactionID < 0) throw new SyntaxError("rtransaction_id is no such number");
      if (amount.compare(Amount.parse(paid.contribution)) > 0) throw new SyntaxError("more than the coin has paid");
      const signer = decodeBase32Fixed(part.exchange_pub, 32);
      if (!keys.signingKeys.some(({ key }) => equalBytes(key, signer))) throw new SyntaxError("a key that the exchange does not list");
      const message = refundConfirmationMessage({
        contractHash: decodeBase32Fixed(purchase.id, 64), coinKey, merchantKey: merchantKey(purchase), transactionID, amount,
      });
      if (!(await isSignedBy(message, decodeBase32Fixed(part.exchange_sig, 64), signer))) throw new SyntaxError("the exchange's signature is wrong");
      const coin = await this.#store.coins.get(coinPub);
      const denomination = keys.denominations.find(({ id }) => id === coin?.denomHash);
      if (denomination === undefined) throw new SyntaxError("a coin of a kind that the exchange does not list any more");
      return { coinPub, transactionID, amount: amount.toString(), credited: amount.subtract(denomination.feeRefund).toString() };
    } catch (error) {
      throw unsigned(error);
    }
  }
}

/** [the try of the purchase that has the part's coin, the coin's key]. */
function tryOfPart(purchase, part) {
  try {
    const coinKey = decodeBase32Fixed(part.coin_pub, 32);
    const coinPub = encodeBase32(coinKey);
    const made = triesOf(purchase).find(({ coins }) => coins.some((one) => one.coinPub === coinPub));
    if (made === undefined) throw new SyntaxError("a coin that has not paid this");
    return [made, coinKey];
  } catch (error) {
    throw unsigned(error);
  }
}

function unsigned(error) {
  return new RefundError("refund_unsigned", `The exchange has not signed this refund: ${error.message}.`, { cause: error });
}

/** Whether a part of the shop's list is in the books; what is there was proven. */
function isBooked(part, { refunds = [] }) {
  return refunds.some(({ coinPub, transactionID }) => coinPub === part.coin_pub && transactionID === part.rtransaction_id);
}

/** All that is proven to have come back, the fees included, each part once. */
function cameBack({ refunds = [] }, parts, currency) {
  const amounts = new Map([...refunds, ...parts].map(({ coinPub, transactionID, amount }) => [`${coinPub} ${transactionID}`, Amount.parse(amount)]));
  return sum(currency, [...amounts.values()]);
}

/** Of the contract that was signed. */
function merchantKey({ text }) {
  return decodeBase32Fixed(parseStrictJSON(text).contract.merchant_pub, 32);
}

function read(text, purchase) {
  try {
    const list = parseStrictJSON(text);
    if (encodeBase32(decodeBase32Fixed(list.h_contract, 64)) !== purchase.id) throw new SyntaxError("it is about another purchase");
    if (!Array.isArray(list.refunds)) throw new SyntaxError("refunds is no list");
    return { refunds: list.refunds };
  } catch (error) {
    throw new RefundError("refund_unreadable", `The shop's word about the refund cannot be read: ${error.message}.`, { cause: error });
  }
}
