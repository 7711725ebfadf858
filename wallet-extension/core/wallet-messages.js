// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a wallet signs: withdrawals with the reserve's key; deposits, melts, links and questions with each coin's key. */

import { u64 } from "./bytes.js";
import { field, NO_HASH, NO_SHORT_HASH } from "./fields.js";
import { Purpose, signedMessage } from "./signed-message.js";
import { timeToBytes } from "./time.js";

/** 1200, 160 bytes, one for each planchet: amountWithFee is the denomination's value and its withdrawal fee. */
export function withdrawMessage({ amountWithFee, denominationHash, coinEnvelopeHash }) {
  return signedMessage(
    Purpose.walletReserveWithdraw,
    amountWithFee.toBytes(),
    field(denominationHash, 64, "h_denom_pub"),
    field(coinEnvelopeHash, 64, "h_coin_envelope"),
  );
}

/**
 * 1201, 456 bytes. `contribution` includes the deposit fee; times are those of the contract, a refund
 * deadline of 0 means none; age commitment, policy and wallet data are optional.
 */
export function depositMessage(deposit) {
  return signedMessage(
    Purpose.walletCoinDeposit,
    field(deposit.contractHash, 64, "h_contract_terms"),
    field(deposit.ageCommitmentHash ?? NO_SHORT_HASH, 32, "h_age_commitment"),
    field(deposit.policyHash ?? NO_HASH, 64, "h_policy"),
    field(deposit.wireHash, 64, "h_wire"),
    field(deposit.denominationHash, 64, "h_denom_pub"),
    timeToBytes(deposit.timestamp),
    timeToBytes(deposit.refundDeadline),
    deposit.contribution.toBytes(),
    deposit.depositFee.toBytes(),
    field(deposit.merchantKey, 32, "merchant_pub"),
    field(deposit.walletDataHash ?? NO_HASH, 64, "wallet_data_hash"),
  );
}

/** 1202, 216 bytes: a coin goes into the refresh with this commitment. `amountWithFee` is all that it pays, `meltFee` the part for the melt. */
export function meltMessage({ commitment, denominationHash, ageCommitmentHash, amountWithFee, meltFee }) {
  return signedMessage(
    Purpose.walletCoinMelt,
    field(commitment, 64, "rc"),
    field(denominationHash, 64, "h_denom_pub"),
    field(ageCommitmentHash ?? NO_SHORT_HASH, 32, "h_age_commitment"),
    amountWithFee.toBytes(),
    meltFee.toBytes(),
  );
}

/** 1204, 200 bytes, by the old coin, one for each fresh coin, whose denomination and envelope these are. */
export function linkMessage({ denominationHash, transferKey, ageCommitmentHash, coinEnvelopeHash }) {
  return signedMessage(
    Purpose.walletCoinLink,
    field(denominationHash, 64, "h_denom_pub"),
    field(transferKey, 32, "transfer_pub"),
    field(ageCommitmentHash ?? NO_SHORT_HASH, 32, "h_age_commitment"),
    field(coinEnvelopeHash, 64, "h_coin_envelope"),
  );
}

/** 1208, 16 bytes: a reserve's owner asks for its history behind entry `start`. */
export function reserveHistoryMessage(start) {
  return signedMessage(Purpose.walletReserveHistory, u64(start));
}

/** 1209, 16 bytes: a coin's owner asks for its history behind entry `start`. */
export function coinHistoryMessage(start) {
  return signedMessage(Purpose.walletCoinHistory, u64(start));
}
