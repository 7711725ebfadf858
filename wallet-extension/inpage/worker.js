// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What is due in the wallet (withdrawals, change, payments without an answer), as long as one of its windows is open. */

/** Between two looks, in seconds: what the engine wishes, within these. */
const SHORTEST = 2;
const LONGEST = 300;

/** Runs what is due now, and again when the engine says; `tell` gets each step, and null when nothing goes on. Never throws. */
export async function keepWorking(wallet, tell) {
  for (;;) {
    let again = null;
    try {
      ({ again } = await wallet.work.run(tell));
    } catch (error) {
      console.error(error);
    }
    tell(null);
    await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST, Math.max(SHORTEST, again ?? LONGEST)) * 1000));
  }
}
