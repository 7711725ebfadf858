// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Getting sandbox money, in steps that can be interrupted at any point and are taken up again when the wallet opens:
 * created → registered → asked → wired → planned → done. What must not be lost is stored before the step that needs it.
 */

import { Amount } from "../core/amount.js";
import { newSeed, publicKeyOf } from "../core/ed25519.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../core/base32.js";
import { coinFromAnswer, withdrawRequest } from "../core/planchet.js";
import { decodeRsaPublicKey } from "../core/rsa.js";
import { now } from "../core/time.js";
import { randomBytes } from "../core/webcrypto.js";
import { planWithdrawal } from "../core/withdraw-plan.js";
import { registerAccount, withdrawToReserve } from "./bank.js";
import { Refused } from "./http.js";
import { CoinState, ReserveState } from "./records.js";

/** One wait of the exchange for a transfer (milliseconds), and how many of them. */
const WAIT = 10_000;
const WAITS = 12;

export class Withdrawals {
  #configuration;
  #store;
  #exchange;

  constructor(configuration, store, exchange) {
    this.#configuration = configuration;
    this.#store = store;
    this.#exchange = exchange;
  }

  /** A new reserve for `amount` of play money, from a bank account of its own; runs it to its end. `progress` gets a text for each step. */
  async start(amount, progress) {
    const seed = newSeed();
    const name = encodeBase32(randomBytes(10)).toLowerCase();
    const reserve = {
      reservePub: encodeBase32(await publicKeyOf(seed)),
      seed,
      amount: amount.toString(),
      source: { kind: "account", username: `wallet-${name}`, password: encodeBase32(randomBytes(20)) },
      state: ReserveState.created,
      planchets: [],
      withdrawn: null,
      problem: null,
      created: now(),
    };
    await this.#store.putReserve(reserve);
    await this.run(reserve, progress);
  }

  /** Takes up every reserve that is not finished. Gives whether there was one; throws the last problem after all were tried. */
  async resume(progress) {
    const open = (await this.#store.reserves()).filter(({ state }) => state !== ReserveState.done && state !== ReserveState.failed);
    let problem = null;
    for (const reserve of open) {
      try {
        await this.run(reserve, progress);
      } catch (error) {
        problem = error;
      }
    }
    if (problem !== null) throw problem;
    return open.length > 0;
  }

  /** Runs one reserve as far as it goes; another window that has it in hand keeps it. */
  run(reserve, progress) {
    return navigator.locks.request(`taler-reserve-${reserve.reservePub}`, async () => {
      let current = (await this.#store.reserves()).find(({ reservePub }) => reservePub === reserve.reservePub) ?? reserve;
      while (current.state !== ReserveState.done && current.state !== ReserveState.failed) {
        current = await this.#step(current, progress);
      }
      if (current.state === ReserveState.failed) throw new Error(current.problem);
    });
  }

  #step(reserve, progress) {
    switch (reserve.state) {
      case ReserveState.created: return this.#register(reserve, progress);
      case ReserveState.registered: return this.#ask(reserve, progress);
      case ReserveState.asked: return this.#askAgain(reserve, progress);
      case ReserveState.wired: return this.#plan(reserve, progress);
      default: return this.#collect(reserve, progress);
    }
  }

  async #advance(reserve, changes) {
    const next = { ...reserve, ...changes };
    await this.#store.putReserve(next);
    return next;
  }

  async #register(reserve, progress) {
    progress("Opening an account at the sandbox bank…");
    await registerAccount(this.#configuration.bankURL, reserve.source);
    return this.#advance(reserve, { state: ReserveState.registered });
  }

  async #ask(reserve, progress) {
    progress("Asking the bank to send the money…");
    const asked = await this.#advance(reserve, { state: ReserveState.asked });
    try {
      await withdrawToReserve(this.#configuration.bankURL, reserve.source, reserve.amount, reserve.reservePub);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#advance(asked, { state: ReserveState.failed, problem: `The bank refused: ${error.message}` });
    }
    return this.#advance(asked, { state: ReserveState.wired });
  }

