// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What is due in the wallet, as long as one of its windows is open. */

/** The plain wallet begins to change coins (which costs) when it has been open for so many seconds: not for who only has a look. */
const SETTLE = 10;

/** Between two looks, in seconds: what the engine wishes, but no longer than this. */
const LONGEST = 300;

/**
 * Takes up withdrawals at once, and after a while everything that is due: change, payments without an answer; then again when the engine says.
 * `tell` gets each step, and null when nothing goes on. Never throws.
 */
export async function keepWorking(wallet, tell) {
  await resumeWithdrawals(wallet, tell);
  for (let wait = SETTLE; ;) {
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    const { again } = await attempt(() => wallet.work.run(tell, { isOpened: true })) ?? { again: null };
    tell(null);
    wait = Math.min(LONGEST, again ?? LONGEST);
  }
}

/** Money of an interrupted withdrawal may be what is missing for an offer. Never throws. */
export async function resumeWithdrawals(wallet, tell) {
  await attempt(() => wallet.withdrawals.resume(tell, { patience: 120_000 }));
  tell(null);
}

async function attempt(body) {
  try {
    return await body();
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
