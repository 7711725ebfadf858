// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * One reserve's way, step by step, each stored before the next:
 * from an account made for it: created → registered → asked → wired → planned → done or failed;
 * from a bank's page: created → handed → wired → planned → done or failed.
 * From `planned` it goes back to `wired` until nothing is left that makes a coin.
 */

import { now } from "../core/time.js";
import { planWithdrawal } from "../core/withdraw-plan.js";
import { registerAccount, withdrawToReserve } from "./bank.js";
import { EngineError } from "./engine-error.js";
import { batchWithdraw, DENOMINATION_CODES, ExchangeCode, reserveBalance } from "./exchange-client.js";
import { Refused } from "./http.js";
import { coinOfPlanchet, makePlanchets, planchetRequest } from "./planchets.js";
import { ReserveState } from "./records.js";
import { forgottenPlanchets } from "./reserve-recovery.js";

/** One wait of the exchange for a transfer, milliseconds. */
const WAIT = 10_000;

/** The shortest time between two questions, milliseconds. */
const PAUSE = 2_000;

/** Money of a bank's page that has not come after this long (seconds) does not come any more. */
const LONGEST_WAY = 30 * 86_400;

/** How many runs in a row may end with a refusal. */
const MOST_PLANS = 5;

/** Refused planchets that are kept. */
const MOST_DROPPED = 1024;

export class ReserveRun {
  #store;
  #exchanges;
  #bankURL;
  #progress;
  #patience;
  /** Refusals in this run. */
  #refusals = 0;

  constructor({ store, exchanges, bankURL, progress, patience }) {
    this.#store = store;
    this.#exchanges = exchanges;
    this.#bankURL = bankURL;
    this.#progress = progress;
    this.#patience = patience;
  }

  /** The record as it is when no step is left that can be made now. */
  async toEnd(reserve) {
    let current = reserve;
    for (;;) {
      const next = await this.#step(current);
      if (next === null) return current;
      current = next;
      if (current.state === ReserveState.done || current.state === ReserveState.failed || this.#refusals > 1) return current;
    }
  }

  /** A reserve that counts as over goes on when the exchange holds something for it; else only the time of this look is kept. Gives the record. */
  async takeUp(reserve) {
    const hasMore = await this.#hasMore(reserve);
    return this.#advance(reserve, hasMore ? { state: ReserveState.wired, looked: now() } : { looked: now() });
  }

  async #hasMore(reserve) {
    const balance = await reserveBalance(reserve.exchange, reserve.reservePub, 0);
    if (balance === null) return false;
    if (reserve.doubt === true) return true;
    const keys = await this.#exchanges.keys(reserve);
    return balance.currency === keys.currency && planWithdrawal(balance, keys.denominations, now()).denominations.length > 0;
  }

