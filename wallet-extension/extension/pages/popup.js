// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet at a glance: in the browser's popup, and (with #full) in a tab with all of it. */

import { now } from "../../core/time.js";
import { actionButton, element } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { arrivingView } from "./arriving-view.js";
import { isBackupDue } from "./backup-date.js";
import { balanceView } from "./balance-view.js";
import { coinView } from "./coin-view.js";
import { startPage } from "./frame.js";
import { LivePart } from "./live-part.js";
import { movementView } from "./movement-view.js";
import { readWallet } from "./popup-data.js";
import { purchaseView, unfinishedView } from "./purchase-view.js";
import { reminderView } from "./reminder-view.js";
import { finish, wake } from "./service.js";
import { showSwitch } from "./switch.js";
import { browser } from "../platform.js";

/** How many entries the popup has room for, and by how many the full page grows. */
const FEW = 5;
const MANY = 50;

const FINISHED = {
  paid: "popup_finish_paid", refused: "popup_finish_refused", pending: "popup_finish_pending", unreachable: "popup_finish_unreachable",
  unknown: "popup_finish_unknown",
};

const isFull = location.hash === "#full";
const isPopup = (browser.extension?.getViews?.({ type: "popup" }) ?? []).includes(window);
/** Links leave the popup for a tab. */
const target = isPopup ? "_blank" : null;
document.documentElement.classList.add(isFull ? "full" : "brief");
if (isPopup) document.documentElement.classList.add("popup");

const parts = Object.fromEntries(["reminder", "balances", "unfinished", "arriving", "movements", "bought", "held"]
  .map((id) => [id, new LivePart(document.getElementById(id))]));

let limit = isFull ? MANY : FEW;
/** What came of the last press of “Finish at the shop”: {id, text, isBusy}. */
let answer = null;

async function show(words, wallet) {
  const { balances, history, coins, unfinished, purchases, arriving, last, kept, holdsCoins } = await readWallet(wallet, { limit, time: now(), isFull });
  const due = isBackupDue(kept, history, holdsCoins);
  parts.reminder.show({ due, last }, () => (due ? reminderView(words, last, target) : null));
  parts.balances.show(balances, () => balanceView(words, balances));
  parts.unfinished.show({ unfinished, answer }, () => unfinishedView(words, unfinished, (id) => finishNow(words, wallet, id), answer));
  parts.arriving.show(arriving, () => arrivingView(words, arriving, (reservePub) => lookAgain(words, wallet, reservePub), (reservePub) => forget(words, wallet, reservePub)));
  parts.movements.show({ history, limit }, () => movementView(words, history, more(words, wallet, history.length)));
  parts.bought.show(purchases, () => (isFull || purchases.length > 0 ? purchaseView(words, purchases) : null));
  parts.held.show(coins, () => coinView(words, coins));
}

/** In the popup the way to the full page; there the button for earlier entries, as long as there may be some. */
function more(words, wallet, shown) {
  if (!isFull) return element("p", { class: "more" }, element("a", { id: "all", href: "popup.html#full", target: "_blank" }, words.text("popup_history_all")));
  if (shown < limit) return null;
  return actionButton("earlier", words.text("popup_history_more"), () => {
    limit += MANY;
    show(words, wallet);
  }, "secondary");
}

/** The answer stands in the payment's row and has the focus: at the page's end nobody sees it. */
async function finishNow(words, wallet, id) {
  page.error("");
  const say = async (text, isBusy) => {
    answer = { id, text, isBusy };
    await show(words, wallet);
    document.getElementById("finish-answer")?.focus();
  };
  await say(words.text("popup_finishing"), true);
  let state = "pending";
  try {
    ({ state } = (await finish(id)) ?? { state });
  } finally {
    await say(words.text(FINISHED[state] ?? FINISHED.pending), false);
  }
}

async function lookAgain(words, wallet, reservePub) {
  page.error("");
  page.status(words.text("popup_reserve_looking"));
  await wallet.withdrawals.retry(reservePub);
  wake();
}

async function forget(words, wallet, reservePub) {
  page.error("");
  await wallet.withdrawals.dismiss(reservePub);
  page.status(words.text("popup_reserve_forgotten"));
}

/** One look at the wallet at a time, and another one when something was written meanwhile. */
function follow(wallet, look) {
  let isLooking = false;
  let isStale = false;
  wallet.changes.subscribe(async () => {
    isStale = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isStale) {
        isStale = false;
        await look();
      }
    } finally {
      isLooking = false;
    }
  });
}

await startPage(async (words, wallet) => {
  for (const link of document.querySelectorAll("nav a")) {
    if (target !== null) link.target = target;
  }
  await showSwitch();
  await show(words, wallet);
  document.getElementById("view").hidden = false;
  follow(wallet, () => show(words, wallet));
  // What is due, a withdrawal's money say, comes by the background; it goes on when the popup is closed.
  await wake();
});
