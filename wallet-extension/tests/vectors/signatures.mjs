// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Amount } from "../../core/amount.js";
import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "../../core/base32.js";
import { concat, equalBytes, fromHex, toHex, utf8WithNul } from "../../core/bytes.js";
import { hashJSON } from "../../core/canonical-json.js";
import { publicKeyOf, sign, verify } from "../../core/ed25519.js";
import {
  denominationExpiredMessage, denominationMessage, denominationUnknownMessage, depositConfirmationMessage, keySetMessage,
  meltConfirmationMessage, refundConfirmationMessage, signingKeyMessage, wireDetailsMessage, wireFeeMessage,
} from "../../core/exchange-messages.js";
import { contractMessage, paymentOKMessage, refundRequestMessage } from "../../core/merchant-messages.js";
import { signedMessage } from "../../core/signed-message.js";
import { timeFromJSON } from "../../core/time.js";
import {
  coinHistoryMessage, depositMessage, linkMessage, meltMessage, reserveHistoryMessage, withdrawMessage,
} from "../../core/wallet-messages.js";
import { sha512 } from "../../core/webcrypto.js";
import { independent, libraries, library } from "../support/known-answers.mjs";
import assert from "./check.mjs";
import { group } from "./registry.mjs";

const vector = group("signatures");

const hash = (text) => decodeBase32Fixed(text, 64);
const key = (text) => decodeBase32Fixed(text, 32);

/** The message is the known one, the seed (when known) makes the known signature, and only the whole of it verifies. */
async function checkSigned({ message, expectedHex, signature, seed, publicKey }) {
  assert.equal(toHex(message), expectedHex);
  const expected = decodeBase32Fixed(signature, 64);
  if (seed !== undefined) assert.equal(encodeBase32(await sign(seed, message)), encodeBase32(expected));
  const signer = publicKey ?? (await publicKeyOf(seed));
  assert.ok(await verify(signer, message, expected));
  const otherPurpose = Uint8Array.from(message);
  otherPurpose[7] ^= 1;
  for (const attack of [flipped(message, message.length - 1), otherPurpose, message.subarray(0, -1), Uint8Array.of(...message, 0)]) {
    assert.equal(await verify(signer, attack, expected), false);
  }
  for (const attack of [flipped(expected, 0), flipped(expected, 40), expected.subarray(0, 63), Uint8Array.of(...expected, 0), new Uint8Array(0), new Uint8Array(64)]) {
    assert.equal(await verify(signer, message, attack), false);
  }
  for (const attack of [flipped(signer, 3), signer.subarray(0, 31), await publicKeyOf(new Uint8Array(32).fill(7))]) {
    assert.equal(await verify(attack, message, expected), false);
  }
}

function flipped(bytes, index) {
  const copy = Uint8Array.from(bytes);
  copy[index] ^= 1;
  return copy;
}

