// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an exchange signs with its online key, and with its offline master key. */

import { u32, u64, utf8 } from "./bytes.js";
import { field, NO_HASH } from "./fields.js";
import { Purpose, signedMessage } from "./signed-message.js";
import { timeToBytes } from "./time.js";

/** 1035, 80 bytes. `keysHash` is SHA-512 over the master signatures of all listed denominations, in their order. */
export function keySetMessage({ listIssueDate, keysHash }) {
  return signedMessage(Purpose.exchangeKeySet, timeToBytes(listIssueDate), field(keysHash, 64, "hc"));
}

/** 1024, 64 bytes: an online signing key. */
export function signingKeyMessage({ start, expire, end, key }) {
  return signedMessage(
    Purpose.masterSigningKeyValidity,
    timeToBytes(start),
    timeToBytes(expire),
    timeToBytes(end),
    field(key, 32, "signkey_pub"),
  );
}

/** 1025, 256 bytes: a denomination with its validity, value and fees. */
export function denominationMessage(denomination, masterKey) {
  return signedMessage(
    Purpose.masterDenominationKeyValidity,
    field(masterKey, 32, "master_pub"),
    timeToBytes(denomination.start),
    timeToBytes(denomination.expireWithdraw),
    timeToBytes(denomination.expireDeposit),
    timeToBytes(denomination.expireLegal),
    denomination.value.toBytes(),
    denomination.feeWithdraw.toBytes(),
    denomination.feeDeposit.toBytes(),
    denomination.feeRefresh.toBytes(),
    denomination.feeRefund.toBytes(),
    field(denomination.hash, 64, "h_denom_pub"),
  );
}

/** 1028, 136 bytes: the fees of one wire method in one period. */
export function wireFeeMessage({ methodHash, start, end, wireFee, closingFee }) {
  return signedMessage(
    Purpose.masterWireFees,
    field(methodHash, 64, "h_wire_method"),
    timeToBytes(start),
    timeToBytes(end),
    wireFee.toBytes(),
    closingFee.toBytes(),
  );
}

/** 1030, 232 bytes: a bank account of the exchange. */
export function wireDetailsMessage({ paytoHash, conversionHash, debitRestrictionsHash, creditRestrictionsHash }) {
  return signedMessage(
    Purpose.masterWireDetails,
    field(paytoHash, 32, "h_payto"),
    field(conversionHash ?? NO_HASH, 64, "h_conversion_url"),
    field(debitRestrictionsHash, 64, "h_debit_restrictions"),
    field(creditRestrictionsHash, 64, "h_credit_restrictions"),
  );
}

/** 1038, 168 bytes: a coin got money back of what it had paid for a contract. `transactionID` is the merchant's number of the refund. */
export function refundConfirmationMessage({ contractHash, coinKey, merchantKey, transactionID, amount }) {
  return signedMessage(
    Purpose.exchangeConfirmRefund,
    field(contractHash, 64, "h_contract_terms"),
    field(coinKey, 32, "coin_pub"),
    field(merchantKey, 32, "merchant_pub"),
    u64(transactionID),
    amount.toBytes(),
  );
}

/** 1033, 344 bytes: a deposit was accepted. `coinSignaturesHash` is SHA-512 over the coins' signatures in the request's order. */
export function depositConfirmationMessage(deposit) {
  return signedMessage(
    Purpose.exchangeConfirmDeposit,
    field(deposit.contractHash, 64, "h_contract_terms"),
    field(deposit.wireHash, 64, "h_wire"),
    field(deposit.policyHash ?? NO_HASH, 64, "h_policy"),
    timeToBytes(deposit.exchangeTime),
    timeToBytes(deposit.wireDeadline),
    timeToBytes(deposit.refundDeadline),
    deposit.totalWithoutFee.toBytes(),
    field(deposit.coinSignaturesHash, 64, "h_coin_sigs"),
    field(deposit.merchantKey, 32, "merchant_pub"),
  );
}

/** 1034, 76 bytes: a coin was melted. `hidden` is the candidate that the wallet keeps to itself, from 0. */
export function meltConfirmationMessage({ commitment, hidden }) {
  return signedMessage(Purpose.exchangeConfirmMelt, field(commitment, 64, "rc"), u32(hidden));
}

/** 1042, 80 bytes: at that time the exchange knew no such denomination. */
export function denominationUnknownMessage({ time, denominationHash }) {
  return signedMessage(Purpose.exchangeDenominationUnknown, timeToBytes(time), field(denominationHash, 64, "h_denom_pub"));
}

/** 1043, 88 bytes: at that time the denomination could not be used for `operation` (at most eight letters, such as MELT). */
export function denominationExpiredMessage({ time, operation, denominationHash }) {
  const name = new Uint8Array(8);
  name.set(utf8(operation));
  return signedMessage(Purpose.exchangeDenominationExpired, timeToBytes(time), name, field(denominationHash, 64, "h_denom_pub"));
}
