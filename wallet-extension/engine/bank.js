// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The sandbox bank, as far as one needs it to get play money. */

import { Refused, requestJSON } from "./http.js";

/** Makes the account; one that exists already is taken to be the one that an interrupted earlier call made. */
export async function registerAccount(bankURL, { username, password }) {
  try {
    await requestJSON(new URL("register", bankURL), { method: "POST", body: { username, password } });
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
  }
}

/** Sends `amount` (text) to the bank's own exchange, for the reserve. */
export function withdrawToReserve(bankURL, { username, password }, amount, reservePub) {
  return requestJSON(new URL("taler/withdraw", bankURL), {
    method: "POST",
    headers: { "X-Taler-Bank-Username": username, "X-Taler-Bank-Password": password },
    body: { auth: { type: "basic" }, amount, reserve_pub: reservePub },
  });
}
