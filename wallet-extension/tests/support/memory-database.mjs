// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's database without a browser: the methods of Database over maps; writes one after the other, and one that throws leaves no trace. */

import { STORES } from "../../engine/records.js";

export class MemoryDatabase {
  #stores = Object.fromEntries(Object.keys(STORES).map((name) => [name, new Map()]));
  #last = 0;
  #writing = Promise.resolve();

  async get(store, key) {
    return structuredClone(this.#stores[store].get(key));
  }

  async all(store) {
    return structuredClone([...this.#stores[store].values()]);
  }

  async together(names) {
    return Object.fromEntries(names.map((name) => [name, structuredClone([...this.#stores[name].values()])]));
  }

  write(names, body) {
    const run = this.#writing.then(() => this.#transaction(names, body));
    this.#writing = run.catch(() => {});
    return run;
  }

  async #transaction(names, body) {
    const copies = Object.fromEntries(names.map((name) => [name, new Map(this.#stores[name])]));
    const result = await body(Object.fromEntries(names.map((name) => [name, this.#bound(copies[name], STORES[name])])));
    Object.assign(this.#stores, copies);
    return result;
  }

  #bound(records, { keyPath, autoIncrement = false }) {
    return {
      get: async (key) => structuredClone(records.get(key)),
      all: async () => structuredClone([...records.values()]),
      put: async (record) => {
        const copy = structuredClone(record);
        if (autoIncrement) {
          copy[keyPath] ??= this.#last + 1;
          this.#last = Math.max(this.#last, copy[keyPath]);
        }
        if (copy[keyPath] === undefined) throw new Error("a record without its key");
        records.set(copy[keyPath], copy);
      },
      delete: async (key) => { records.delete(key); },
    };
  }
}

/** What a killed wallet meets from then on. */
export class Killed extends Error {}

/**
 * A wallet's hold on a database, that is cut off: the step with the number `last` (from 1) is not begun, or (`after`) is done without the wallet
 * hearing of it, and nothing is done after it. `step()` lets anything else (a request) be such a step.
 */
export class Mortal {
  steps = 0;
  #database;
  #last;
  #after;

  constructor(database, last = Infinity, after = false) {
    this.#database = database;
    this.#last = last;
    this.#after = after;
  }

  async step(body) {
    this.steps += 1;
    if (this.steps > this.#last || (this.steps === this.#last && !this.#after)) throw new Killed();
    const result = await body();
    if (this.steps >= this.#last) throw new Killed();
    return result;
  }

  get(store, key) { return this.step(() => this.#database.get(store, key)); }
  all(store) { return this.step(() => this.#database.all(store)); }
  together(names) { return this.step(() => this.#database.together(names)); }
  write(names, body) { return this.step(() => this.#database.write(names, body)); }
}
