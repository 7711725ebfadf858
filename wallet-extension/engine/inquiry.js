// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an exchange knows of a coin: believed as far as the coin itself, or a merchant, has signed it. */

import { Amount } from "../core/amount.js";
import { decodeBase32Fixed } from "../core/base32.js";
import { coinHistoryHeaders, readCoinHistory, untouchedCoin } from "../core/coin-history.js";
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
    await this.#exchanges.trusted(coin);
    const subject = {
      coinKey: decodeBase32Fixed(coin.coinPub, 32), value: Amount.parse(coin.value), denominationHash: decodeBase32Fixed(coin.denomHash, 64),
    };
    const json = await coinHistory(coin.exchange, coin.coinPub, await coinHistoryHeaders(coin.seed));
    return json === null ? untouchedCoin(subject) : readCoinHistory(json, subject);
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
