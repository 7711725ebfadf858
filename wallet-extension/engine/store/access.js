// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The database as the store's parts use it: each committed write is announced. */

/** What a step was based on is not so any more: another window was faster, or the record is missing. Nothing was written. */
export class StateChanged extends Error {}

export class Access {
  #database;
  #changes;

  constructor(database, changes) {
    this.#database = database;
    this.#changes = changes;
  }

  get(store, key) {
    return this.#database.get(store, key);
  }

  all(store) {
    return this.#database.all(store);
  }

  together(names) {
    return this.#database.together(names);
  }

  async write(names, body) {
    const result = await this.#database.write(names, body);
    this.#changes?.announce(names);
    return result;
  }
}

/** The record, or StateChanged when it is missing or its state is none of `states`. */
export async function expected(store, key, states) {
  const record = await store.get(key);
  if (record === undefined) throw new StateChanged("the record is missing");
  if (![states].flat().includes(record.state)) throw new StateChanged(`the record is ${record.state} already`);
  return record;
}
