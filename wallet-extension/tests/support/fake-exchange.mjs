// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * An exchange in memory with real keys and real signatures: reserves, withdrawals, deposits, refunds, melts, reveals, links and histories, each
 * request checked as an exchange must and answered again in the same way. `keyFees`: of each operation, as text.
 */

import { Amount, sum } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { equalBytes } from "../../core/bytes.js";
import { coinEnvelopeHash, coinKeyHash, refreshCommitment } from "../../core/derived-hashes.js";
import { meltConfirmationMessage, refundConfirmationMessage } from "../../core/exchange-messages.js";
import { refundRequestMessage } from "../../core/merchant-messages.js";
import { coinEnvelope } from "../../core/planchet.js";
import { verifyRsa } from "../../core/rsa.js";
import { isSignedBy, signMessage } from "../../core/signed-message.js";
import { timeFromJSON } from "../../core/time.js";
import { freshPlanchetSecret, transferSecretOfKey } from "../../core/transfer-secret.js";
import { coinHistoryMessage, depositMessage, linkMessage, meltMessage, reserveHistoryMessage, withdrawMessage } from "../../core/wallet-messages.js";
import { x25519PublicKeyOf } from "../../core/x25519.js";
import { ExchangeKeys, signBlinded } from "./fake-exchange-keys.mjs";

/** A refusal as an exchange sends it. */
class Refusal extends Error {
  constructor(status, code, members = {}) {
    super(`code ${code}`);
    this.status = status;
    this.body = { code, hint: `code ${code}`, ...members };
  }
}

export class FakeExchange {
  /** What happens to a request before it is answered: may throw, or answer {status, body} itself. */
  before = async () => undefined;
  /** Called after a request was carried out, before its answer leaves. */
  after = async () => {};
  /** Every request: `METHOD /path`. */
  requests = [];
  reserves = new Map();
  coins = new Map();
  sessions = new Map();
  #envelopes = new Map();
  /** What all coins that it ever signed were worth when they were new, in units of 10^-8. */
  #issued = 0n;

  constructor(url, keys) {
    this.url = url;
    this.keys = keys;
  }

  static async make(url = "http://exchange.example/", options = {}) {
    return new FakeExchange(url, await ExchangeKeys.make(options));
  }

  get masterPub() {
    return this.keys.masterPub;
  }

  /** The bank's transfer. */
  wire(reservePub, amount) {
    const reserve = this.reserves.get(reservePub) ?? { balance: Amount.parse(amount).subtract(Amount.parse(amount)), history: [] };
    reserve.balance = reserve.balance.add(Amount.parse(amount));
    reserve.history.push({ type: "CREDIT", amount });
    this.reserves.set(reservePub, reserve);
  }

  /** As fetch() would: {status, body}. */
  async answer(method, path, body, headers) {
    this.requests.push(`${method} ${path.split("?")[0]}`);
    const own = await this.before(method, path);
    if (own !== undefined) return own;
    let answer;
    try {
      answer = { status: 200, body: await this.#carryOut(method, path.split("?")[0].split("/").filter((part) => part !== ""), body, headers) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = { status: error.status, body: error.body };
    }
    await this.after(method, path);
    return answer;
  }

  async #carryOut(method, [kind, key, operation], body, headers) {
    switch (`${method} ${kind} ${operation ?? ""}`.trim()) {
      case "GET keys": return this.keys.document();
      case "GET reserves": return { balance: this.#reserve(key).balance.toString() };
      case "GET reserves history": return this.#reserveHistory(key, headers);
      case "POST reserves batch-withdraw": return this.#withdraw(key, body);
      case "POST coins melt": return this.#melt(key, body);
      case "POST refreshes reveal": return this.#reveal(key, body);
      case "GET coins link": return this.#link(key);
      case "GET coins history": return this.#coinHistory(key, headers);
      default: throw new Refusal(404, 21);
    }
  }

  #reserve(reservePub) {
    if (!this.reserves.has(reservePub)) throw new Refusal(404, 1027);
    return this.reserves.get(reservePub);
  }

