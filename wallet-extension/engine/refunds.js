// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a shop gave back of a purchase: believed as far as the exchange has signed it. */

import { Amount, sum } from "../core/amount.js";
import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { equalBytes } from "../core/bytes.js";
import { refundConfirmationMessage } from "../core/exchange-messages.js";
import { parseStrictJSON } from "../core/json.js";
import { isSignedBy } from "../core/signed-message.js";

/** Why a shop's word about a refund is not taken. */
export class RefundError extends Error {}

export class Refunds {
  #configuration;
  #store;
  #exchange;

  constructor(configuration, store, exchange) {
    this.#configuration = configuration;
    this.#store = store;
    this.#exchange = exchange;
  }

  /**
   * Credits the coins of a purchase with what `text`, the shop's answer about refunds, proves and is new.
   * Gives {credited, isWhole}: the sum, and whether the shop has given back the whole price. Throws RefundError, and then nothing is credited.
   */
  async collect(purchase, text) {
    const list = read(text, purchase);
    const keys = await this.#exchange.keys({ refresh: true });
    const parts = [];
    for (const part of list.refunds.filter(({ status }) => status === "accepted")) parts.push(await this.#proven(part, purchase, keys));
    const isWhole = list.amount.compare(Amount.parse(purchase.amount)) >= 0;
    const news = await this.#store.creditRefunds(purchase.id, parts, isWhole);
    return { credited: sum(this.#configuration.currency, news.map(({ credited }) => Amount.parse(credited))), isWhole };
  }

  /** {coinPub, transactionID, amount, credited} of a part that the exchange has signed for a coin of this purchase. */
  async #proven(part, purchase, keys) {
    try {
      const coinKey = decodeBase32Fixed(part.coin_pub, 32);
      const coinPub = encodeBase32(coinKey);
      const paid = purchase.coins.find((coin) => coin.coinPub === coinPub);
      if (paid === undefined) throw new SyntaxError("a coin that has not paid this");
      const amount = Amount.fromJSON(part.refund_amount);
      if (amount.compare(Amount.parse(paid.contribution)) > 0) throw new SyntaxError("more than the coin has paid");
      const signer = decodeBase32Fixed(part.exchange_pub, 32);
      if (!keys.signingKeys.some(({ key }) => equalBytes(key, signer))) throw new SyntaxError("a key that the exchange does not list");
      const message = refundConfirmationMessage({
        contractHash: decodeBase32Fixed(purchase.id, 64), coinKey, merchantKey: merchantKey(purchase),
        transactionID: part.rtransaction_id, amount,
      });
      if (!(await isSignedBy(message, decodeBase32Fixed(part.exchange_sig, 64), signer))) throw new SyntaxError("the exchange's signature is wrong");
      const coin = await this.#store.coin(coinPub);
      const denomination = keys.denominations.find(({ id }) => id === coin?.denomHash);
      if (denomination === undefined) throw new SyntaxError("a coin of a kind that the exchange does not list any more");
      return { coinPub, transactionID: part.rtransaction_id, amount: amount.toString(), credited: amount.subtract(denomination.feeRefund).toString() };
    } catch (error) {
      throw new RefundError(`The exchange has not signed this refund: ${error.message}.`, { cause: error });
    }
  }
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
    return { refunds: list.refunds, amount: Amount.fromJSON(list.refund_amount) };
  } catch (error) {
    throw new RefundError(`The shop's word about the refund cannot be read: ${error.message}.`, { cause: error });
  }
}
