// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The records of a backup, each checked whole before any is stored: shapes, keys, signatures. Members that are not known are dropped. */

import { Amount } from "../core/amount.js";
import { decodeBase32Fixed } from "../core/base32.js";
import { readOffer } from "../core/contract.js";
import { verifyExchangeKeys } from "../core/exchange-keys.js";
import { atKnownBank, checkSending, ownAddress, permissionText, siteOf } from "./backup-purchase.js";
import {
  amount, bytes, coinSignature, currency, denomination, exchangeURL, hash, key, list, must, object, oneOf, orNull, seedOf, text, time, webAddress,
  whole,
} from "./checks.js";
import { problemOf } from "./engine-error.js";
import { CoinState, Entry, Exposed, PurchaseState, RefreshState, ReserveState } from "./records.js";
import { refreshOf } from "./refresh-run.js";

const CHECKS = { exchanges: exchange, coins: coin, reserves: reserve, purchases: purchase, refreshes: refresh, ledger: entry };

/** {store: [record]} of what decodeRecords() gave; `bankURL` as in atKnownBank(). Throws SyntaxError with the record that is wrong. */
export async function checkedRecords(records, bankURL = null) {
  const checked = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    checked[name] = [];
    for (const [i, record] of list(records[name], name).entries()) {
      try {
        checked[name].push(await check(object(record, "it")));
      } catch (error) {
        throw new SyntaxError(`${name}, record ${i}: ${error.message}`, { cause: error });
      }
    }
  }
  await checkCommitments(checked);
  checkSending(checked);
  return { ...checked, reserves: checked.reserves.map((one) => atKnownBank(one, bankURL)) };
}

async function exchange(record) {
  const next = {
    url: exchangeURL(record.url, "url"), masterPub: key(record.masterPub, "masterPub"), currency: currency(record.currency, "currency"),
    json: record.json ?? null, fetched: whole(record.fetched, "fetched"), accepted: orNull(record.accepted, whole, "accepted"),
  };
  const expected = { masterKey: decodeBase32Fixed(next.masterPub, 32), currency: next.currency, time: next.fetched };
  // Keys are a copy of what the exchange says; ones that cannot be verified are fetched anew.
  const isVerified = await verifyExchangeKeys(next.json, expected).then(() => true, () => false);
  return isVerified ? next : { ...next, json: null, fetched: 0 };
}

async function coin(record) {
  const coinPub = key(record.coinPub, "coinPub");
  const kind = await denomination(record, "the coin");
  const { currency: unit, units } = Amount.parse(kind.value);
  const remaining = amount(record.remaining, "remaining", unit);
  must(Amount.parse(remaining).units <= units, "the coin holds more than it is worth");
  const state = oneOf(CoinState)(record.state, "state");
  const lockedFor = orNull(record.lockedFor, hash, "lockedFor");
  must((lockedFor !== null) === (state === CoinState.locked || state === CoinState.melting), "lockedFor does not go with the state");
  return {
    coinPub, ...owner(record), seed: await seedOf(record.seed, coinPub, "seed"),
    signature: await coinSignature(record.signature, coinPub, kind, "the coin"), ...kind, remaining, state, lockedFor,
    exposed: orNull(record.exposed, oneOf(Exposed), "exposed"), from: orNull(record.from, origin, "from"),
    refunds: list(record.refunds ?? [], "refunds").map((one) => text(one, "refunds")),
    doubt: record.doubt === true,
  };
}

function origin({ reserve: reservePub, refresh: id }) {
  return reservePub === undefined ? { refresh: text(id, "from") } : { reserve: key(reservePub, "from") };
}

/** The address is not known of what an early wallet had from an exchange that it had forgotten. */
function owner({ masterPub, exchange: url }) {
  return { masterPub: key(masterPub, "masterPub"), exchange: orNull(url, exchangeURL, "exchange") };
}

