// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** All that the wallet has, in a file that only its passphrase opens, and back. */

import { checkedRecords } from "./backup-check.js";
import { decodeRecords, encodeRecords } from "./backup-content.js";
import { BackupError, checkLength, openBackup, sealBackup } from "./backup-file.js";

export class Backup {
  #store;

  #withdrawals;

  /** `withdrawals` {bankURL}: the bank that the wallet is configured for, null for none. */
  constructor(store, withdrawals) {
    this.#store = store;
    this.#withdrawals = withdrawals;
  }

  /** The text of a file with everything as it is at one moment; throws BackupError `passphrase_short`. */
  async export(passphrase) {
    checkLength(passphrase);
    return sealBackup(encodeRecords(await this.#store.whole.read()), passphrase);
  }

  /**
   * Takes in what a file holds, all of it or nothing, and gives how many records of each store came ({coins, reserves, …}). What is newer here
   * stays. The coins that came are in doubt until recovery.run() has asked their exchanges. `unaccepted` beside the numbers: records of the exchanges
   * that only the file calls accepted; their money stays in doubt until the person has accepted them ({record} for exchanges.accept). Throws BackupError.
   */
  async restore(text, passphrase) {
    const content = await openBackup(text, passphrase);
    let records;
    try {
      records = await checkedRecords(decodeRecords(content), this.#withdrawals.bankURL);
    } catch (error) {
      throw new BackupError("content", `The backup's content cannot be used: ${error.message}.`, { problem: error.message }, { cause: error });
    }
    const counts = await this.#store.whole.merge(records);
    const accepted = new Set((await this.#store.exchanges.accepted()).map(({ url }) => url));
    return { ...counts, unaccepted: records.exchanges.filter((one) => one.accepted !== null && !accepted.has(one.url)) };
  }
}
