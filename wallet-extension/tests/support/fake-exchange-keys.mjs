// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The keys of an exchange of these tests: a master key, an online key, denominations with their private keys, and the /keys made of them. */

import { generateKeyPairSync } from "node:crypto";

import { Amount } from "../../core/amount.js";
import { encodeBase32 } from "../../core/base32.js";
import { bytesToInteger, concat, integerToBytes, utf8WithNul } from "../../core/bytes.js";
import { hashJSON } from "../../core/canonical-json.js";
import { Cipher, denominationHash } from "../../core/derived-hashes.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { denominationMessage, keySetMessage, signingKeyMessage, wireDetailsMessage } from "../../core/exchange-messages.js";
import { modPow } from "../../core/integers.js";
import { decodeRsaPublicKey, encodeRsaPublicKey } from "../../core/rsa.js";
import { signMessage } from "../../core/signed-message.js";
import { now } from "../../core/time.js";
import { sha512 } from "../../core/webcrypto.js";

const DAY = 86_400;

/** RSA keys take long to make: all exchanges of a test file share these few. */
const pool = [];

function rsaKey(i) {
  if (pool[i] === undefined) {
    const { n, e, d } = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "jwk" });
    const [modulus, exponent, secret] = [n, e, d].map((part) => bytesToInteger(Buffer.from(part, "base64url")));
    pool[i] = { modulus, secret, rsaKey: decodeRsaPublicKey(encodeRsaPublicKey(modulus, exponent)) };
  }
  return pool[i];
}

/** {ev_sig} of a blinded planchet. */
export function signBlinded({ secret, modulus }, blinded) {
  const signature = modPow(bytesToInteger(blinded) % modulus, secret, modulus);
  return { ev_sig: { cipher: "RSA", blinded_rsa_signature: encodeBase32(integerToBytes(signature)) } };
}

export class ExchangeKeys {
  /** Denominations 0.1 × 2^k of `currency`, k below `kinds`, every fee `fee`; `seed`: a byte that makes another exchange. */
  static async make({ currency = "KUDOS", kinds = 7, fee = "0.01", seed = 7, firstKey = 0 } = {}) {
    const keys = new ExchangeKeys();
    keys.currency = currency;
    keys.masterSeed = new Uint8Array(32).fill(seed);
    keys.masterKey = await publicKeyOf(keys.masterSeed);
    keys.masterPub = encodeBase32(keys.masterKey);
    keys.onlineSeed = new Uint8Array(32).fill(seed + 100);
    keys.onlineKey = await publicKeyOf(keys.onlineSeed);
    keys.denominations = [];
    for (let k = 0; k < kinds; k++) await keys.add(new Amount(currency, 10_000_000n << BigInt(k)), Amount.parse(`${currency}:${fee}`), firstKey + k);
    return keys;
  }

  /** One denomination more; `changes`: its times. */
  async add(value, fee, keyNumber, changes = {}) {
    const key = rsaKey(keyNumber);
    const hash = await denominationHash(Cipher.RSA, key.rsaKey.encoded);
    const times = { start: now() - DAY, expireWithdraw: now() + 30 * DAY, expireDeposit: now() + 90 * DAY, expireLegal: now() + 900 * DAY, ...changes };
    const fees = { feeWithdraw: fee, feeDeposit: fee, feeRefresh: fee, feeRefund: fee };
    this.denominations.push({ ...key, hash, id: encodeBase32(hash), value, ...fees, ...times, isRevoked: false });
  }

  find(id) {
    return this.denominations.find((one) => one.id === id);
  }

  async signed(message) {
    return { exchange_pub: encodeBase32(this.onlineKey), exchange_sig: encodeBase32(await signMessage(message, this.onlineSeed)) };
  }

  /** Where banks send money to. */
  async #account() {
    const payto = "payto://x-taler-bank/bank.example/exchange?receiver-name=Exchange";
    const message = wireDetailsMessage({
      paytoHash: (await sha512(utf8WithNul(payto))).subarray(0, 32), conversionHash: null, debitRestrictionsHash: await hashJSON([]),
      creditRestrictionsHash: await hashJSON([]),
    });
    return { payto_uri: payto, debit_restrictions: [], credit_restrictions: [], master_sig: encodeBase32(await signMessage(message, this.masterSeed)) };
  }

  async document() {
    const time = (seconds) => ({ t_s: seconds });
    const online = { key: this.onlineKey, start: now() - DAY, expire: now() + 60 * DAY, end: now() + 400 * DAY };
    const groups = [];
    const signatures = [];
    for (const one of this.denominations) {
      const signature = await signMessage(denominationMessage(one, this.masterKey), this.masterSeed);
      signatures.push(signature);
      groups.push({
        cipher: "RSA", value: `${one.value}`, fee_withdraw: `${one.feeWithdraw}`, fee_deposit: `${one.feeDeposit}`, fee_refresh: `${one.feeRefresh}`,
        fee_refund: `${one.feeRefund}`, denoms: [{
          stamp_start: time(one.start), stamp_expire_withdraw: time(one.expireWithdraw), stamp_expire_deposit: time(one.expireDeposit),
          stamp_expire_legal: time(one.expireLegal), rsa_pub: encodeBase32(one.rsaKey.encoded), master_sig: encodeBase32(signature),
        }],
      });
    }
    const issued = Math.min(...this.denominations.map(({ start }) => start));
    const set = keySetMessage({ listIssueDate: issued, keysHash: await sha512(concat(...signatures)) });
    return {
      version: "23:0:6", base_url: "http://exchange.example/", currency: this.currency, master_public_key: this.masterPub, stefan_lin: 0.5,
      signkeys: [{
        key: encodeBase32(online.key), stamp_start: time(online.start), stamp_expire: time(online.expire), stamp_end: time(online.end),
        master_sig: encodeBase32(await signMessage(signingKeyMessage(online), this.masterSeed)),
      }],
      recoup: this.denominations.filter(({ isRevoked }) => isRevoked).map(({ id }) => ({ h_denom_pub: id })),
      accounts: [await this.#account()], wire_fees: {}, denominations: groups, list_issue_date: time(issued), ...await this.signed(set),
    };
  }
}
