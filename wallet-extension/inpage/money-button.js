// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** “Get 20 KUDOS of sandbox money”: the button, with the withdrawal behind it. */

import { Amount } from "../core/amount.js";
import { actionButton } from "../window/elements.js";
import { page } from "../window/page.js";

const GIFT = 20n;

/** Nothing waits for what comes of it: the views hear of new coins by themselves. When it failed, #error says why, and the button can be pressed again. */
export function moneyButton(words, wallet) {
  const { currency, exchangeURL, bankURL } = wallet.configuration;
  const amount = new Amount(currency, GIFT * 100_000_000n);
  const button = actionButton("get-money", words.text("window_get_money", { amount: words.money(amount, 0) }), async () => {
    page.error("");
    // A browser may else throw coins away when its disk is full. It may ask, so nothing waits for it.
    navigator.storage?.persist?.();
    try {
      const reserve = await wallet.withdrawals.create({ amount, exchange: exchangeURL, source: { kind: "account", bank: bankURL } });
      await wallet.withdrawals.run(reserve, (step) => page.status(words.progress(step)));
      page.status(words.text("window_money_arrived", { amount }));
    } catch (error) {
      page.status("");
      page.error(words.error(error));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
