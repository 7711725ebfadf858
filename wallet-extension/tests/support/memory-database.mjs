// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's database without a browser: the methods of Database over maps; a transaction that throws leaves no trace. */

import { STORES } from "../../engine/records.js";

export class MemoryDatabase {
  #stores = Object.fromEntries(Object.keys(STORES).map((name) => [name, new Map()]));
  #last = 0;

  async get(store, key) {
    return structuredClone(this.#stores[store].get(key));
  }

  async all(store) {
    return structuredClone([...this.#stores[store].values()]);
  }

  async together(names) {
    return Object.fromEntries(names.map((name) => [name, structuredClone([...this.#stores[name].values()])]));
  }

  async write(names, body) {
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
        if (autoIncrement) copy[keyPath] ??= this.#last += 1;
        records.set(copy[keyPath], copy);
      },
      delete: async (key) => { records.delete(key); },
    };
  }
}
