// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's database without a browser: the methods of Database over maps; a transaction that throws leaves no trace. */

const KEYS = { coins: "coinPub", reserves: "reservePub", purchases: "id", exchanges: "url" };

export class MemoryDatabase {
  #stores = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));

  async get(store, key) {
    return structuredClone(this.#stores[store].get(key));
  }

  async all(store) {
    return structuredClone([...this.#stores[store].values()]);
  }

  async write(names, body) {
    const copies = Object.fromEntries(names.map((name) => [name, new Map(this.#stores[name])]));
    const result = await body(Object.fromEntries(names.map((name) => [name, {
      get: async (key) => structuredClone(copies[name].get(key)),
      all: async () => structuredClone([...copies[name].values()]),
      put: async (record) => { copies[name].set(record[KEYS[name]], structuredClone(record)); },
      delete: async (key) => { copies[name].delete(key); },
    }])));
    Object.assign(this.#stores, copies);
    return result;
  }
}
