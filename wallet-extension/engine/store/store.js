// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the wallet keeps, by kind of record. Each method that writes is one transaction that keeps one invariant: secrets are stored before
 * anybody outside knows their public half; a coin is free, held by one purchase or refresh, set aside, or spent; a change of coins and its
 * ledger entry happen together. What a method was told to start from is checked inside its transaction, and StateChanged says that it is
 * not so any more. The records: ../records.js.
 */

import { Access } from "./access.js";
import { Coins } from "./coins.js";
import { ExchangeRecords } from "./exchanges.js";
import { Ledger } from "./ledger.js";
import { Purchases } from "./purchases.js";
import { Refreshes } from "./refreshes.js";
import { Reserves } from "./reserves.js";
import { Whole } from "./whole.js";

export class Store {
  /** `database`: Database, or its like over memory; `changes` (Changes, or null) hears of each committed write. */
  constructor(database, changes = null) {
    const access = new Access(database, changes);
    this.coins = new Coins(access);
    this.reserves = new Reserves(access);
    this.refreshes = new Refreshes(access);
    this.purchases = new Purchases(access);
    this.exchanges = new ExchangeRecords(access);
    this.ledger = new Ledger(access);
    this.whole = new Whole(access);
    Object.freeze(this);
  }
}
