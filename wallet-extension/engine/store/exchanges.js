// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The exchanges that the wallet knows by address, and what they said last. */

import { now } from "../../core/time.js";
import { StateChanged } from "./access.js";

export class ExchangeRecords {
  #access;

  constructor(access) {
    this.#access = access;
  }

  get(url) {
    return this.#access.get("exchanges", url);
  }

  all() {
    return this.#access.all("exchanges");
  }

  async accepted() {
    return (await this.all()).filter(({ accepted }) => accepted !== null);
  }

  /**
   * Keeps verified keys: {url, masterPub, currency, json, fetched}. An accepted exchange stays accepted; throws StateChanged when it is an accepted
   * one with another master key.
   */
  remember(record) {
    return this.#access.write(["exchanges"], async ({ exchanges }) => {
      const known = await exchanges.get(record.url);
      const isAccepted = known !== undefined && known.accepted !== null;
      if (isAccepted && known.masterPub !== record.masterPub) throw new StateChanged("the exchange at this address has another master key now");
      const next = { ...record, accepted: isAccepted ? known.accepted : null };
      await exchanges.put(next);
      return next;
    });
  }

  /** The person trusts this exchange, with this master key, also when another was at its address before. */
  accept(record) {
    return this.#access.write(["exchanges"], async ({ exchanges }) => {
      const known = await exchanges.get(record.url);
      const next = { ...record, accepted: known?.masterPub === record.masterPub ? known.accepted ?? now() : now() };
      await exchanges.put(next);
      return next;
    });
  }

  forget(url) {
    return this.#access.write(["exchanges"], ({ exchanges }) => exchanges.delete(url));
  }
}
