// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a merchant signs and a wallet verifies. */

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