  /** Interrupted while the bank was asked. If the money is not there, the bank did not hear: its account serves this reserve alone. */
  async #askAgain(reserve, progress) {
    progress("Looking whether the money has come…");
    const balance = await this.#exchange.reserveBalance(reserve.reservePub, WAIT);
    return this.#advance(reserve, { state: balance === null ? ReserveState.registered : ReserveState.wired });
  }

  async #plan(reserve, progress) {
    progress("Waiting for the money to reach the exchange…");
    const balance = await this.#arrived(reserve);
    const keys = await this.#exchange.keys();
    const { denominations } = planWithdrawal(balance, keys.denominations, now());
    if (denominations.length === 0) {
      if (reserve.withdrawn !== null) return this.#advance(reserve, { state: ReserveState.done, problem: null });
      return this.#advance(reserve, { state: ReserveState.failed, problem: `The exchange has no coins for ${balance}.` });
    }
    const planchets = denominations.map((denomination) => ({
      secret: randomBytes(32),
      denomPub: encodeBase32(denomination.rsaKey.encoded),
      denomHash: denomination.id,
      value: denomination.value.toString(),
      feeWithdraw: denomination.feeWithdraw.toString(),
      feeDeposit: denomination.feeDeposit.toString(),
      expireDeposit: denomination.expireDeposit,
    }));
    return this.#advance(reserve, { state: ReserveState.planned, planchets });
  }

  async #arrived(reserve) {
    for (let i = 0; i < WAITS; i++) {
      const balance = await this.#exchange.reserveBalance(reserve.reservePub, WAIT);
      if (balance !== null) return balance;
    }
    throw new Error("The money is still on its way. The wallet looks again when it is opened next.");
  }

  async #collect(reserve, progress) {
    progress(`Making ${reserve.planchets.length} coins…`);
    const requests = [];
    for (const planchet of reserve.planchets) {
      requests.push(await withdrawRequest(planchet.secret, denominationOf(planchet), reserve.seed));
    }
    let answers;
    try {
      answers = await this.#exchange.batchWithdraw(reserve.reservePub, requests);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#replan(reserve, error);
    }
    const coins = [];
    for (const [i, planchet] of reserve.planchets.entries()) coins.push(await makeCoin(planchet, answers[i]));
    const total = coins.reduce((all, coin) => all.add(Amount.parse(coin.value)),
      reserve.withdrawn === null ? Amount.zero(this.#configuration.currency) : Amount.parse(reserve.withdrawn));
    // Back to `wired`: what is left in the reserve, if it is enough for a coin, is collected too.
    const next = { ...reserve, state: ReserveState.wired, planchets: [], withdrawn: total.toString(), problem: null };
    await this.#store.acceptCoins(next, coins);
    return next;
  }

  /** The exchange refused these planchets (a denomination has ended, say): once, others are tried with fresh keys. */
  async #replan(reserve, error) {
    if (reserve.problem !== null) return this.#advance(reserve, { state: ReserveState.failed, problem: `The exchange refused: ${error.message}` });
    await this.#exchange.keys({ refresh: true });
    return this.#advance(reserve, { state: ReserveState.wired, planchets: [], problem: error.message });
  }
}

function denominationOf(planchet) {
  return {
    hash: decodeBase32Fixed(planchet.denomHash, 64),
    id: planchet.denomHash,
    rsaKey: decodeRsaPublicKey(decodeBase32(planchet.denomPub)),
    value: Amount.parse(planchet.value),
    feeWithdraw: Amount.parse(planchet.feeWithdraw),
  };
}

async function makeCoin(planchet, answer) {
  const { coinSeed, coinKey, signature } = await coinFromAnswer(planchet.secret, denominationOf(planchet), answer);
  const { denomPub, denomHash, value, feeDeposit, expireDeposit } = planchet;
  return {
    coinPub: encodeBase32(coinKey), seed: coinSeed, signature: encodeBase32(signature),
    denomPub, denomHash, value, feeDeposit, expireDeposit, remaining: value, state: CoinState.free, lockedFor: null,
  };
}
