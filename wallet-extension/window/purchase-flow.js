// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's window as a shop opened it: from the offer to the buyer's consent, the payment and its outcome. */

import { ContractError, readOffer } from "../core/contract.js";
import { CoinsTaken } from "../engine/store/purchases.js";
import { endView, retryView } from "./end-views.js";
import { Message } from "./messages.js";
import { OfferView } from "./offer-view.js";
import { RefundFlow } from "./refund-flow.js";
import { Sending } from "./sending.js";

export class PurchaseFlow {
  #wallet;
  #channel;
  #words;
  #page;
  #close;
  #sending;
  #anyExchange;
  #offered = null;

  /**
   * `wallet` is the engine's; `channel` leads to the shop's page:
   * {origin, request(), post(payURL, permission, purchaseID, attempt), send(kind, content), hints(offer)}. request() gives the Message `offer`, `execute` or
   * `refund` that it is about, or null when the page is silent; post() gives {status, url, body}, or null without an answer; hints() gives nodes
   * that say where money comes from. `page` is that of page.js, `close` closes this window. `anyExchange`: this wallet can get coins of exchanges that
   * it has none of, so that an offer for those is shown; else it is refused.
   */
  constructor({ wallet, channel, words, page, close, anyExchange = true }) {
    this.#anyExchange = anyExchange;
    this.#wallet = wallet;
    this.#channel = channel;
    this.#words = words;
    this.#page = page;
    this.#close = close;
    this.#sending = new Sending({ wallet, channel, words, page, close, reopen: (text, shopPage, notice) => this.#open(text, shopPage, notice) });
  }

  async run() {
    this.#page.status(this.#words.text("progress_waiting_shop"));
    const request = await this.#channel.request();
    this.#page.status("");
    await this.#guarded(() => this.#answer(request), () => this.#answer(request));
  }

  /** A step of work that goes on beside this flow (money arriving, say): told as long as the buyer can do nothing but wait for it. */
  background(step) {
    if (this.#offered?.isWaiting === true) this.#page.status(this.#words.progress(step));
  }

  async #answer(request) {
    this.#page.balance(this.#words, await this.#wallet.balances());
    if (request === null) this.#decline(new ContractError("silent", "The shop's page does not answer."));
    else if (request.taler === Message.execute) await this.#replayByHash(request);
    else if (request.taler === Message.refund) await new RefundFlow(this.#parts).run(request);
    else await this.#open(String(request.text), String(request.page));
  }

  get #parts() {
    return { wallet: this.#wallet, channel: this.#channel, words: this.#words, page: this.#page, close: this.#close };
  }

  /** `shopPage` is the address of the page that made the offer: pay_url is relative to it. `notice` stands above the offer. */
  async #open(text, shopPage, notice = "") {
    this.#page.error(notice);
    await this.#refusing(async () => {
      const look = () => this.#look(text, shopPage);
      const found = await look();
      if (found.kind === "replay") await this.#replay(found, text, shopPage);
      else await this.#offer(found, look);
    });
  }

  /** As payments.look; an offer that only coins of another exchange or currency could pay is one without a choice. */
  async #look(text, shopPage) {
    const context = { page: shopPage, origin: this.#channel.origin };
    try {
      return await this.#wallet.payments.look(text, context);
    } catch (error) {
      const isOfOthers = error instanceof ContractError && (error.reason === "currency" || error.reason === "exchange");
      if (!isOfOthers || !this.#anyExchange) throw error;
      return { kind: "offer", offer: await readOffer(text), context: { text, ...context }, choice: null };
    }
  }

  async #replayByHash({ contract, payURL, page: shopPage }) {
    await this.#refusing(async () => {
      const { purchase, payURL: address } = await this.#wallet.payments.byHash(contract, payURL, { page: shopPage, origin: this.#channel.origin });
      await this.#sending.again(purchase, address);
    });
  }

  /** Should the shop refuse for good what was bought before, its new offer is shown, under the reason in words. */
  #replay({ purchase, payURL, instead }, text, shopPage) {
    const anew = instead === null ? null : async (why) => {
      await this.#wallet.payments.forget(purchase.id);
      await this.#open(text, shopPage, why);
    };
    return this.#sending.again(purchase, payURL, anew);
  }

  /** Shows the offer with what it costs today, for the buyer to decide; `look` finds out again. */
  async #offer(found, look) {
    this.#offered?.end();
    const { text, page: shopPage } = found.context;
    const bought = (replay) => this.#guarded(() => this.#refusing(() => this.#replay(replay, text, shopPage)), () => this.#open(text, shopPage));
    this.#offered = new OfferView({ ...this.#parts, look, pay: (seen) => this.#pay(seen, look), cancel: () => this.#cancel(), bought });
    await this.#offered.show(found);
  }

  async #pay({ offer, choice, context }, look) {
    this.#offered.end();
    this.#page.error("");
    // From here on there is nothing to cancel: what is signed is sent.
    this.#page.show(endView(this.#words, this.#words.text("window_paying"), this.#words.text("window_keep_open")));
    const { text, page: shopPage } = context;
    await this.#guarded(() => this.#refusing(async () => {
      const now = await look();
      // Paid by another window meanwhile, or coins have gone: the buyer sees what is true now.
      if (now.kind === "replay") return this.#replay(now, text, shopPage);
      if (now.choice === null || now.choice.plan.total.compare(choice.plan.total) !== 0) return this.#offer(now, look);
      const purchase = await this.#commit(offer, now);
      return purchase === null ? this.#open(text, shopPage) : this.#sending.first(purchase, context.payURL);
    }), () => this.#open(text, shopPage));
  }

  /** Null when another window spent these coins, or paid this very contract. */
  async #commit(offer, { choice, context }) {
    try {
      return await this.#wallet.payments.commit(offer, choice, context);
    } catch (error) {
      if (error instanceof CoinsTaken) return null;
      throw error;
    }
  }

  async #refusing(body) {
    try {
      await body();
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      this.#decline(error);
    }
  }

  /** What nobody foresaw is told, and can be tried again: opening the offer anew finds out what was signed, and sends it. */
  async #guarded(body, again) {
    try {
      await body();
    } catch (error) {
      console.error(error);
      this.#page.status("");
      this.#page.error(this.#words.text("window_problem", { problem: this.#words.error(error) }));
      this.#page.show(retryView(this.#words, {
        title: this.#words.text("window_not_finished"), label: this.#words.text("window_try_again"),
        again: () => this.#guarded(() => { this.#page.error(""); return again(); }, again), cancel: this.#close,
      }));
    }
  }

  #cancel() {
    this.#offered?.end();
    this.#channel.send(Message.declined, { reason: "cancelled", message: "" });
    this.#close();
    // A window that may not close itself must not look as if it still waited.
    this.#page.show(endView(this.#words, this.#words.text("window_nothing_paid"), this.#words.text("window_can_close")));
  }

  #decline(error) {
    this.#offered?.end();
    const message = this.#words.error(error);
    // What was bought at another site only the buyer reads: the page hears what it would hear of an offer that is not taken.
    const isPrivate = error.reason === "elsewhere";
    if (!isPrivate) this.#channel.send(Message.declined, { reason: error.reason, message });
    this.#page.status("");
    this.#page.error(message);
    const close = isPrivate ? () => this.#cancel() : this.#close;
    this.#page.show(endView(this.#words, this.#words.text("window_nothing_paid"), this.#words.text("window_nothing_sent"), close));
  }
}