  async #reserveHistory(reservePub, headers) {
    const signature = decodeBase32Fixed(headers["Taler-Reserve-History-Signature"], 64);
    if (!(await isSignedBy(reserveHistoryMessage(0), signature, decodeBase32Fixed(reservePub, 32)))) throw new Refusal(403, 1252);
    const { balance, history } = this.#reserve(reservePub);
    return { balance: balance.toString(), history };
  }

  #denomination(hash, operation) {
    const found = this.keys.find(hash);
    if (found === undefined) throw new Refusal(404, 1005, { h_denom_pub: hash });
    if (found.isRevoked) throw new Refusal(410, 1010, { h_denom_pub: hash, oper: operation });
    return found;
  }

  async #withdraw(reservePub, { planchets }) {
    const reserve = this.#reserve(reservePub);
    const found = [];
    for (const planchet of planchets) {
      const blinded = decodeBase32(planchet.coin_ev.rsa_blinded_planchet);
      const hash = decodeBase32Fixed(planchet.denom_pub_hash, 64);
      const envelope = await coinEnvelopeHash(hash, blinded);
      found.push({ blinded, envelope, id: encodeBase32(envelope), planchet, hash });
    }
    const known = found.filter(({ id }) => this.#envelopes.has(id));
    if (known.length === found.length) return { ev_sigs: found.map(({ id }) => this.#envelopes.get(id)) };
    if (known.length > 0) throw new Refusal(409, 1175);
    let cost = Amount.zero(reserve.balance.currency);
    for (const one of found) {
      one.denomination = this.#denomination(one.planchet.denom_pub_hash, "WITHDRAW");
      const amountWithFee = one.denomination.value.add(one.denomination.feeWithdraw);
      const message = withdrawMessage({ amountWithFee, denominationHash: one.hash, coinEnvelopeHash: one.envelope });
      const signature = decodeBase32Fixed(one.planchet.reserve_sig, 64);
      if (!(await isSignedBy(message, signature, decodeBase32Fixed(reservePub, 32)))) throw new Refusal(403, 1154);
      cost = cost.add(amountWithFee);
    }
    if (cost.compare(reserve.balance) > 0) throw new Refusal(409, 1150, { balance: reserve.balance.toString() });
    reserve.balance = reserve.balance.subtract(cost);
    for (const { id, blinded, denomination } of found) {
      this.#issued += denomination.value.units;
      this.#envelopes.set(id, signBlinded(denomination, blinded));
      reserve.history.push({ type: "WITHDRAW", h_coin_envelope: id, h_denom_pub: denomination.id, amount: denomination.value.toString() });
    }
    return { ev_sigs: found.map(({ id }) => this.#envelopes.get(id)) };
  }

  /** The coin's record; made when the coin is good and comes for the first time. */
  async #coin(coinPub, denominationHash, signature, operation) {
    const denomination = this.#denomination(denominationHash, operation);
    const hash = await coinKeyHash(decodeBase32Fixed(coinPub, 32));
    if (!(await verifyRsa(denomination.rsaKey, hash, decodeBase32(signature)))) throw new Refusal(403, 1006);
    return this.coins.get(coinPub) ?? { denomination, balance: denomination.value, history: [], links: [] };
  }

  #take(coinPub, coin, amount, entry) {
    if (coin.balance.compare(amount) < 0) throw new Refusal(409, 1012, { coin_pub: coinPub });
    coin.balance = coin.balance.subtract(amount);
    coin.history.push(entry);
    this.coins.set(coinPub, coin);
  }

  /** What a merchant's backend does with a deposit permission of a wallet (text); the contract's terms say to whom. */
  async deposit(permission, terms) {
    const { H_contract: contract, H_wire: wire, coins } = JSON.parse(permission);
    for (const { coin_pub: coinPub, denom_pub: key, ub_sig: signature, coin_sig: coinSignature, f } of coins) {
      const denomination = this.keys.denominations.find((one) => encodeBase32(one.rsaKey.encoded) === key);
      const coin = await this.#coin(coinPub, denomination.id, signature, "DEPOSIT");
      if (coin.history.some((entry) => entry.type === "DEPOSIT" && entry.h_contract_terms === contract)) continue;
      const contribution = Amount.fromJSON(f);
      const [timestamp, refundDeadline] = [timeFromJSON(terms.timestamp), timeFromJSON(terms.refund_deadline)];
      const message = depositMessage({
        contractHash: decodeBase32Fixed(contract, 64), wireHash: decodeBase32Fixed(wire, 64), denominationHash: denomination.hash, timestamp, refundDeadline,
        contribution, depositFee: denomination.feeDeposit, merchantKey: decodeBase32Fixed(terms.merchant_pub, 32),
      });
      if (!(await isSignedBy(message, decodeBase32Fixed(coinSignature, 64), decodeBase32Fixed(coinPub, 32)))) throw new Refusal(403, 1205);
      this.#take(coinPub, coin, contribution, {
        type: "DEPOSIT", amount: contribution.toString(), deposit_fee: denomination.feeDeposit.toString(), timestamp: { t_s: timestamp },
        refund_deadline: { t_s: refundDeadline }, merchant_pub: terms.merchant_pub, h_contract_terms: contract, h_wire: wire, coin_sig: coinSignature,
      });
    }
  }

  /** A merchant's refund; gives the part of the shop's list about it. */
  async refund({ coinPub, contract, merchantSeed, merchantPub, transactionID, amount }) {
    const coin = this.coins.get(coinPub);
    const about = {
      contractHash: decodeBase32Fixed(contract, 64), coinKey: decodeBase32Fixed(coinPub, 32), merchantKey: decodeBase32Fixed(merchantPub, 32), transactionID,
      amount: Amount.parse(amount),
    };
    const credited = about.amount.subtract(coin.denomination.feeRefund);
    coin.balance = coin.balance.add(credited);
    coin.history.push({
      type: "REFUND", amount: credited.toString(), refund_fee: coin.denomination.feeRefund.toString(), h_contract_terms: contract, merchant_pub: merchantPub,
      rtransaction_id: transactionID, merchant_sig: encodeBase32(await signMessage(refundRequestMessage(about), merchantSeed)),
    });
    return { coin_pub: coinPub, refund_amount: amount, rtransaction_id: transactionID, status: "accepted", ...await this.keys.signed(refundConfirmationMessage(about)) };
  }

  async #melt(coinPub, { rc, denom_pub_hash: hash, denom_sig: signature, value_with_fee: amountText, confirm_sig: confirm }) {
    const coin = await this.#coin(coinPub, hash, signature.rsa_signature, "MELT");
    const amount = Amount.parse(amountText);
    const fee = coin.denomination.feeRefresh;
    const message = meltMessage({ commitment: decodeBase32Fixed(rc, 64), denominationHash: coin.denomination.hash, amountWithFee: amount, meltFee: fee });
    if (!(await isSignedBy(message, decodeBase32Fixed(confirm, 64), decodeBase32Fixed(coinPub, 32)))) throw new Refusal(403, 1303);
    if (!this.sessions.has(rc)) {
      this.#take(coinPub, coin, amount, { type: "MELT", amount: amountText, melt_fee: fee.toString(), rc, coin_sig: confirm });
      this.sessions.set(rc, { coinPub, amount, fee, hidden: this.sessions.size % 3, answer: null });
    }
    const { hidden } = this.sessions.get(rc);
    return { noreveal_index: hidden, ...await this.keys.signed(meltConfirmationMessage({ commitment: decodeBase32Fixed(rc, 64), hidden })) };
  }

  async #reveal(rc, body) {
    const session = this.sessions.get(rc);
    if (session === undefined) throw new Refusal(404, 1355);
    if (session.answer !== null) return session.answer;
    const denominations = body.new_denoms_h.map((hash) => this.#denomination(hash, "MELT"));
    const coinKey = decodeBase32Fixed(session.coinPub, 32);
    const transferKey = decodeBase32Fixed(body.transfer_pub, 32);
    const hiddenPlanchets = body.coin_evs.map(({ rsa_blinded_planchet: blinded }) => decodeBase32(blinded));
    const [transferKeys, planchets, shown] = [[], [], [...body.transfer_privs]];
    for (let k = 0; k < 3; k++) {
      if (k === session.hidden) {
        transferKeys.push(transferKey);
        planchets.push(hiddenPlanchets);
        continue;
      }
      const secret = decodeBase32Fixed(shown.shift(), 32);
      const shared = await transferSecretOfKey(secret, coinKey);
      transferKeys.push(await x25519PublicKeyOf(secret));
      planchets.push(await Promise.all(denominations.map(async (one, i) => (await coinEnvelope(await freshPlanchetSecret(shared, i), one)).blinded)));
    }
    const expected = await refreshCommitment({
      transferKeys, denominationHashes: denominations.map(({ hash }) => hash), coinKey, amountWithFee: session.amount, planchets,
    });
    if (!equalBytes(expected, decodeBase32Fixed(rc, 64))) throw new Refusal(409, 1353);
    const cost = sum(session.amount.currency, denominations.flatMap(({ value, feeWithdraw }) => [value, feeWithdraw])).add(session.fee);
    if (cost.compare(session.amount) > 0) throw new Refusal(400, 1360);
    const links = [];
    for (const [i, blinded] of hiddenPlanchets.entries()) {
      const envelope = await coinEnvelopeHash(denominations[i].hash, blinded);
      const message = linkMessage({ denominationHash: denominations[i].hash, transferKey, coinEnvelopeHash: envelope });
      if (!(await isSignedBy(message, decodeBase32Fixed(body.link_sigs[i], 64), coinKey))) throw new Refusal(403, 1361);
      const denominationKey = { cipher: "RSA", age_mask: 0, rsa_pub: encodeBase32(denominations[i].rsaKey.encoded) };
      links.push({ denom_pub: denominationKey, coin_idx: i, link_sig: body.link_sigs[i], ...signBlinded(denominations[i], blinded) });
    }
    for (const { value } of denominations) this.#issued += value.units;
    this.coins.get(session.coinPub).links.push({ transfer_pub: body.transfer_pub, new_coins: links });
    session.answer = { ev_sigs: links.map(({ ev_sig: signature }) => ({ ev_sig: signature })) };
    return session.answer;
  }

  #link(coinPub) {
    const links = this.coins.get(coinPub)?.links ?? [];
    if (links.length === 0) throw new Refusal(404, 1400);
    return links;
  }

  async #coinHistory(coinPub, headers) {
    const signature = decodeBase32Fixed(headers["Taler-Coin-History-Signature"], 64);
    if (!(await isSignedBy(coinHistoryMessage(0), signature, decodeBase32Fixed(coinPub, 32)))) throw new Refusal(403, 1251);
    const coin = this.coins.get(coinPub);
    if (coin === undefined) throw new Refusal(404, 1019);
    return { h_denom_pub: coin.denomination.id, balance: coin.balance.toString(), history: coin.history };
  }

  /** What a coin can still pay. */
  balanceOf(coin) {
    return this.coins.get(coin.coinPub)?.balance ?? Amount.parse(coin.value);
  }

  /** What all coins that it ever signed can still pay, in units of 10^-8, whether it has seen them or not. */
  get outstanding() {
    return [...this.coins.values()].reduce((all, { denomination, balance }) => all - denomination.value.units + balance.units, this.#issued);
  }
}
