// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window as a shop opened it: from the offer to the buyer's consent, the payment and its outcome. */

import { ContractError } from "../core/contract.js";
import { contractView } from "./contract-view.js";
import { endView, paidView, replayView, retryView } from "./end-views.js";
import { Message } from "./messages.js";
import { page } from "./page.js";
import { RefundFlow } from "./refund-flow.js";
import { explainForgotten, explainRefusal, explainUnknown } from "./refusal-text.js";
import { PurchaseState } from "../engine/records.js";
import { CoinsTaken } from "../engine/store/purchases.js";

/** The window of a paid purchase closes by itself after this many milliseconds. */
const FAREWELL = 1_800;

export class PurchaseFlow {
  #wallet;
  #channel;
  #resumed = false;

  constructor(wallet, channel) {
    this.#wallet = wallet;
    this.#channel = channel;
  }

  async run() {
    page.status("Waiting for the shop…");
    const request = await this.#channel.request();
    page.status("");
    if (request === null) this.#decline("silent", "The shop's page does not answer. Close this window and press “pay” there again.");
    else if (request.taler === Message.execute) await this.#replayByHash(request);
    else if (request.taler === Message.refund) await new RefundFlow(this.#wallet, this.#channel).run(request);
    else await this.#open(String(request.text), String(request.page));
  }

  /** `shopPage` is the address of the page that made the offer: pay_url is relative to it. `notice` stands above the offer. */
  async #open(text, shopPage, notice = "") {
    page.error(notice);
    try {
      const seen = await this.#wallet.payments.look(text, { page: shopPage, origin: this.#channel.origin });
      if (seen.kind === "offer") await this.#offer(seen.offer, seen.choice, seen.context);
      else await this.#replay(seen.purchase, seen.payURL, seen.instead === null ? null : (why) => this.#open(text, shopPage, why));
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      this.#decline(error.reason, error.message);
    }
  }

  async #replayByHash({ contract, payURL, page: shopPage }) {
    try {
      const { purchase, payURL: address } = await this.#wallet.payments.byHash(contract, payURL, { page: shopPage, origin: this.#channel.origin });
      await this.#replay(purchase, address);
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      this.#decline(error.reason, error.message);
    }
  }

  /** Shows the offer with what it costs today, for the buyer to decide. */
  async #offer(offer, choice, context) {
    const again = async () => this.#offer(offer, await this.#wallet.payments.choose(offer), context);
    await this.#wallet.showBalance();
    page.show(contractView(this.#wallet, offer, choice?.plan ?? null, {
      origin: this.#channel.origin,
      pay: () => this.#pay(offer, choice, context),
      cancel: () => this.#cancel(),
      again,
    }));
    if (choice === null && !this.#resumed) await this.#resume(again);
  }

  /** Money of an interrupted withdrawal may be what is missing: it is fetched while the offer is on the screen. */
  async #resume(again) {
    this.#resumed = true;
    const found = await this.#wallet.withdrawals.resume(page.status).catch(() => true);
    page.status("");
    if (found) await again();
  }

  async #pay(offer, choice, context) {
    page.error("");
    // From here on there is nothing to cancel: what is signed is sent.
    page.show(endView("Paying…", "Keep this window open until the shop has answered."));
    try {
      await this.#send(await this.#wallet.payments.commit(offer, choice, context), context.payURL);
    } catch (error) {
      page.status("");
      if (error instanceof ContractError) {
        this.#decline(error.reason, error.message);
      } else if (error instanceof CoinsTaken) {
        // Another window spent these coins, or paid this very contract.
        await this.#open(context.text, context.page);
      } else {
        // Signed or not: opening the offer anew finds out, and sends what was signed.
        page.error(`Something went wrong in the wallet: ${error.message}`);
        page.show(retryView({
          title: "The payment is not finished", label: "Try again",
          again: () => this.#open(context.text, context.page), cancel: () => window.close(),
        }));
      }
    }
  }

  /**
   * `anew` is given when the shop made another offer of what this purchase bought. Should the shop refuse this one for good, it is called
   * with the reason in words, to show that offer.
   */
  async #replay(purchase, payURL, anew = null) {
    page.show(replayView(purchase));
    await this.#send(purchase, payURL, anew);
  }

  /** Has the shop's page post the stored permission, stores the outcome, and shows it. */
  async #send(purchase, payURL, anew = null) {
    page.status("Sending the payment…");
    await this.#wallet.showBalance();
    const outcome = await this.#channel.post(payURL, purchase.permission) ?? { status: 0, url: null, body: "" };
    const result = await this.#wallet.payments.record(purchase.id, outcome);
    await this.#wallet.showBalance();
    page.status("");
    if (result.state === PurchaseState.refused && anew !== null) {
      await this.#wallet.payments.forget(purchase.id);
      await anew(explainForgotten(purchase, result));
      return;
    }
    this.#channel.send(Message.recorded, { paid: result.state === PurchaseState.paid, ...outcome });
    if (result.state === PurchaseState.paid) {
      const wasPaid = purchase.state === PurchaseState.paid;
      page.show(paidView(purchase, wasPaid));
      page.status(wasPaid ? "Nothing was paid again." : "Paid.");
      setTimeout(() => window.close(), FAREWELL);
      return;
    }
    const refused = result.state === PurchaseState.refused && purchase.state !== PurchaseState.paid;
    page.error(refused ? explainRefusal(outcome.status, result) : explainUnknown(outcome.status, purchase, result.code));
    page.show(retryView({
      title: titleOf(purchase, refused),
      label: result.coinSpent ? "Pay with other coins" : "Try again",
      again: () => (refused ? this.#open(purchase.text, purchase.page) : this.#again(purchase, payURL, anew)),
      cancel: () => window.close(),
    }));
  }

  async #again(purchase, payURL, anew) {
    page.error("");
    await this.#send(purchase, payURL, anew);
  }

  #cancel() {
    this.#channel.send(Message.declined, { reason: "cancelled", message: "" });
    window.close();
    // A window that may not close itself must not look as if it still waited.
    page.show(endView("Nothing was paid", "You can close this window."));
  }

  #decline(reason, message) {
    this.#channel.send(Message.declined, { reason, message });
    page.status("");
    page.error(message);
    page.show(endView("Nothing was paid", "The wallet has sent nothing to the shop.", () => window.close()));
  }
}

/** A payment without an answer may have arrived: only a refusal is called a failure. */
function titleOf(purchase, refused) {
  if (purchase.state === PurchaseState.paid) return "The shop did not show your purchase";
  return refused ? "The payment did not go through" : "The payment is not finished";
}
