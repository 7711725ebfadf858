// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Which exchange's coins pay an offer, and which coins. */

import { Amount } from "../core/amount.js";
import { selectCoins } from "../core/coin-selection.js";
import { ContractError, exchangeURLIn } from "../core/contract.js";
import { decodeBase32Fixed } from "../core/base32.js";
import { now } from "../core/time.js";

/** A coin whose last hour has begun is not spent: the shop's deposit might come too late. */
const MARGIN = 3600;

/** Refuses (ContractError) an offer that has expired, that asks for no money (a coin would be spent for it all the same), or that no coin of an exchange which this wallet has accepted could pay. */
export function checkPayable(offer, accepted) {
  if (offer.expiry <= now()) throw new ContractError("expired", "This offer has expired. Ask the shop for a new one.");
  if (offer.amount.isZero) throw new ContractError("no_price", "This offer asks for no money: there is nothing to pay.");
  if (accepted.length === 0) return;
  const ofCurrency = accepted.filter(({ currency }) => currency === offer.amount.currency);
  if (ofCurrency.length === 0) {
    const held = [...new Set(accepted.map(({ currency }) => currency))].join(", ");
    throw new ContractError("currency", `The shop wants ${offer.amount.currency}; this wallet holds ${held}.`);
  }
  if (candidates(offer, ofCurrency).length === 0) {
    throw new ContractError("exchange", "The shop does not take coins of the exchange that this wallet uses.");
  }
}

/** The accepted exchanges that the contract takes. */
function candidates(offer, accepted) {
  return accepted.filter(({ masterPub, currency }) => currency === offer.amount.currency
    && exchangeURLIn(offer, decodeBase32Fixed(masterPub, 32)) !== null);
}

/**
 * The cheapest {exchange, masterPub, exchangeURLInContract, plan} (see selectCoins) of all exchanges whose `coins` can pay, or null when none
 * suffice. `accepted` are records of exchanges; `revoked` gives the denominations (Set of hashes) that one of them has revoked.
 */
export async function cheapest(offer, accepted, coins, revoked) {
  const choices = await Promise.all(candidates(offer, accepted).map(async (record) => {
    const { url, masterPub } = record;
    const own = coins.filter((coin) => coin.masterPub === masterPub && coin.expireDeposit > now() + MARGIN);
    if (own.length === 0) return null;
    const recalled = await revoked(record);
    const plan = planned(own.filter(({ denomHash }) => !recalled.has(denomHash)), offer);
    return plan === null ? null
      : { exchange: url, masterPub, exchangeURLInContract: exchangeURLIn(offer, decodeBase32Fixed(masterPub, 32)), plan };
  }));
  return choices.filter((choice) => choice !== null).sort((a, b) => byCost(a.plan, b.plan))[0] ?? null;
}

/** Coins that are to be refreshed are left out when that costs the buyer nothing. */
function planned(records, offer) {
  const select = (some) => selectCoins(some.map(selectable), offer.amount, offer.maxFee);
  const plan = select(records);
  if (plan === null || plan.coins.every(({ coin }) => coin.record.exposed === null)) return plan;
  const calm = select(records.filter(({ exposed }) => exposed === null));
  return calm !== null && byCost(calm, plan) <= 0 ? calm : plan;
}

function selectable(record) {
  return { id: record.coinPub, remaining: Amount.parse(record.remaining), feeDeposit: Amount.parse(record.feeDeposit), record };
}

/** What the buyer pays, then what is split (and has to be refreshed), then what the shop pays. */
function byCost(a, b) {
  return a.total.compare(b.total) || splits(a) - splits(b) || a.fees.compare(b.fees);
}

function splits({ coins }) {
  return coins.filter(({ coin, contribution }) => contribution.compare(coin.remaining) < 0).length;
}
