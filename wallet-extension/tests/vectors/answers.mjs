// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a real exchange answered, as it was recorded: believed as it is, and not when a word of it is another. */

import { Amount, sum } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { concat } from "../../core/bytes.js";
import { coinHistoryHeaders, readCoinHistory } from "../../core/coin-history.js";
import { coinKeyHash } from "../../core/derived-hashes.js";
import { publicKeyOf } from "../../core/ed25519.js";
import { AnswerError, checkDenominationRefusal, checkExchangeSignature, checkRefund } from "../../core/exchange-answers.js";
import { verifyExchangeKeys } from "../../core/exchange-keys.js";
import { depositConfirmationMessage } from "../../core/exchange-messages.js";
import { coinFromAnswer, withdrawRequest } from "../../core/planchet.js";
import { verifyRsa } from "../../core/rsa.js";
import { signMessage } from "../../core/signed-message.js";
import { timeFromJSON } from "../../core/time.js";
import { depositMessage } from "../../core/wallet-messages.js";
import { sha512 } from "../../core/webcrypto.js";
import { read, transcript } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("an exchange's answers");

const key = (text) => decodeBase32Fixed(text, 32);
const hash = (text) => decodeBase32Fixed(text, 64);

const inputs = await read("Transcripts/protocol23/inputs.json");
const wireHash = hash(inputs.h_wire);
const secretOf = new Map([...inputs.coins, ...inputs.contract3.coins].map((coin) => [coin.coin_pub, key(coin.coin_priv)]));

/** The verified keys of the recorded exchange, and a time at which they are valid. */
let recorded = null;
function keys() {
  recorded ??= (async () => {
    const { body } = (await transcript("02-keys")).response;
    const time = timeFromJSON(body.signkeys[0].stamp_start) + 60;
    return { time, ...(await verifyExchangeKeys(body, { masterKey: key(body.master_public_key), currency: "KUDOS", time })) };
  })();
  return recorded;
}

async function denomination(id) {
  return (await keys()).denominations.find((candidate) => candidate.id === id);
}

/** The same text with another first character. */
function otherText(text) {
  return (text[0] === "0" ? "1" : "0") + text.slice(1);
}

vector("a withdrawal of four coins", async () => {
  const { request, response } = await transcript("12-batch-withdraw");
  assert.equal(response.body.ev_sigs.length, inputs.coins.length);
  for (const [i, coin] of inputs.coins.entries()) {
    const listed = await denomination(coin.denom_pub_hash);
    const secret = key(coin.planchet_secret);
    assert.deepEqual(await withdrawRequest(secret, listed, key(inputs.reserve.priv)), request.body.planchets[i]);
    const made = await coinFromAnswer(secret, listed, response.body.ev_sigs[i]);
    assert.equal(encodeBase32(made.coinSeed), coin.coin_priv);
    assert.equal(encodeBase32(made.coinKey), coin.coin_pub);
    assert.equal(encodeBase32(made.signature), coin.ub_sig.rsa_signature);
    await assert.rejects(coinFromAnswer(secret, listed, response.body.ev_sigs[(i + 1) % inputs.coins.length]));
  }
});

const DEPOSITS = [
  "15-batch-deposit-ok", "16-batch-deposit-repeat", "17-batch-deposit-more-coins-same-contract", "18-batch-deposit-repeat-other-order",
  "19-batch-deposit-repeat-subset", "26-after-double-spend-fresh-coin", "27-partial-contribution", "29-partial-contribution-rest",
  "30-no-merchant-sig", "31-no-refund-deadline", "50-contribution-equals-fee", "71-batch-deposit-for-refund",
];

