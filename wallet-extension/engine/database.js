// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** IndexedDB with promises: read and write transactions over named object stores. What is in them: see records.js. */

import { upgrade } from "./database-upgrade.js";

const NAME = "taler-wallet";
const VERSION = 2;

export class Database {
  /** A promise of the open connection; null when the browser has closed it: the next transaction opens another. */
  #connection = null;

  static async open() {
    const database = new Database();
    await database.#open();
    return database;
  }

  #open() {
    this.#connection ??= connect(() => { this.#connection = null; }).catch((error) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  /** A transaction. A connection that was closed this very moment is opened once more. */
  async #transaction(...parameters) {
    try {
      return (await this.#open()).transaction(...parameters);
    } catch (error) {
      if (error?.name !== "InvalidStateError") throw error;
      this.#connection = null;
      return (await this.#open()).transaction(...parameters);
    }
  }

  async get(store, key) {
    return settled((await this.#transaction(store)).objectStore(store).get(key));
  }

  async all(store) {
    return settled((await this.#transaction(store)).objectStore(store).getAll());
  }

  /** Records of several stores as they are at one moment: {name: [record]}. */
  async together(names) {
    const transaction = await this.#transaction(names);
    const lists = await Promise.all(names.map((name) => settled(transaction.objectStore(name).getAll())));
    return Object.fromEntries(names.map((name, i) => [name, lists[i]]));
  }

  /**
   * One transaction: `body` gets an object {name: {get, all, put, delete}} and may await nothing but their promises. The result
   * of `body` comes only after all is on the disk; when it throws, nothing of it happened.
   */
  async write(names, body) {
    const transaction = await this.#transaction(names, "readwrite", { durability: "strict" });
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("the wallet's database took nothing"));
    });
    const stores = Object.fromEntries(names.map((name) => [name, bound(transaction.objectStore(name))]));
    let result;
    try {
      result = await body(stores);
    } catch (error) {
      finished.catch(() => {});
      try {
        transaction.abort();
      } catch {
        // It had ended by itself; `error` says why.
      }
      throw error;
    }
    await finished;
    return result;
  }
}

/** An open connection; `closed` is called when it is one no more. */
async function connect(closed) {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, request.transaction, oldVersion);
  const connection = await settled(request);
  connection.onclose = closed;
  // A newer wallet in another window must not wait for this one.
  connection.onversionchange = () => {
    connection.close();
    closed();
  };
  return connection;
}

function bound(store) {
  return {
    get: (key) => settled(store.get(key)),
    all: () => settled(store.getAll()),
    put: (record) => settled(store.put(record)),
    delete: (key) => settled(store.delete(key)),
  };
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
