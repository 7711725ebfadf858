// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Bringing a database of an earlier wallet to today's form, inside the transaction that IndexedDB gives for it. */

import { Entry, STORES } from "./records.js";

/** Makes what is missing. Version 1 had one exchange, no refreshes and no ledger: its coins get one opening entry each exchange. */
export function upgrade(database, transaction, oldVersion) {
  for (const [name, options] of Object.entries(STORES)) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, options);
  }
  if (oldVersion === 1) fromFirst(transaction);
}

function fromFirst(transaction) {
  const store = (name) => transaction.objectStore(name);
  read(store("exchanges"), (exchanges) => {
    const known = exchanges.filter(({ json }) => typeof json?.master_public_key === "string").map((record) => ({
      ...record, masterPub: record.json.master_public_key, currency: record.json.currency, accepted: record.fetched,
    }));
    for (const record of known) store("exchanges").put(record);
    const addressOf = (masterPub) => known.find((one) => one.masterPub === masterPub)?.url ?? known[0]?.url ?? null;
    read(store("coins"), (coins) => {
      for (const coin of coins) {
        store("coins").put({ ...coin, exchange: addressOf(coin.masterPub), exposed: null, from: null });
        if (units(coin.remaining) === 0n) continue;
        store("ledger").put({
          time: 0, masterPub: coin.masterPub, currency: coin.remaining.split(":")[0], kind: Entry.found, sign: 1, amount: coin.remaining,
          fee: `${coin.remaining.split(":")[0]}:0`, reference: coin.coinPub, title: "",
        });
      }
    });
    read(store("reserves"), (reserves) => {
      for (const { account, ...reserve } of reserves) {
        store("reserves").put({ ...reserve, exchange: addressOf(reserve.masterPub), source: { kind: "account", ...account } });
      }
    });
    read(store("purchases"), (purchases) => {
      for (const purchase of purchases) {
        store("purchases").put({ ...purchase, exchange: known[0]?.url ?? null, masterPub: known[0]?.masterPub ?? null, expiry: null,
          refundDeadline: null, tries: 0 });
      }
    });
  });
}

function read(store, use) {
  store.getAll().onsuccess = ({ target }) => use(target.result);
}

function units(text) {
  return BigInt(text.replace(/^[A-Z]+:/, "").replace(".", ""));
}