  #step(reserve) {
    switch (reserve.state) {
      case ReserveState.created:
        return reserve.source.kind === "page" ? this.#look(reserve) : this.#unlessThere(reserve, () => this.#register(reserve));
      case ReserveState.registered: return this.#unlessThere(reserve, () => this.#ask(reserve));
      case ReserveState.asked: return this.#askAgain(reserve);
      case ReserveState.handed: return this.#look(reserve);
      case ReserveState.wired: return this.#plan(reserve);
      case ReserveState.planned: return this.#collect(reserve);
      default: return null;
    }
  }

  #advance(reserve, changes) {
    return this.#store.reserves.advance(reserve.reservePub, reserve.state, changes);
  }

  #fail(reserve, reason, message, parameters = {}) {
    return this.#advance(reserve, {
      state: ReserveState.failed, looked: now(), problem: new EngineError(reason, message, parameters).record,
    });
  }

  #say(key, parameters = {}) {
    this.#progress({ key, parameters });
  }

  #bank({ source }) {
    const url = source.bank ?? this.#bankURL;
    if (url === null) throw new EngineError("source", "The wallet does not know the bank of this withdrawal.");
    return url;
  }

  /** A record from a backup may be older than the bank's transfer. */
  async #unlessThere(reserve, step) {
    const isThere = reserve.doubt === true && (await reserveBalance(reserve.exchange, reserve.reservePub, 0)) !== null;
    return isThere ? this.#advance(reserve, { state: ReserveState.wired }) : step();
  }

  async #register(reserve) {
    this.#say("progress_account");
    await registerAccount(this.#bank(reserve), reserve.source);
    return this.#advance(reserve, { state: ReserveState.registered });
  }

  async #ask(reserve) {
    this.#say("progress_asking_bank");
    const asked = await this.#advance(reserve, { state: ReserveState.asked });
    try {
      await withdrawToReserve(this.#bank(reserve), reserve.source, reserve.amount, reserve.reservePub);
    } catch (error) {
      if (!(error instanceof Refused) || error.answer === undefined) throw error;
      // An earlier request whose answer was lost may be on its way all the same.
      const balance = await reserveBalance(reserve.exchange, reserve.reservePub, WAIT).catch(() => null);
      if (balance !== null) return this.#advance(asked, { state: ReserveState.wired });
      return this.#fail(asked, "bank_refused", `The bank refused: ${error.message}`, error.parameters);
    }
    return this.#advance(asked, { state: ReserveState.wired });
  }

  /** Interrupted while the bank was asked. If the money is not there, the bank did not hear: its account serves this reserve alone. */
  async #askAgain(reserve) {
    this.#say("progress_looking");
    const balance = await reserveBalance(reserve.exchange, reserve.reservePub, WAIT);
    return this.#advance(reserve, { state: balance === null ? ReserveState.registered : ReserveState.wired });
  }

  /** The bank's page is asked, and may have sent the money without telling. */
  async #look(reserve) {
    this.#say("progress_looking");
    const balance = await reserveBalance(reserve.exchange, reserve.reservePub, 0);
    if (balance !== null) return this.#advance(reserve, { state: ReserveState.wired });
    return this.#notYet(reserve);
  }

  /** Null while the money may still come. */
  #notYet(reserve) {
    const isOver = reserve.source.kind === "page" && now() - reserve.created > LONGEST_WAY;
    return isOver ? this.#fail(reserve, "nothing_came", "The bank has sent no money.") : null;
  }

  async #plan(reserve) {
    this.#say("progress_waiting");
    const balance = await this.#arrived(reserve);
    if (balance === null) return this.#notYet(reserve);
    const keys = await this.#exchanges.keys(reserve);
    if (balance.currency !== keys.currency) throw new EngineError("currency", "The exchange counts this money in another currency.");
    const made = reserve.made ?? 0;
    const lookedBack = reserve.doubt === true ? await this.#lookBack(reserve, keys, made) : null;
    if (lookedBack !== null) return lookedBack;
    const { denominations } = planWithdrawal(balance, keys.denominations, now());
    if (denominations.length > 0) {
      const planchets = await makePlanchets(reserve.seed, denominations, made);
      return this.#advance(reserve, { state: ReserveState.planned, planchets, made: made + planchets.length });
    }
    if (reserve.withdrawn !== null) {
      return this.#advance(reserve, { state: ReserveState.done, problem: null, ...(reserve.doubt === true ? { looked: now() } : {}) });
    }
    return this.#fail(reserve, "no_coins", `The exchange has no coins for ${balance}.`, { amount: balance.toString() });
  }

  /** The balance as soon as the exchange knows the reserve; null when patience ends first. */
  async #arrived(reserve) {
    const until = Date.now() + this.#patience;
    for (;;) {
      const begin = Date.now();
      const wait = Math.max(0, Math.min(WAIT, until - begin));
      const balance = await reserveBalance(reserve.exchange, reserve.reservePub, wait);
      if (balance !== null || Date.now() >= until) return balance;
      // An exchange that does not wait is not asked without pause.
      await new Promise((resolve) => { setTimeout(resolve, Math.max(0, Math.min(PAUSE, wait) - (Date.now() - begin))); });
    }
  }

  /**
   * Coins that the exchange made for this reserve and the wallet does not have come first: after planchets were replaced whose request may
   * have arrived all the same, and when the record is from a backup. Null when the exchange does not tell: then the reserve stays in doubt.
   */
  async #lookBack(reserve, keys, made) {
    const isKnown = async (coinPub) => (await this.#store.coins.get(coinPub)) !== undefined;
    const planchets = await forgottenPlanchets(reserve, keys.denominations, isKnown);
    if (planchets === null) return null;
    if (planchets.length === 0) return this.#advance(reserve, { doubt: false, dropped: [] });
    const next = planchets.reduce((most, { number = -1 }) => Math.max(most, number + 1), made);
    return this.#advance(reserve, { state: ReserveState.planned, planchets, made: next });
  }

  async #collect(reserve) {
    this.#say("progress_coins", { count: String(reserve.planchets.length) });
    let answers;
    try {
      answers = await this.#sign(reserve);
    } catch (error) {
      if (!(error instanceof Refused) || error.code === null) throw error;
      return this.#replan(reserve, error);
    }
    const coins = await this.#coins(reserve, answers);
    // What is left in the reserve, if it is enough for a coin, is collected too.
    return this.#store.reserves.accept(reserve.reservePub, coins);
  }

  async #coins(reserve, answers) {
    const coins = [];
    try {
      for (const [i, planchet] of reserve.planchets.entries()) coins.push(await coinOfPlanchet(planchet, answers[i], reserve));
    } catch (error) {
      throw new EngineError("exchange_answer", `The exchange's answer cannot be used: ${error.message}.`, {}, { cause: error });
    }
    return coins;
  }

  async #sign(reserve) {
    const requests = [];
    for (const planchet of reserve.planchets) requests.push(await planchetRequest(planchet, reserve.seed));
    return batchWithdraw(reserve.exchange, reserve.reservePub, requests);
  }

  /**
   * The exchange refused these planchets: others are tried, with fresh keys and the balance as it is, once in a run. What is refused again waits
   * for the next run. The planchets are kept until the reserve's history has told that they were not signed.
   */
  async #replan(reserve, error) {
    if (error.code === ExchangeCode.kycRequired || error.status === 451 || error.status === 429) throw error;
    this.#refusals += 1;
    const plans = (reserve.plans ?? 0) + (this.#refusals > 1 ? 1 : 0);
    const dropped = [...reserve.dropped ?? [], ...reserve.planchets].slice(-MOST_DROPPED);
    const problem = new EngineError("exchange_refused", `The exchange refused: ${error.message}`, error.parameters).record;
    const changes = { planchets: [], plans, dropped, doubt: true, problem };
    if (plans >= MOST_PLANS) return this.#advance(reserve, { ...changes, state: ReserveState.failed, looked: now() });
    if (DENOMINATION_CODES.has(error.code)) await this.#exchanges.keys(reserve, { refresh: true }).catch(() => null);
    return this.#advance(reserve, { ...changes, state: ReserveState.wired });
  }
}
