// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What an exchange knows of a coin (GET /coins/$COIN_PUB/history). Whatever it says was spent is proven by the coin's
 * own signature, whatever it says came back by the merchant's, and the balance is what the entries sum up to.
 */

import { Amount, sum } from "./amount.js";
import { decodeBase32Fixed, encodeBase32 } from "./base32.js";
import { equalBytes } from "./bytes.js";
import { AnswerError } from "./exchange-answers.js";
import { refundRequestMessage } from "./merchant-messages.js";
import { isSignedBy, signMessage } from "./signed-message.js";
import { timeFromJSON } from "./time.js";
import { coinHistoryMessage, depositMessage, meltMessage } from "./wallet-messages.js";

/** The header of the question for the whole history, {"Taler-Coin-History-Signature": base32}, signed by the coin. */
export async function coinHistoryHeaders(coinSeed) {
  return { "Taler-Coin-History-Signature": encodeBase32(await signMessage(coinHistoryMessage(0), coinSeed)) };
}

/**
 * The verified content of `json`, 200 of the question from the beginning on, about `coin`: {coinKey, value (Amount), denominationHash}.
 *
 * Gives {balance, deposits, melts, refunds}: deposits are {contractHash, merchantPub, amount (fee included), fee}, melts {commitment, amount
 * (fee included), fee}, refunds {contractHash, merchantPub, transactionID, credited, fee}; hashes and keys in canonical base32.
 * Throws AnswerError when an entry is unsigned, told twice or of an unknown type, or the balance is another.
 */
export async function readCoinHistory(json, coin) {
  try {
    return await readHistory(json, coin);
  } catch (error) {
    throw new AnswerError(`a coin's history: ${error.message}`, { cause: error });
  }
}

/** The same of a coin that the exchange has never seen (404 with code 1019, or 204). */
export function untouchedCoin(coin) {
  return { balance: coin.value, deposits: [], melts: [], refunds: [] };
}

async function readHistory(json, coin) {
  if (!equalBytes(decodeBase32Fixed(json.h_denom_pub, 64), coin.denominationHash)) throw new SyntaxError("it is a coin of another denomination");
  if (!Array.isArray(json.history)) throw new SyntaxError("history is no list");
  const { currency } = coin.value;
  const found = { deposits: [], melts: [], refunds: [] };
  for (const entry of json.history) {
    switch (entry?.type) {
      case "DEPOSIT": found.deposits.push(await readDeposit(entry, coin)); break;
      case "MELT": found.melts.push(await readMelt(entry, coin)); break;
      case "REFUND": found.refunds.push(await readRefund(entry, coin)); break;
      default: throw new SyntaxError("an entry of a type that this wallet does not know");
    }
  }
  refuseTwice(found.deposits, ({ contractHash, merchantPub }) => `${contractHash} ${merchantPub}`);
  refuseTwice(found.melts, ({ commitment }) => commitment);
  refuseTwice(found.refunds, ({ contractHash, merchantPub, transactionID }) => `${contractHash} ${merchantPub} ${transactionID}`);
  checkRefunds(found, currency);
  const spent = sum(currency, [...found.deposits, ...found.melts].map(({ amount }) => amount));
  const received = sum(currency, found.refunds.map(({ credited }) => credited)).add(coin.value);
  const balance = received.subtract(spent);
  if (balance.compare(Amount.fromJSON(json.balance)) !== 0) throw new SyntaxError("its balance is not what its entries sum up to");
  return { balance, ...found };
}

async function readDeposit(entry, coin) {
  const contractHash = decodeBase32Fixed(entry.h_contract_terms, 64);
  const merchantKey = decodeBase32Fixed(entry.merchant_pub, 32);
  const amount = Amount.fromJSON(entry.amount);
  const fee = Amount.fromJSON(entry.deposit_fee);
  const message = depositMessage({
    contractHash,
    wireHash: decodeBase32Fixed(entry.h_wire, 64),
    denominationHash: coin.denominationHash,
    timestamp: timeFromJSON(entry.timestamp),
    refundDeadline: entry.refund_deadline === undefined ? 0 : timeFromJSON(entry.refund_deadline),
    contribution: amount,
    depositFee: fee,
    merchantKey,
  });
  await requireSignature(message, entry.coin_sig, coin.coinKey, "a deposit that the coin has not signed");
  return { contractHash: encodeBase32(contractHash), merchantPub: encodeBase32(merchantKey), amount, fee };
}

async function readMelt(entry, coin) {
  const commitment = decodeBase32Fixed(entry.rc, 64);
  const amount = Amount.fromJSON(entry.amount);
  const fee = Amount.fromJSON(entry.melt_fee);
  const message = meltMessage({ commitment, denominationHash: coin.denominationHash, amountWithFee: amount, meltFee: fee });
  await requireSignature(message, entry.coin_sig, coin.coinKey, "a melt that the coin has not signed");
  return { commitment: encodeBase32(commitment), amount, fee };
}

async function readRefund(entry, coin) {
  const contractHash = decodeBase32Fixed(entry.h_contract_terms, 64);
  const merchantKey = decodeBase32Fixed(entry.merchant_pub, 32);
  const transactionID = entry.rtransaction_id;
  if (!Number.isSafeInteger(transactionID) || transactionID < 0) throw new SyntaxError("rtransaction_id is no such number");
  const credited = Amount.fromJSON(entry.amount);
  const fee = Amount.fromJSON(entry.refund_fee);
  const message = refundRequestMessage({ contractHash, coinKey: coin.coinKey, transactionID, amount: credited.add(fee) });
  await requireSignature(message, entry.merchant_sig, merchantKey, "a refund that the merchant has not signed");
  return { contractHash: encodeBase32(contractHash), merchantPub: encodeBase32(merchantKey), transactionID, credited, fee };
}

/** What came back of a payment is not more than was paid. */
function checkRefunds({ deposits, refunds }, currency) {
  for (const { contractHash, merchantPub } of refunds) {
    const isOfIt = (entry) => entry.contractHash === contractHash && entry.merchantPub === merchantPub;
    const paid = sum(currency, deposits.filter(isOfIt).map(({ amount }) => amount));
    const back = sum(currency, refunds.filter(isOfIt).map(({ credited, fee }) => credited.add(fee)));
    if (back.compare(paid) > 0) throw new SyntaxError("a refund of more than was paid");
  }
}

function refuseTwice(entries, nameOf) {
  if (new Set(entries.map(nameOf)).size !== entries.length) throw new SyntaxError("an entry that is told twice");
}

async function requireSignature(message, signature, publicKey, refusal) {
  if (!(await isSignedBy(message, decodeBase32Fixed(signature, 64), publicKey))) throw new SyntaxError(refusal);
}