for (const name of DEPOSITS) {
  vector(`the deposit ${name}`, async () => {
    const { request: { body }, response } = await transcript(name);
    assert.equal(response.status, 200);
    const refundDeadline = body.refund_deadline === undefined ? 0 : timeFromJSON(body.refund_deadline);
    const common = { contractHash: hash(body.h_contract_terms), wireHash, merchantKey: key(body.merchant_pub), refundDeadline };
    const parts = [];
    for (const coin of body.coins) {
      const { rsaKey, feeDeposit } = await denomination(coin.denom_pub_hash);
      assert.ok(await verifyRsa(rsaKey, await coinKeyHash(key(coin.coin_pub)), decodeBase32(coin.ub_sig.rsa_signature)));
      const contribution = Amount.parse(coin.contribution);
      const message = depositMessage({
        ...common, denominationHash: hash(coin.denom_pub_hash), timestamp: timeFromJSON(body.timestamp), contribution, depositFee: feeDeposit });
      if (secretOf.has(coin.coin_pub)) assert.equal(encodeBase32(await signMessage(message, secretOf.get(coin.coin_pub))), coin.coin_sig);
      parts.push(contribution.subtract(feeDeposit));
    }
    const confirmation = {
      ...common, exchangeTime: timeFromJSON(response.body.exchange_timestamp), wireDeadline: timeFromJSON(body.wire_transfer_deadline),
      totalWithoutFee: sum("KUDOS", parts), coinSignaturesHash: await hashOfSignatures(body.coins) };
    await checkExchangeSignature(depositConfirmationMessage(confirmation), response.body, await keys());
    const less = { ...confirmation, totalWithoutFee: confirmation.totalWithoutFee.add(Amount.parse("KUDOS:0.01")) };
    await assert.rejects(checkExchangeSignature(depositConfirmationMessage(less), response.body, await keys()), AnswerError);
  });
}

function hashOfSignatures(coins) {
  return sha512(concat(...coins.map((coin) => hash(coin.coin_sig))));
}

for (const name of ["76-refund-ok", "77-refund-repeat", "79-refund-second-id"]) {
  vector(`the refund ${name}`, async () => {
    const { request: { body, url }, response } = await transcript(name);
    const refund = {
      contractHash: hash(body.h_contract_terms), coinKey: key(url.split("/").at(-2)), merchantKey: key(body.merchant_pub),
      transactionID: body.rtransaction_id, amount: Amount.parse(body.refund_amount) };
    await checkRefund(refund, response.body, await keys());
    await assert.rejects(checkRefund({ ...refund, transactionID: 77 }, response.body, await keys()), AnswerError);
    await assert.rejects(checkRefund({ ...refund, amount: Amount.parse("KUDOS:3") }, response.body, await keys()), AnswerError);
    await assert.rejects(checkRefund(refund, { ...response.body, exchange_sig: otherText(response.body.exchange_sig) }, await keys()), AnswerError);
    const foreign = { ...response.body, exchange_pub: body.merchant_pub };
    await assert.rejects(checkRefund(refund, foreign, await keys()), AnswerError);
    const { signingKeys } = await keys();
    await assert.rejects(checkRefund(refund, response.body, { signingKeys, time: Math.max(...signingKeys.map(({ end }) => end)) }), AnswerError);
  });
}

for (const [name, operation] of [["36-unknown-denomination", null], ["120-denomination-revoked", "DEPOSIT"], ["122-denomination-expired", "DEPOSIT"]]) {
  vector(`the refusal ${name}`, async () => {
    const { response: { body } } = await transcript(name);
    const about = hash(body.h_denom_pub);
    const checked = await checkDenominationRefusal(body, about, await keys());
    assert.deepEqual(checked, { time: timeFromJSON(body.timestamp), operation });
    const other = Uint8Array.from(about);
    other[5] ^= 1;
    await assert.rejects(checkDenominationRefusal(body, other, await keys()), AnswerError);
    await assert.rejects(checkDenominationRefusal({ ...body, timestamp: { t_s: 1 } }, about, await keys()), AnswerError);
    await assert.rejects(checkDenominationRefusal({ ...body, oper: "MELT" }, about, await keys()), AnswerError);
    await assert.rejects(checkDenominationRefusal({ ...body, oper: "MELTMELTMELT" }, about, await keys()), AnswerError);
  });
}

