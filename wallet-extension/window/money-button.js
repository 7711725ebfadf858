// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** “Get 20 KUDOS of sandbox money”: the button, with the withdrawal behind it. */

import { Amount } from "../core/amount.js";
import { actionButton, money } from "./elements.js";
import { page } from "./page.js";

const GIFT = 20n;

/** `after` runs when the coins are there, and when something failed (then #error says what). */
export function moneyButton(wallet, after) {
  const amount = new Amount(wallet.configuration.currency, GIFT * 100_000_000n);
  return actionButton("get-money", `Get ${amount.digits(0)} ${amount.currency} of sandbox money`, async () => {
    page.error("");
    // A browser may else throw coins away when its disk is full. It may ask, so nothing waits for it.
    navigator.storage?.persist?.();
    let problem = "";
    try {
      await wallet.withdrawals.start(amount, page.status);
      page.status(`${money(amount)} of sandbox money has arrived.`);
    } catch (error) {
      page.status("");
      problem = error.message;
    }
    await wallet.showBalance();
    await after();
    page.error(problem);
  });
}