async function reserve(record) {
  const reservePub = key(record.reservePub, "reservePub");
  const { currency: unit } = Amount.parse(record.amount);
  const planchets = [];
  const dropped = [];
  for (const one of list(record.planchets, "planchets", 256)) planchets.push(await planchet(one, unit));
  for (const one of list(record.dropped ?? [], "dropped", 1024)) dropped.push(await planchet(one, unit));
  const state = oneOf(ReserveState)(record.state, "state");
  must(state !== ReserveState.planned || planchets.length > 0, "planned without planchets");
  return {
    reservePub, ...owner(record), seed: await seedOf(record.seed, reservePub, "seed"), amount: amount(record.amount, "amount"),
    source: source(object(record.source, "source")), state, planchets, dropped, made: whole(record.made ?? 0, "made"),
    withdrawn: orNull(record.withdrawn, (value, what) => amount(value, what, unit), "withdrawn"), problem: orNull(record.problem, problem, "problem"),
    plans: whole(record.plans ?? 0, "plans"), doubt: record.doubt === true, created: whole(record.created, "created"),
    ...(record.dismissed === true ? { dismissed: true } : {}),
  };
}

async function planchet(record, unit) {
  return {
    secret: bytes(record.secret, 32, "a planchet"), ...await denomination(record, "a planchet"), feeWithdraw: amount(record.feeWithdraw, "a planchet", unit),
    ...(record.found === true ? { found: true } : {}),
  };
}

function source(record) {
  if (record.kind === "account") {
    const account = { kind: "account", username: text(record.username, "username"), password: text(record.password, "password") };
    return record.bank === undefined ? account : { ...account, bank: webAddress(record.bank, "bank") };
  }
  must(record.kind === "page", "source is of no known kind");
  return { kind: "page", origin: webAddress(record.origin, "origin"), callback: webAddress(record.callback, "callback") };
}

/** Wallets of before kept a text. */
function problem(value) {
  if (typeof value === "string") return problemOf(value);
  const parameters = Object.entries(object(value.parameters ?? {}, "problem")).map(([name, one]) => [name, String(one)]);
  return { reason: text(value.reason, "problem"), parameters: Object.fromEntries(parameters), message: text(value.message ?? "", "problem") };
}

async function purchase(record) {
  const id = hash(record.id, "id");
  const offer = await readOffer(text(record.text, "text"));
  must(offer.id === id, "it is another contract");
  const unit = offer.amount.currency;
  const site = siteOf(record.origin);
  const address = (name) => ownAddress(record[name], site, name);
  const coins = list(record.coins, "coins", 256).map((one) => part(one, unit));
  const masterPub = orNull(record.masterPub, key, "masterPub");
  const earlier = [];
  for (const one of list(record.earlier ?? [], "earlier", 256)) earlier.push(await earlierTry(one, offer));
  return {
    id, text: record.text, page: address("page"), origin: site, payURL: address("payURL"), execURL: address("execURL"),
    exchange: orNull(record.exchange, exchangeURL, "exchange"), masterPub,
    merchant: orNull(record.merchant, text, "merchant"), merchantPub: orNull(record.merchantPub, key, "merchantPub"),
    correlation: orNull(record.correlation, text, "correlation"), title: text(record.title, "title"), amount: amount(record.amount, "amount", unit),
    total: amount(record.total, "total", unit), expiry: orNull(record.expiry, time, "expiry"),
    refundDeadline: orNull(record.refundDeadline, time, "refundDeadline"), permission: await permissionText(record.permission, offer, { coins, masterPub }),
    coins, attempt: whole(record.attempt ?? 1, "attempt"), earlier, state: oneOf(PurchaseState)(record.state, "state"),
    refusals: list(record.refusals ?? [], "refusals").map(refusal), refunds: list(record.refunds ?? [], "refunds").map((one) => refund(one, unit)),
    tries: whole(record.tries ?? 0, "tries"), created: whole(record.created, "created"), url: orNull(record.url, webAddress, "url"),
  };
}

