// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The in-page wallet: the engine over this origin's database, with the one exchange and bank that the origin is configured for. */

import { encodeBase32 } from "../core/base32.js";
import { Wallet } from "../engine/wallet.js";
import { loadConfiguration } from "./configuration.js";

/**
 * The engine's wallet with `configuration`. Coins of another exchange (of a sandbox that was here before, say) stay stored and are neither
 * counted nor shown.
 */
export async function openWallet() {
  const configuration = await loadConfiguration();
  const wallet = await Wallet.open();
  const masterPub = encodeBase32(configuration.masterKey);
  await wallet.exchanges.configure({ url: configuration.exchangeURL, masterPub, currency: configuration.currency });
  wallet.withdrawals.bankURL = configuration.bankURL;
  const ours = (records) => records.filter((one) => one.masterPub === masterPub);
  const { store, exchanges, payments, refunds, withdrawals, recovery, work, changes } = wallet;
  return {
    configuration, store, exchanges, payments, refunds, withdrawals, recovery, work, changes,
    balances: async () => ours(await wallet.balances()),
    /** All that the home view shows. */
    async records() {
      const [balances, history, coins, purchases, reserves] = await Promise.all([
        wallet.balances(), wallet.history({ limit: 50 }), store.coins.all(), store.purchases.all(), store.reserves.all()]);
      return { balances: ours(balances), history: ours(history), coins: ours(coins), purchases, reserves: ours(reserves) };
    },
  };
}
