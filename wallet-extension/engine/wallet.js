// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet: its store, and what works on it. Several may be open at once (windows, the background); they share one database. */

import { Backup } from "./backup.js";
import { balancesOf, booksOf, historyOf } from "./balances.js";
import { Changes } from "./changes.js";
import { Database } from "./database.js";
import { Exchanges } from "./exchanges.js";
import { Inquiry } from "./inquiry.js";
import { Payments } from "./payments.js";
import { Recovery } from "./recovery.js";
import { Refreshes } from "./refreshes.js";
import { Refunds } from "./refunds.js";
import { Store } from "./store/store.js";
import { Withdrawals } from "./withdrawals.js";
import { Work } from "./work.js";

export class Wallet {
  #database;

  static async open() {
    return Wallet.over(await Database.open(), Changes.overBroadcast());
  }

  /** A wallet over a database; `changes` hears of what it writes. */
  static over(database, changes = new Changes()) {
    return new Wallet(database, changes);
  }

  constructor(database, changes) {
    this.#database = database;
    this.changes = changes;
    this.store = new Store(database, changes);
    this.exchanges = new Exchanges(this.store);
    this.inquiry = new Inquiry(this.exchanges);
    this.payments = new Payments(this.store, this.exchanges, this.inquiry);
    this.refunds = new Refunds(this.store, this.exchanges);
    this.withdrawals = new Withdrawals(this.store, this.exchanges);
    this.refreshes = new Refreshes(this.store, this.exchanges, this.inquiry);
    this.recovery = new Recovery(this.store, this);
    this.backup = new Backup(this.store, this.withdrawals);
    this.work = new Work(this.store, this);
  }

  /** See balancesOf(). */
  async balances() {
    return balancesOf(await this.#database.together(["exchanges", "coins", "reserves"]));
  }

  /** See historyOf(). */
  async history(part) {
    return historyOf(await this.#database.together(["ledger", "purchases", "reserves"]), part);
  }

  /** See booksOf(). */
  async checkBooks() {
    return booksOf(await this.#database.together(["ledger", "coins"]));
  }
}