async function earlierTry(record, offer) {
  const unit = offer.amount.currency;
  const coins = list(record.coins, "earlier", 256).map((one) => part(one, unit));
  const masterPub = orNull(record.masterPub, key, "earlier");
  return {
    attempt: whole(record.attempt, "earlier"), permission: await permissionText(record.permission, offer, { coins, masterPub }), coins,
    total: amount(record.total, "earlier", unit), exchange: orNull(record.exchange, exchangeURL, "earlier"), masterPub,
  };
}

function part({ coinPub, remaining, contribution, taken }, unit) {
  return {
    coinPub: key(coinPub, "coins"), remaining: amount(remaining, "coins", unit), contribution: amount(contribution, "coins", unit),
    ...(taken === undefined ? {} : { taken: taken === true }),
  };
}

function refusal({ status, code, hint, time: when, coinPub = null }) {
  return {
    status: whole(status, "refusals"), code: orNull(code, whole, "refusals"), hint: orNull(hint, text, "refusals"), time: whole(when, "refusals"),
    coinPub: orNull(coinPub, key, "refusals"),
  };
}

function refund({ coinPub, transactionID, amount: refunded, credited }, unit) {
  return {
    coinPub: key(coinPub, "refunds"), transactionID: whole(transactionID, "refunds"), amount: amount(refunded, "refunds", unit),
    credited: amount(credited, "refunds", unit),
  };
}

async function refresh(record) {
  const { currency: unit } = Amount.parse(record.amount);
  const denominations = [];
  for (const one of list(record.denominations, "denominations", 256)) {
    denominations.push({ ...await denomination(one, "a fresh coin"), feeWithdraw: amount(one.feeWithdraw, "a fresh coin", unit) });
  }
  must(denominations.length > 0, "no fresh coins");
  const secrets = list(record.transferSecrets, "transferSecrets", 3).map((one) => bytes(one, 32, "transferSecrets"));
  must(secrets.length === 3, "a refresh has three transfer secrets");
  const state = oneOf(RefreshState)(record.state, "state");
  const hidden = orNull(record.hidden, whole, "hidden");
  must(hidden === null || hidden < 3, "hidden is no candidate");
  must(state !== RefreshState.melted || hidden !== null, "melted without its candidate");
  return {
    id: hash(record.id, "id"), coinPub: key(record.coinPub, "coinPub"), ...owner(record), transferSecrets: secrets, denominations,
    amount: amount(record.amount, "amount"), fee: amount(record.fee, "fee", unit), hidden, state, reason: orNull(record.reason, oneOf(Exposed), "reason"),
    problem: orNull(record.problem, problem, "problem"), doubt: record.doubt === true, refusals: whole(record.refusals ?? 0, "refusals"),
    created: whole(record.created, "created"),
  };
}

/** A refresh that is under way must make the commitment by which it is known, or it could never go on. */
async function checkCommitments({ coins, refreshes }) {
  const found = new Map(coins.map((one) => [one.coinPub, one]));
  for (const one of refreshes.filter(({ state }) => state === RefreshState.planned || state === RefreshState.melted)) {
    must(found.has(one.coinPub), "a refresh without its coin");
    must((await refreshOf(one, found.get(one.coinPub))).id === one.id, "a refresh that does not make its commitment");
  }
}

function entry(record) {
  const unit = currency(record.currency, "currency");
  must(record.sign === 1 || record.sign === -1, "sign is none");
  return {
    number: whole(record.number, "number"), time: whole(record.time, "time"), masterPub: key(record.masterPub, "masterPub"), currency: unit,
    kind: oneOf(Entry)(record.kind, "kind"), sign: record.sign, amount: amount(record.amount, "amount", unit), fee: amount(record.fee, "fee", unit),
    reference: text(record.reference, "reference"), title: text(record.title, "title"),
  };
}
