// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Money on its way into the wallet: reserves, from the first key to the last coin. */

import { Amount, sum } from "../core/amount.js";
import { decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { newSeed, publicKeyOf } from "../core/ed25519.js";
import { isWithin, now } from "../core/time.js";
import { planWithdrawal } from "../core/withdraw-plan.js";
import { EngineError } from "./engine-error.js";
import { exclusively, ifFree } from "./locks.js";
import { ReserveState } from "./records.js";
import { callbackAddress, checkedSource } from "./reserve-source.js";
import { ReserveRun } from "./reserve-run.js";

/** The requests, of 256 coins each, that one withdrawal may be planned to take: each coin costs time and room. */
const MOST_BATCHES = 8;

/** In these states a bank may still send the money. */
const UNSENT = new Set([ReserveState.created, ReserveState.handed, ReserveState.failed]);

/** Whether a reserve's money is on its way, as far as anybody knows: it is not over, and the person has not dismissed it while it waited at the bank. */
export function isOnItsWay(reserve) {
  return reserve.state !== ReserveState.done && reserve.state !== ReserveState.failed && !isDismissed(reserve);
}

/** Whether the person has dismissed a withdrawal that waits at the bank, or waited until its time was over. Once money has come it is as any other. */
export function isDismissed({ dismissed, state, problem }) {
  if (dismissed !== true) return false;
  return waitsAtBank({ state }) || (state === ReserveState.failed && problem?.reason === "nothing_came");
}

/** Whether the person has yet to confirm it at the bank. */
export function waitsAtBank({ state }) {
  return state === ReserveState.created || state === ReserveState.handed;
}

/** A person waits this long (milliseconds) for the money; the wallet by itself only looks. */
const PATIENCE = 120_000;

/** What counts as over may still get money: it is looked at daily for a month, and hourly as long as pages of the wallet are opened (seconds). */
const LATE = { whole: 30 * 86_400, pause: 86_400, pauseOfPerson: 3_600 };

/**
 * `reason`: amount, amount_large, currency, source, callback; on_its_way (the money has not come yet); nothing_came; bank_refused (`hint`); no_coins
 * (`amount`: the exchange has none for it); exchange_refused (`hint`).
 */
export class WithdrawalError extends EngineError {}

export class Withdrawals {
  #store;
  #exchanges;
  /** Of accounts whose record names no bank: the sandbox bank's base address. */
  bankURL = null;

  constructor(store, exchanges) {
    this.#store = store;
    this.#exchanges = exchanges;
  }

  /**
   * What `amount` becomes at an exchange (the address or record of an accepted one, or a preview): {denominations, coins (their number), value,
   * fees, left}; `left` stays at the exchange, because no coin is that small.
   */
  async quote(amount, exchange) {
    const keys = Array.isArray(exchange?.denominations) ? exchange : await this.#exchanges.keys(exchange);
    if (amount.currency !== keys.currency) throw otherCurrency(amount, keys);
    return quoteOf(amount, keys.denominations);
  }

  /** A new reserve, stored: {amount, exchange (address or record of an accepted one), source}. Nobody has been asked for anything yet. */
  async create({ amount, exchange, source }) {
    const { url, masterPub, currency } = await this.#exchanges.trusted(exchange);
    if (amount.currency !== currency) throw otherCurrency(amount, { currency });
    if (amount.isZero) throw new WithdrawalError("amount", "That is no amount of money.");
    const seed = newSeed();
    const reserve = {
      reservePub: encodeBase32(await publicKeyOf(seed)), masterPub, exchange: url, seed, amount: amount.toString(),
      source: checkedSource(source), state: ReserveState.created, planchets: [], made: 0, withdrawn: null, problem: null, created: now(),
    };
    return this.#store.reserves.add(reserve);
  }

  /** The address at the bank that the tab goes to, for a reserve of a bank's page. */
  callbackAddress(reserve) {
    return callbackAddress(reserve);
  }

  /** The bank's callback address is being opened. */
  handed(reservePub) {
    return this.#advance(reservePub, ({ state }) => (state === ReserveState.created ? ReserveState.handed : null));
  }

  /** The bank's page says that it has sent the money. Only the page's own site may; gives whether it is about a reserve of that site. */
  async confirm(reservePub, origin) {
    const key = canonicalKey(reservePub);
    if (key === null) return false;
    let isKnown = false;
    await this.#advance(key, ({ state, source }) => {
      isKnown = source.kind === "page" && source.origin === origin;
      return isKnown && UNSENT.has(state) ? ReserveState.wired : null;
    });
    return isKnown;
  }

  /** The person forgets a withdrawal that waits at a bank's page. Its key stays: money that comes all the same becomes coins. */
  dismiss(reservePub) {
    return this.#alone(reservePub, async () => {
      const reserve = await this.#store.reserves.get(reservePub);
      if (reserve?.source.kind !== "page" || !waitsAtBank(reserve)) return;
      await this.#store.reserves.advance(reservePub, reserve.state, { dismissed: true });
    });
  }

  /** A reserve that counted as failed is taken up again. */
  retry(reservePub) {
    return this.#advance(reservePub, ({ state, problem: { reason } = {} }) => {
      if (state !== ReserveState.failed) return null;
      if (reason === "nothing_came") return ReserveState.handed;
      return reason === "bank_refused" ? ReserveState.asked : ReserveState.wired;
    });
  }

  /** Under the reserve's lock, so that no run that is under way puts its older record over it. */
  #advance(reservePub, next) {
    return this.#alone(reservePub, async () => {
      const reserve = await this.#store.reserves.get(reservePub);
      const state = reserve === undefined ? null : next(reserve);
      if (state !== null) await this.#store.reserves.advance(reservePub, reserve.state, { state, problem: null, plans: 0 });
    });
  }

  /**
   * Runs one reserve as far as it goes, `patience` milliseconds at most waiting for the money; another window that has it in hand keeps it.
   * Gives the record when it is done; throws WithdrawalError, NoAnswer or ExchangeError when not, and then it can be run again.
   */
  run({ reservePub }, progress = () => {}, { patience = PATIENCE } = {}) {
    return this.#alone(reservePub, () => this.#toEnd(reservePub, progress, patience));
  }

  async #toEnd(reservePub, progress, patience, isLate = false) {
    const reserve = await this.#store.reserves.get(reservePub);
    if (reserve === undefined) throw new WithdrawalError("source", "The wallet does not know this withdrawal.");
    const run = new ReserveRun({ store: this.#store, exchanges: this.#exchanges, bankURL: this.bankURL, progress, patience });
    const isOver = reserve.state === ReserveState.failed || reserve.state === ReserveState.done;
    const ended = await run.toEnd(isOver && isLate ? await run.takeUp(reserve) : reserve);
    if (ended.state === ReserveState.done) return ended;
    if (ended.problem !== null) throw new WithdrawalError(ended.problem.reason, ended.problem.message, ended.problem.parameters);
    throw new WithdrawalError("on_its_way", "The money is still on its way. The wallet looks again by itself.");
  }

  /**
   * Takes up every reserve that is not finished and that nobody else has in hand. Gives whether there was one; throws the last problem after
   * all were tried. Money that simply has not come yet is no problem. Reserves that failed are looked at once a day for a month, and (`isOpened`: a
   * person has the wallet open) however old they are.
   */
  async resume(progress = () => {}, { patience = 0, isOpened = false } = {}) {
    const open = await this.#store.reserves.open();
    const late = (await this.#store.reserves.all()).filter((reserve) => isDue(reserve, isOpened));
    let problem = null;
    for (const { reservePub, state } of [...open, ...late]) {
      try {
        await ifFree(lockOf(reservePub), () => this.#toEnd(reservePub, progress, patience, true));
      } catch (error) {
        if (error.reason !== "on_its_way" && state !== ReserveState.failed) problem = error;
      }
    }
    if (problem !== null) throw problem;
    return open.length > 0;
  }

  #alone(reservePub, body) {
    return exclusively(lockOf(reservePub), body);
  }
}

/** Whether a reserve that is over is looked at again: a failed one, or one whose history the exchange has not told. */
function isDue({ state, doubt, looked, created }, isOpened) {
  const isOver = state === ReserveState.failed || (state === ReserveState.done && doubt === true && looked !== undefined);
  if (!isOver || (!isOpened && now() - created > LATE.whole)) return false;
  return looked === undefined || !isWithin(looked, isOpened ? LATE.pauseOfPerson : LATE.pause);
}

function lockOf(reservePub) {
  return `taler-reserve-${reservePub}`;
}

function canonicalKey(text) {
  try {
    return encodeBase32(decodeBase32Fixed(text, 32));
  } catch {
    return null;
  }
}

function quoteOf(amount, all) {
  const denominations = [];
  let left = amount;
  // More than one request's coins: as the reserve is emptied, batch by batch.
  for (let batch = 0; ; batch++) {
    const plan = planWithdrawal(left, all, now());
    if (plan.denominations.length === 0) break;
    if (batch === MOST_BATCHES) throw new WithdrawalError("amount_large", "That is more than this wallet can take at once.");
    denominations.push(...plan.denominations);
    left = plan.left;
  }
  const value = sum(amount.currency, denominations.map((one) => one.value));
  const fees = sum(amount.currency, denominations.map((one) => one.feeWithdraw));
  return { amount, denominations, coins: denominations.length, value, fees, left };
}

function otherCurrency(amount, { currency }) {
  return new WithdrawalError("currency", `The exchange has ${currency}, not ${amount.currency}.`, { wanted: amount.currency, has: currency });
}
