// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window: a payment when a shop opened it, else the plain wallet. */

import { encodeBase32 } from "../core/base32.js";
import { loadConfiguration } from "./configuration.js";
import { Exchange } from "../engine/exchange.js";
import { homeView } from "../window/home-view.js";
import { page } from "../window/page.js";
import { Payments } from "../engine/payments.js";
import { PurchaseFlow } from "../window/purchase-flow.js";
import { Refunds } from "../engine/refunds.js";
import { ShopChannel } from "./shop-channel.js";
import { Database } from "../engine/database.js";
import { Store } from "../engine/store/store.js";
import { WalletStore } from "../engine/wallet-store.js";
import { Withdrawals } from "../engine/withdrawal.js";

async function openWallet() {
  const configuration = await loadConfiguration();
  const masterPub = encodeBase32(configuration.masterKey);
  const database = await Database.open();
  const own = new WalletStore(database, masterPub);
  const exchange = new Exchange(configuration, own);
  const store = new Store(database);
  const exchanges = {
    list: async () => [{ url: configuration.exchangeURL, masterPub, currency: configuration.currency }],
    keys: (record, options) => exchange.keys(options),
  };
  const inquiry = { facts: async () => { throw new Error("not asked"); } };
  return {
    configuration,
    store,
    payments: new Payments(store, exchanges, inquiry),
    refunds: new Refunds(store, exchanges),
    withdrawals: new Withdrawals(configuration, own, exchange),
    async showBalance() {
      page.balance(await own.balance(configuration.currency));
    },
  };
}

async function showHome(wallet) {
  const [purchases, reserves] = await Promise.all([wallet.store.purchases.all(), wallet.store.reserves.all()]);
  page.show(homeView(wallet, purchases, reserves, () => showHome(wallet)));
}

/** Takes up interrupted withdrawals; a purchase goes on meanwhile. */
async function resumeWithdrawals(wallet) {
  try {
    return await wallet.withdrawals.resume(page.status);
  } catch (error) {
    page.status("");
    page.error(error.message);
    return true;
  } finally {
    await wallet.showBalance();
  }
}

async function main() {
  // A shop that framed this page could cover it and have its buttons pressed unseen.
  if (window.top !== window) throw new Error("The wallet does not work inside another page.");
  if (globalThis.crypto?.subtle === undefined) throw new Error("The wallet needs https, or an address of this machine.");
  const channel = ShopChannel.fromAddress();
  const wallet = await openWallet();
  await wallet.showBalance();
  if (channel !== null) {
    await new PurchaseFlow(wallet, channel).run();
    return;
  }
  await showHome(wallet);
  if (await resumeWithdrawals(wallet)) {
    page.status("");
    await showHome(wallet);
  }
}

function complain(error) {
  page.status("");
  page.error(error?.message ?? String(error));
}

// What a button started and nobody caught.
window.addEventListener("unhandledrejection", (event) => complain(event.reason));

try {
  await main();
} catch (error) {
  console.error(error);
  complain(error);
}
