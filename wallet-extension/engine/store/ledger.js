// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The ledger, for reading: entries are made by the transactions that change the coins. */

export class Ledger {
  #access;

  constructor(access) {
    this.#access = access;
  }

  /** In the order in which it happened. */
  all() {
    return this.#access.all("ledger");
  }
}
