// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What Ed25519 signs in Taler: u32 size (its own 8 header bytes included), u32 purpose, payload. */

import { concat, u32 } from "./bytes.js";
import { sign, verify } from "./ed25519.js";

/** The purposes a wallet signs or verifies. */
export const Purpose = Object.freeze({
  masterSigningKeyValidity: 1024,
  masterDenominationKeyValidity: 1025,
  masterWireFees: 1028,
  masterWireDetails: 1030,
  exchangeConfirmDeposit: 1033,
  exchangeConfirmMelt: 1034,
  exchangeKeySet: 1035,
  exchangeConfirmRefund: 1038,
  exchangeDenominationUnknown: 1042,
  exchangeDenominationExpired: 1043,
  merchantContract: 1101,
  merchantRefund: 1102,
  merchantPaymentOK: 1104,
  walletReserveWithdraw: 1200,
  walletCoinDeposit: 1201,
  walletCoinMelt: 1202,
  walletCoinLink: 1204,
  walletReserveHistory: 1208,
  walletCoinHistory: 1209,
});

/** The bytes to sign: header and payload parts. */
export function signedMessage(purpose, ...parts) {
  const payload = concat(...parts);
  return concat(u32(8 + payload.length), u32(purpose), payload);
}

/** The signature of a message by the 32-byte seed. */
export function signMessage(message, seed) {
  return sign(seed, message);
}

/** Whether `signature` is that of `message` by `publicKey`. */
export function isSignedBy(message, signature, publicKey) {
  return verify(publicKey, message, signature);
}
