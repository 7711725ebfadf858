// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Coins that should not be spent as they are become fresh ones, which nobody can connect with what the old ones did. */

import { Amount } from "../core/amount.js";
import { planRefresh } from "../core/refresh-plan.js";
import { isWithin, now } from "../core/time.js";
import { exclusively } from "./locks.js";
import { CoinState, Exposed, RefreshState } from "./records.js";
import { RefreshRun, refreshOf } from "./refresh-run.js";
import { denominationRecord } from "./planchets.js";
import { StateChanged } from "./store/access.js";
import { transferSecrets } from "./transfer-secrets.js";

/** So many refusals of one plan another copy may have had. */
const SPARE_NUMBERS = 3;

export class Refreshes {
  #store;
  #exchanges;
  #inquiry;

  constructor(store, exchanges, inquiry) {
    this.#store = store;
    this.#exchanges = exchanges;
    this.#inquiry = inquiry;
  }

  /**
   * [{coin, reason (Exposed), plan}]: free coins that want it and have enough for it. Those that have too little stay as they are, and may
   * still be spent. Exchanges whose keys cannot be had are left out.
   */
  async wanted() {
    const found = [];
    const failures = await this.#failures();
    for (const exchange of await this.#exchanges.list()) {
      const coins = (await this.#store.coins.of(exchange.masterPub)).filter((coin) => (
        coin.state === CoinState.free && coin.doubt !== true && coin.exchange === exchange.url && coin.expireDeposit > now() && !isTooEarly(failures.get(coin.coinPub))));
      if (coins.length === 0) continue;
      const keys = await this.#exchanges.keys(exchange).catch(() => null);
      if (keys !== null) found.push(...coins.map((coin) => wish(coin, keys)).filter((one) => one !== null));
    }
    return found;
  }

  /** For each coin the times of its refreshes that the exchange has refused. */
  async #failures() {
    const failures = new Map();
    for (const { coinPub, state, created } of await this.#store.refreshes.all()) {
      if (state === RefreshState.failed) failures.set(coinPub, [...failures.get(coinPub) ?? [], created]);
    }
    return failures;
  }

  /**
   * Goes on with the refreshes that were interrupted, then refreshes all that want it. Gives {done, problems}: how many came to their end, and
   * the errors of those that did not; they go on next time.
   */
  async run(progress = () => {}) {
    const result = await this.resume(progress);
    for (const { coin, reason, plan } of await this.wanted()) {
      progress({ key: "progress_refreshing", parameters: { amount: coin.remaining } });
      await this.#attempt(result, () => this.#refresh(coin, reason, plan));
    }
    return result;
  }

  /** Only the interrupted ones. */
  async resume(progress = () => {}) {
    const result = { done: 0, problems: [] };
    for (const refresh of await this.#store.refreshes.open()) {
      progress({ key: "progress_refreshing", parameters: { amount: refresh.amount } });
      await this.#attempt(result, () => this.#finish(refresh));
    }
    return result;
  }

  async #attempt(result, body) {
    try {
      if ((await body())?.state === RefreshState.done) result.done += 1;
    } catch (error) {
      // Another window was faster: it has the coin in hand.
      if (!(error instanceof StateChanged)) result.problems.push(error);
    }
  }

  async #refresh(coin, reason, plan) {
    for (let number = firstNumber(coin); ; number++) {
      const planned = await plannedRefresh(coin, reason, plan, number);
      if (await this.#store.refreshes.get(planned.id) === undefined) return this.#finish(await this.#store.refreshes.begin(planned, coin));
    }
  }

  /**
   * Takes up a refresh that another copy of this wallet has melted (`melts`: commitments that are not known here) and perhaps not revealed, if it
   * was planned as this wallet would plan it now. Gives whether it did: then resume() goes on with it.
   */
  async retake(coin, melts) {
    if (coin.state !== CoinState.free || Amount.parse(coin.remaining).isZero) return false;
    const keys = await this.#exchanges.keys(coin);
    const denomination = keys.denominations.find(({ id }) => id === coin.denomHash);
    const plan = denomination === undefined ? null : planRefresh(Amount.parse(coin.remaining), denomination.feeRefresh, keys.denominations, now());
    if (plan === null) return false;
    for (let number = 0; number <= firstNumber(coin) + SPARE_NUMBERS; number++) {
      const planned = await plannedRefresh(coin, coin.exposed ?? Exposed.ending, { ...plan, fee: denomination.feeRefresh }, number);
      if (!melts.includes(planned.id)) continue;
      await this.#store.refreshes.begin({ ...planned, doubt: true }, coin);
      return true;
    }
    return false;
  }

  #finish({ id }) {
    return exclusively(`taler-refresh-${id}`, async () => {
      const refresh = await this.#store.refreshes.get(id);
      if (refresh === undefined) return undefined;
      return new RefreshRun({ store: this.#store, exchanges: this.#exchanges, inquiry: this.#inquiry }).toEnd(refresh);
    });
  }
}

/** A coin is melted again by the same plan only when something came back to it, or when the exchange had refused. */
function firstNumber({ refunds = [] }) {
  return refunds.length;
}

/** The record of a refresh that is to begin. */
async function plannedRefresh(coin, reason, plan, number) {
  const planned = {
    coinPub: coin.coinPub, masterPub: coin.masterPub, exchange: coin.exchange, reason,
    denominations: plan.denominations.map((one) => ({ ...denominationRecord(one), feeWithdraw: one.feeWithdraw.toString() })),
    amount: plan.amount.toString(), fee: plan.fee.toString(), created: now(),
  };
  const whole = { ...planned, transferSecrets: await transferSecrets(coin.seed, planned, number) };
  return { id: (await refreshOf(whole, coin)).id, ...whole };
}

/** What was refused is tried again, after an hour, and after longer each time. */
function isTooEarly(failures = []) {
  // One of a time to come was written by a clock that was ahead.
  const past = failures.filter((time) => time <= now());
  return past.length > 0 && isWithin(Math.max(...past), Math.min(3600 * 2 ** (past.length - 1), 7 * 86_400));
}

/** {coin, reason, plan} when the coin wants it and can; else null. */
function wish(coin, keys) {
  const denomination = keys.denominations.find(({ id }) => id === coin.denomHash);
  if (denomination === undefined || denomination.revoked) return null;
  const reason = coin.exposed ?? (endsSoon(denomination) ? Exposed.ending : null);
  if (reason === null) return null;
  const plan = planRefresh(Amount.parse(coin.remaining), denomination.feeRefresh, keys.denominations, now());
  if (plan === null) return null;
  // What ends soon becomes something that lasts longer, or nothing is gained.
  if (reason === Exposed.ending && plan.denominations.some(({ expireDeposit }) => expireDeposit <= denomination.expireDeposit)) return null;
  return { coin, reason, plan: { ...plan, fee: denomination.feeRefresh } };
}

/** In the last half of the time in which its coins can be spent but not withdrawn any more. */
function endsSoon({ expireWithdraw, expireDeposit }) {
  return Number.isFinite(expireDeposit) && expireDeposit > expireWithdraw && now() >= expireWithdraw + (expireDeposit - expireWithdraw) / 2;
}