for (const { protocol, ...known } of libraries) {
  const named = (name) => known.eddsa_keys.find((entry) => entry.name === name);
  for (const entry of known.eddsa_sign_purpose) {
    vector(`a signature of purpose ${entry.purpose} of ${protocol}`, () => checkSigned({
      message: signedMessage(entry.purpose, fromHex(entry.payload_hex)),
      expectedHex: entry.signed_message_hex, signature: entry.sig, seed: key(entry.signer_priv),
    }));
  }
  for (const entry of known.merchant_contract_sign) {
    vector(`1101 of ${protocol}`, () => checkSigned({
      message: contractMessage(hash(entry.h_contract_terms)),
      expectedHex: entry.signed_message_hex, signature: entry.sig, seed: key(entry.merchant_priv),
    }));
  }
  for (const entry of known.merchant_pay_sign) {
    vector(`1104 of ${protocol}`, () => checkSigned({
      message: paymentOKMessage(hash(entry.h_contract_terms)),
      expectedHex: entry.signed_message_hex, signature: entry.sig, seed: key(entry.merchant_priv),
    }));
  }
  for (const [i, denomination] of known.rsa_denominations.entries()) {
    for (const [j, coin] of denomination.coins.entries()) {
      vector(`1200, coin ${i}.${j} of ${protocol}`, () => checkSigned({
        message: withdrawMessage({
          amountWithFee: Amount.parse(coin.withdraw_amount_with_fee),
          denominationHash: hash(denomination.h_denom_pub),
          coinEnvelopeHash: hash(coin.h_coin_envelope),
        }),
        expectedHex: coin.withdraw_signed_message_hex, signature: coin.withdraw_reserve_sig, seed: key(named("reserve").priv),
      }));
    }
  }
  for (const entry of known.master_signkey_validity_sign) {
    vector(`1024 of ${protocol}`, () => checkSigned({
      message: signingKeyMessage({
        key: key(entry.key), start: timeFromJSON(entry.stamp_start),
        expire: timeFromJSON(entry.stamp_expire), end: timeFromJSON(entry.stamp_end),
      }),
      expectedHex: entry.signed_message_hex, signature: entry.master_sig, publicKey: key(named("exchange_master").pub),
    }));
  }
  for (const entry of known.master_denom_validity_sign) {
    vector(`1025 of ${protocol}`, async () => {
      const seed = key(entry.master_priv);
      await checkSigned({
        message: denominationMessage(listedDenomination(entry), await publicKeyOf(seed)),
        expectedHex: entry.signed_message_hex, signature: entry.master_sig, seed,
      });
    });
  }
  for (const entry of known.master_wire_fee_sign) {
    vector(`1028 of ${protocol}`, async () => checkSigned({
      message: wireFeeMessage({
        methodHash: await sha512(utf8WithNul(entry.wire_method)),
        start: timeFromJSON(entry.start_date), end: timeFromJSON(entry.end_date),
        wireFee: Amount.parse(entry.wire_fee), closingFee: Amount.parse(entry.closing_fee),
      }),
      expectedHex: entry.signed_message_hex, signature: entry.sig, publicKey: key(named("exchange_master").pub),
    }));
  }
  for (const [i, entry] of known.merchant_refund_sign.entries()) {
    vector(`1102, ${i} of ${protocol}`, () => checkSigned({
      message: refundRequestMessage(refundOf(entry)),
      expectedHex: entry.signed_message_hex, signature: entry.merchant_sig, seed: key(entry.merchant_priv),
    }));
  }
  for (const [i, entry] of known.exchange_refund_confirmation_sign.entries()) {
    vector(`1038, ${i} of ${protocol}`, () => checkSigned({
      message: refundConfirmationMessage(refundOf(entry)),
      expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
    }));
  }
  for (const [i, entry] of known.exchange_key_set_sign.entries()) {
    vector(`1035, ${i} of ${protocol}`, () => checkSigned({
      message: keySetMessage({ listIssueDate: timeFromJSON(entry.list_issue_date), keysHash: hash(entry.hc) }),
      expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
    }));
  }
}

/** A transaction number that JSON.parse rounds. */
const LARGE_NUMBER = 0x0123456789abcdefn;

function refundOf(entry) {
  const number = entry.rtransaction_id;
  return {
    contractHash: hash(entry.h_contract_terms), coinKey: key(entry.coin_pub),
    transactionID: number === Number(LARGE_NUMBER) ? LARGE_NUMBER : number,
    merchantKey: entry.merchant_pub === undefined ? undefined : key(entry.merchant_pub), amount: Amount.parse(entry.refund_amount),
  };
}

function listedDenomination(entry) {
  return {
    hash: hash(entry.h_denom_pub),
    start: timeFromJSON(entry.stamp_start), expireWithdraw: timeFromJSON(entry.stamp_expire_withdraw),
    expireDeposit: timeFromJSON(entry.stamp_expire_deposit), expireLegal: timeFromJSON(entry.stamp_expire_legal),
    value: Amount.parse(entry.value), feeWithdraw: Amount.parse(entry.fee_withdraw), feeDeposit: Amount.parse(entry.fee_deposit),
    feeRefresh: Amount.parse(entry.fee_refresh), feeRefund: Amount.parse(entry.fee_refund),
  };
}

for (const [i, entry] of library.wallet_deposit_sign.entries()) {
  vector(`1201, ${i}`, async () => {
    await checkSigned({
      message: depositMessage({
        contractHash: hash(entry.h_contract_terms), wireHash: hash(entry.h_wire), denominationHash: hash(entry.h_denom_pub),
        timestamp: timeFromJSON(entry.wallet_timestamp), refundDeadline: timeFromJSON(entry.refund_deadline),
        contribution: Amount.parse(entry.amount_with_fee), depositFee: Amount.parse(entry.deposit_fee), merchantKey: key(entry.merchant_pub),
        ageCommitmentHash: entry.h_age_commitment === null ? undefined : key(entry.h_age_commitment),
        policyHash: entry.h_policy === null ? undefined : hash(entry.h_policy),
        walletDataHash: entry.wallet_data_hash === null ? undefined : hash(entry.wallet_data_hash),
      }),
      expectedHex: entry.signed_message_hex, signature: entry.coin_sig, seed: key(entry.coin_priv),
    });
    assert.ok(equalBytes(await publicKeyOf(key(entry.coin_priv)), key(entry.coin_pub)));
  });
}

for (const [i, entry] of library.wallet_melt_sign.entries()) {
  vector(`1202, ${i}`, () => checkSigned({
    message: meltMessage({
      commitment: hash(entry.refresh_commitment), denominationHash: hash(entry.h_denom_pub),
      ageCommitmentHash: entry.h_age_commitment === null ? undefined : key(entry.h_age_commitment),
      amountWithFee: Amount.parse(entry.amount_with_fee), meltFee: Amount.parse(entry.melt_fee),
    }),
    expectedHex: entry.signed_message_hex, signature: entry.coin_sig, seed: key(entry.coin_priv),
  }));
}

