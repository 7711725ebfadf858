// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a merchant signs and a wallet verifies. */

import { u64 } from "./bytes.js";
import { field } from "./fields.js";
import { Purpose, signedMessage } from "./signed-message.js";

/** 1101, 72 bytes: the offer of a contract. */
export function contractMessage(contractHash) {
  return signedMessage(Purpose.merchantContract, field(contractHash, 64, "h_contract_terms"));
}

/** 1104, 72 bytes: the contract is paid. */
export function paymentOKMessage(contractHash) {
  return signedMessage(Purpose.merchantPaymentOK, field(contractHash, 64, "h_contract_terms"));
}

/** 1102, 136 bytes: the exchange is to give back a part of what a coin has paid. `amount` includes the refund fee. */
export function refundRequestMessage({ contractHash, coinKey, transactionID, amount }) {
  return signedMessage(
    Purpose.merchantRefund,
    field(contractHash, 64, "h_contract_terms"),
    field(coinKey, 32, "coin_pub"),
    u64(transactionID),
    amount.toBytes(),
  );
}
