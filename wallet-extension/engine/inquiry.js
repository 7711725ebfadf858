// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an exchange knows of a coin: believed as far as the coin itself, or a merchant, has signed it. */

import { Amount } from "../core/amount.js";
import { decodeBase32Fixed } from "../core/base32.js";
import { coinHistoryHeaders, readCoinHistory, untouchedCoin } from "../core/coin-history.js";
import { AnswerError } from "../core/exchange-answers.js";
import { EngineError } from "./engine-error.js";
import { coinHistory } from "./exchange-client.js";

export class Inquiry {
  #exchanges;

  constructor(exchanges) {
    this.#exchanges = exchanges;
  }

  /**
   * {balance, deposits, melts, refunds} of a coin's record, as readCoinHistory gives them. Only the exchange that issued the coin is asked.
   * Throws NoAnswer, Refused, AnswerError, or ExchangeError when that exchange is not accepted (any more).
   */
  async history(coin) {
    if (coin.claimed === true) throw new EngineError("coin_unknown", "What a coin of a backup is worth has not been confirmed.");
    await this.#exchanges.trusted(coin);
    const subject = {
      coinKey: decodeBase32Fixed(coin.coinPub, 32), value: Amount.parse(coin.value), denominationHash: decodeBase32Fixed(coin.denomHash, 64),
    };
    const json = await coinHistory(coin.exchange, coin.coinPub, await coinHistoryHeaders(coin.seed));
    const history = json === null ? untouchedCoin(subject) : await readCoinHistory(json, subject);
    if (history.refunds.length > 0) await this.#checkFees(coin, history.refunds);
    return history;
  }

  /** A merchant signs a refund with its fee in it: how much of it is the fee, the denomination says, as far as it is listed still. */
  async #checkFees(coin, refunds) {
    const keys = await this.#exchanges.keys(coin).catch(() => null);
    const listed = keys?.denominations.find(({ id }) => id === coin.denomHash);
    if (listed !== undefined && refunds.some(({ fee }) => fee.compare(listed.feeRefund) > 0)) {
      throw new AnswerError("a coin's history: a refund with a higher fee than the denomination has");
    }
  }

  /** The same as the store takes it: {balance, deposits [contract hash], melts [commitment], refunds [{contract, transactionID, amount, credited}]}. */
  async facts(coin) {
    const { balance, deposits, melts, refunds } = await this.history(coin);
    return {
      balance,
      deposits: deposits.map(({ contractHash }) => contractHash),
      melts: melts.map(({ commitment }) => commitment),
      refunds: refunds.map(({ contractHash, transactionID, credited, fee }) => (
        { contract: contractHash, transactionID, amount: credited.add(fee), credited }
      )),
    };
  }
}