for (const [i, entry] of library.wallet_link_sign.entries()) {
  vector(`1204, ${i}`, () => checkSigned({
    message: linkMessage({
      denominationHash: hash(entry.h_denom_pub), transferKey: key(entry.transfer_pub), coinEnvelopeHash: hash(entry.h_coin_envelope) }),
    expectedHex: entry.signed_message_hex, signature: entry.coin_sig, seed: key(entry.old_coin_priv),
  }));
}

for (const [i, entry] of library.wallet_reserve_history_sign.entries()) {
  vector(`1208, ${i}`, () => checkSigned({
    message: reserveHistoryMessage(entry.start_off),
    expectedHex: entry.signed_message_hex, signature: entry.reserve_sig, seed: key(entry.reserve_priv),
  }));
}

for (const [i, entry] of library.wallet_coin_history_sign.entries()) {
  vector(`1209, ${i}`, () => checkSigned({
    message: coinHistoryMessage(entry.start_off),
    expectedHex: entry.signed_message_hex, signature: entry.coin_sig, seed: key(entry.coin_priv),
  }));
}

for (const [i, entry] of library.exchange_deposit_confirmation_sign.entries()) {
  vector(`1033, ${i}`, async () => checkSigned({
    message: depositConfirmationMessage({
      contractHash: hash(entry.h_contract_terms), wireHash: hash(entry.h_wire),
      policyHash: entry.h_policy === null ? undefined : hash(entry.h_policy),
      exchangeTime: timeFromJSON(entry.exchange_timestamp), wireDeadline: timeFromJSON(entry.wire_deadline),
      refundDeadline: timeFromJSON(entry.refund_deadline), totalWithoutFee: Amount.parse(entry.total_without_fee),
      coinSignaturesHash: await sha512(concat(...entry.coin_sigs.map(hash))), merchantKey: key(entry.merchant_pub),
    }),
    expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
  }));
}

for (const [i, entry] of library.exchange_melt_confirmation_sign.entries()) {
  vector(`1034, ${i}`, () => checkSigned({
    message: meltConfirmationMessage({ commitment: hash(entry.refresh_commitment), hidden: entry.noreveal_index }),
    expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
  }));
}

for (const [i, entry] of library.exchange_denomination_unknown_sign.entries()) {
  vector(`1042, ${i}`, () => checkSigned({
    message: denominationUnknownMessage({ time: timeFromJSON(entry.timestamp), denominationHash: hash(entry.h_denom_pub) }),
    expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
  }));
}

for (const [i, entry] of library.exchange_denomination_expired_sign.entries()) {
  vector(`1043, ${i}`, () => checkSigned({
    message: denominationExpiredMessage({
      time: timeFromJSON(entry.timestamp), operation: entry.oper, denominationHash: hash(entry.h_denom_pub) }),
    expectedHex: entry.signed_message_hex, signature: entry.exchange_sig, publicKey: key(entry.exchange_pub),
  }));
}

for (const [i, entry] of library.master_wire_account_sign.entries()) {
  vector(`1030, ${i}`, async () => checkSigned({
    message: wireDetailsMessage({
      paytoHash: (await sha512(utf8WithNul(entry.payto_uri))).subarray(0, 32),
      conversionHash: entry.conversion_url === null ? null : await sha512(utf8WithNul(entry.conversion_url)),
      debitRestrictionsHash: await hashJSON(entry.debit_restrictions), creditRestrictionsHash: await hashJSON(entry.credit_restrictions),
    }),
    expectedHex: entry.signed_message_hex, signature: entry.master_sig,
    publicKey: key(library.eddsa_keys.find((known) => known.name === "exchange_master").pub),
  }));
}

