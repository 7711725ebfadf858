// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The in-page wallet's window: what a shop or a bank opened it for, else the plain wallet. */

import { moneyButton } from "./money-button.js";
import { homeView, update } from "./home-view.js";
import { openWallet } from "./open-wallet.js";
import { ShopChannel } from "./shop-channel.js";
import { WithdrawalFlow } from "./withdrawal-flow.js";
import { keepWorking, resumeWithdrawals } from "./worker.js";
import { ContractError } from "../core/contract.js";
import { page } from "../window/page.js";
import { PurchaseFlow } from "../window/purchase-flow.js";
import { loadWords } from "../window/texts.js";

const close = () => window.close();

/** Shows the plain wallet, and again whenever something has changed. */
async function showHome(words, wallet) {
  const view = homeView(words, { currency: wallet.configuration.currency, button: moneyButton(words, wallet) });
  const draw = async () => {
    const records = await wallet.records();
    page.balance(words, records.balances);
    update(words, view, records);
  };
  await draw();
  page.show(view);
  let next = null;
  wallet.changes.subscribe(() => {
    next ??= setTimeout(() => {
      next = null;
      draw().catch((error) => complain(words, error));
    }, 150);
  });
}

function refuse(reason) {
  throw new ContractError(reason, reason);
}

async function main(words) {
  // A shop that framed this page could cover it and have its buttons pressed unseen.
  if (window.top !== window) refuse("in_frame");
  if (globalThis.crypto?.subtle === undefined) refuse("needs_https");
  const channel = ShopChannel.fromAddress();
  const wallet = await openWallet();
  page.currency = wallet.configuration.currency;
  page.balance(words, await wallet.balances());
  if (channel === null) {
    await showHome(words, wallet);
    keepWorking(wallet, (step) => page.status(words.progress(step)));
    return;
  }
  if (channel.task === "withdraw") {
    await new WithdrawalFlow({ wallet, channel, words, page, close }).run();
    return;
  }
  channel.hints = () => [moneyButton(words, wallet)];
  const flow = new PurchaseFlow({ wallet, channel, words, page, close, anyExchange: false });
  await flow.run();
  // No change is made beside an offer: the coins that the buyer sees are those that pay.
  await resumeWithdrawals(wallet, (step) => flow.background(step));
}

function complain(words, error) {
  console.error(error);
  page.status("");
  page.error(words.error(error));
}

const words = await loadWords();
words.translate();
// What a button started and nobody caught.
window.addEventListener("unhandledrejection", (event) => complain(words, event.reason));
main(words).catch((error) => complain(words, error));
