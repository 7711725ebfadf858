// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Bringing a database of an earlier wallet to today's form, inside the transaction that IndexedDB gives for it. */

import { Amount } from "../core/amount.js";
import { NEVER, timeFromJSON } from "../core/time.js";
import { problemOf } from "./engine-error.js";
import { Entry, PurchaseState, STORES } from "./records.js";

/** Makes what is missing. Version 1 had one exchange, no refreshes and no ledger: what its coins hold is one opening entry for each exchange. */
export function upgrade(database, transaction, oldVersion) {
  for (const [name, options] of Object.entries(STORES)) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, options);
  }
  if (oldVersion === 1) readAll(transaction, ["exchanges", "coins", "reserves", "purchases"], (records) => fromFirst(transaction, records));
}

function fromFirst(transaction, { exchanges, coins, reserves, purchases }) {
  const put = (name, record) => transaction.objectStore(name).put(record);
  const known = exchanges.filter(({ json }) => typeof json?.master_public_key === "string").map((record) => ({
    ...record, masterPub: record.json.master_public_key, currency: record.json.currency, accepted: record.fetched,
  }));
  const addressOf = (masterPub) => known.find((one) => one.masterPub === masterPub)?.url ?? known[0]?.url ?? null;
  for (const record of known) put("exchanges", record);
  for (const coin of coins) put("coins", { ...coin, exchange: addressOf(coin.masterPub), exposed: null, from: null });
  for (const { masterPub, currency, units } of sums(coins)) {
    put("ledger", {
      time: 0, masterPub, currency, kind: Entry.found, sign: 1, amount: new Amount(currency, units).toString(), fee: `${currency}:0`,
      reference: "", title: "",
    });
  }
  // The account was at the bank that the page was configured with, and is still.
  for (const { account, problem, ...reserve } of reserves) {
    put("reserves", { ...reserve, problem: typeof problem === "string" ? problemOf(problem) : problem ?? null, exchange: addressOf(reserve.masterPub), source: { kind: "account", ...account } });
  }
  const masterOf = new Map(coins.map(({ coinPub, masterPub }) => [coinPub, masterPub]));
  for (const purchase of purchases) {
    const masterPub = masterOf.get(purchase.coins[0]?.coinPub) ?? known[0]?.masterPub ?? null;
    const isPaid = purchase.state === PurchaseState.paid;
    put("purchases", {
      ...purchase, masterPub, exchange: addressOf(masterPub), expiry: dateIn(purchase.text, "expiry"),
      refundDeadline: dateIn(purchase.text, "refund_deadline"), refunds: purchase.refunds ?? [], tries: 0,
      coins: purchase.coins.map((part) => ({ ...part, taken: isPaid })),
    });
  }
}

/** What the coins of each exchange hold, where it is anything: [{masterPub, currency, units}]. */
function sums(coins) {
  const found = new Map();
  for (const { masterPub, remaining } of coins) {
    const { currency, units } = Amount.parse(remaining);
    const key = JSON.stringify([masterPub, currency]);
    found.set(key, { masterPub, currency, units: (found.get(key)?.units ?? 0n) + units });
  }
  return [...found.values()].filter(({ units }) => units > 0n);
}

/** A date of the contract in an offer's text; null when there is none, or it never comes. */
function dateIn(text, member) {
  try {
    const date = timeFromJSON(JSON.parse(text).contract[member]);
    return date === NEVER ? null : date;
  } catch {
    return null;
  }
}

/** Calls `use` with {name: [record]} of the stores: an upgrade's transaction is not to wait for promises. */
function readAll(transaction, names, use) {
  const records = {};
  for (const name of names) {
    transaction.objectStore(name).getAll().onsuccess = ({ target }) => {
      records[name] = target.result;
      if (Object.keys(records).length === names.length) use(records);
    };
  }
}