const { signed, keys, denom, planchet, contract, payto } = independent;
const fromIndependent = {
  withdraw_1200: ["reserve", () => withdrawMessage({
    amountWithFee: Amount.parse(signed.withdraw_1200.amount_with_fee),
    denominationHash: fromHex(denom.h_denom), coinEnvelopeHash: fromHex(planchet.h_coin_ev),
  })],
  merchant_contract_1101: ["merchant", () => contractMessage(fromHex(contract.h_contract_terms))],
  payment_ok_1104: ["merchant", () => paymentOKMessage(fromHex(contract.h_contract_terms))],
  coin_deposit_1201: ["coin", () => depositMessage({
    contractHash: fromHex(contract.h_contract_terms), wireHash: fromHex(payto.h_wire), denominationHash: fromHex(denom.h_denom),
    timestamp: timeFromJSON(contract.json.timestamp), refundDeadline: timeFromJSON(contract.json.refund_deadline),
    contribution: Amount.parse(signed.coin_deposit_1201.amount_with_fee), depositFee: Amount.parse(signed.coin_deposit_1201.deposit_fee),
    merchantKey: fromHex(keys.merchant.pub),
  })],
  refund_confirmation_1038: ["exchange_signkey", () => refundConfirmationMessage({
    contractHash: fromHex(contract.h_contract_terms), coinKey: fromHex(planchet.coin_pub), merchantKey: fromHex(keys.merchant.pub),
    transactionID: signed.refund_request_1102.rtransaction_id, amount: Amount.parse(signed.refund_request_1102.refund_amount),
  })],
  refund_request_1102: ["merchant", () => refundRequestMessage({
    contractHash: fromHex(contract.h_contract_terms), coinKey: fromHex(planchet.coin_pub),
    transactionID: signed.refund_request_1102.rtransaction_id, amount: Amount.parse(signed.refund_request_1102.refund_amount),
  })],
  deposit_confirmation_1033: ["exchange_signkey", () => depositConfirmationMessage({
    contractHash: fromHex(contract.h_contract_terms), wireHash: fromHex(payto.h_wire),
    exchangeTime: signed.deposit_confirmation_1033.exchange_timestamp, wireDeadline: timeFromJSON(contract.json.wire_transfer_deadline),
    refundDeadline: timeFromJSON(contract.json.refund_deadline),
    totalWithoutFee: Amount.parse(signed.coin_deposit_1201.amount_with_fee).subtract(Amount.parse(signed.coin_deposit_1201.deposit_fee)),
    coinSignaturesHash: fromHex(signed.deposit_confirmation_1033.h_coin_sigs), merchantKey: fromHex(keys.merchant.pub),
  })],
  reserve_history_1208: ["reserve", () => reserveHistoryMessage(0)],
  coin_history_1209: ["coin", () => coinHistoryMessage(0)],
  denom_unknown_1042: ["exchange_signkey", () => denominationUnknownMessage({
    time: signed.deposit_confirmation_1033.exchange_timestamp, denominationHash: fromHex(denom.h_denom),
  })],
  denom_expired_1043: ["exchange_signkey", () => denominationExpiredMessage({
    time: signed.deposit_confirmation_1033.exchange_timestamp, operation: "DEPOSIT", denominationHash: fromHex(denom.h_denom),
  })],
  signkey_validity_1024: ["master", () => signingKeyMessage({
    key: fromHex(keys.exchange_signkey.pub), start: signed.signkey_validity_1024.start,
    expire: signed.signkey_validity_1024.expire, end: signed.signkey_validity_1024.end,
  })],
  key_set_1035: ["exchange_signkey", () => keySetMessage({
    listIssueDate: signed.key_set_1035.list_issue_date, keysHash: fromHex(signed.key_set_1035.hc),
  })],
  wire_fee_1028: ["master", async () => wireFeeMessage({
    methodHash: await sha512(utf8WithNul(signed.wire_fee_1028.method)), start: 1_700_000_000, end: 1_800_000_000,
    wireFee: Amount.parse("KUDOS:0.01"), closingFee: Amount.parse("KUDOS:0.01"),
  })],
  wire_details_1030: ["master", async () => wireDetailsMessage({
    paytoHash: decodeBase32(payto.full_hash_b32),
    debitRestrictionsHash: await hashJSON([]), creditRestrictionsHash: await hashJSON([]),
  })],
};

for (const [name, [signer, message]] of Object.entries(fromIndependent)) {
  vector(`${name} by the independent implementation`, async () => {
    const seed = signer === "coin" ? fromHex(planchet.coin_priv) : fromHex(keys[signer].seed);
    await checkSigned({ message: await message(), expectedHex: signed[name].message, signature: signed[name].sig_b32, seed });
  });
}

vector("1025 by the independent implementation", () => {
  const [start, expireWithdraw, expireDeposit, expireLegal] = signed.denom_validity_1025.start_withdraw_deposit_legal;
  const amounts = ["KUDOS:10", "KUDOS:0.05", "KUDOS:0.05", "KUDOS:0.01", "KUDOS:0"].map((text) => Amount.parse(text));
  const [value, feeWithdraw, feeDeposit, feeRefresh, feeRefund] = amounts;
  return checkSigned({
    message: denominationMessage({
      hash: fromHex(denom.h_denom), start, expireWithdraw, expireDeposit, expireLegal,
      value, feeWithdraw, feeDeposit, feeRefresh, feeRefund,
    }, fromHex(keys.master.pub)),
    expectedHex: signed.denom_validity_1025.message, signature: signed.denom_validity_1025.sig_b32, seed: fromHex(keys.master.seed),
  });
});