async function recordedCoin() {
  const coin = inputs.contract3.coins[0];
  const listed = await denomination(coin.denom_pub_hash);
  return { coinKey: key(coin.coin_pub), coinSeed: key(coin.coin_priv), value: listed.value, denominationHash: listed.hash };
}

vector("the history of a coin that has paid and got something back", async () => {
  const { request, response } = await transcript("87-coin-history");
  const coin = await recordedCoin();
  const [question] = Object.entries(await coinHistoryHeaders(coin.coinSeed));
  assert.equal(request.headers[question[0]], question[1]);
  const history = await readCoinHistory(response.body, coin);
  const contractHash = inputs.contract3.h_contract_terms;
  const merchantPub = inputs.merchant.pub;
  const [fee, five] = [Amount.parse("KUDOS:0.01"), Amount.parse("KUDOS:5")];
  assert.deepEqual(history, {
    balance: Amount.parse("KUDOS:2.98"),
    deposits: [{ contractHash, merchantPub, amount: five, fee }],
    melts: [],
    refunds: [
      { contractHash, merchantPub, transactionID: 1, credited: Amount.parse("KUDOS:1.99"), fee },
      { contractHash, merchantPub, transactionID: 2, credited: Amount.parse("KUDOS:0.99"), fee },
    ],
  });
});

const lies = {
  "another balance": (body) => { body.balance = "KUDOS:2.97"; },
  "another denomination": (body) => { body.h_denom_pub = otherText(body.h_denom_pub); },
  "a larger deposit": (body) => { body.history[0].amount = "KUDOS:5.5"; body.balance = "KUDOS:2.48"; },
  "a deposit told twice": (body) => { body.history.push(body.history[0]); body.balance = "KUDOS:0"; },
  "a deposit to another contract": (body) => { body.history[0].h_contract_terms = otherText(body.history[0].h_contract_terms); },
  "a deposit at another time": (body) => { body.history[0].timestamp.t_s += 1; },
  "a deposit without its refund deadline": (body) => { delete body.history[0].refund_deadline; },
  "a deposit of another coin": (body) => { body.history[0].coin_sig = otherText(body.history[0].coin_sig); },
  "a refund left out": (body) => { body.history.pop(); },
  "a refund that is smaller": (body) => { body.history[1].amount = "KUDOS:1"; body.balance = "KUDOS:1.99"; },
  "a refund told twice": (body) => { body.history.push(body.history[2]); body.balance = "KUDOS:3.97"; },
  "a refund of another number": (body) => { body.history[2].rtransaction_id = 3; },
  "a refund without the payment": (body) => { body.history.shift(); body.balance = "KUDOS:7.98"; },
  "an entry of an unknown type": (body) => { body.history.push({ type: "FEE", amount: "KUDOS:0" }); },
  "an entry that is null": (body) => { body.history.push(null); },
  "no history": (body) => { delete body.history; },
  "another currency": (body) => { body.history[0].amount = "EUR:5"; },
};

for (const [name, lie] of Object.entries(lies)) {
  vector(`a coin's history with ${name} is not believed`, async () => {
    const { body } = (await transcript("87-coin-history")).response;
    lie(body);
    await assert.rejects(readCoinHistory(body, await recordedCoin()), AnswerError);
  });
}

vector("a coin's history is not that of another coin", async () => {
  const { body } = (await transcript("87-coin-history")).response;
  const other = await publicKeyOf(new Uint8Array(32).fill(5));
  await assert.rejects(readCoinHistory(body, { ...(await recordedCoin()), coinKey: other }), AnswerError);
  await assert.rejects(readCoinHistory(null, await recordedCoin()), AnswerError);
});
