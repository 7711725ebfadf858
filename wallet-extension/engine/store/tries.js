// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The tries of a purchase. Its own members are those of the try that counts; `earlier` are those before it that were refused or given up, and
 * whose signatures are with a shop for ever: {attempt, permission, coins, total, exchange, masterPub}, oldest first.
 */

/** The number of the try that counts; outcomes are about one. The first is 1. */
export function attemptOf({ attempt }) {
  return attempt ?? 1;
}

/** The number of the next try. */
export function nextAttempt(purchase) {
  return Math.max(attemptOf(purchase), ...(purchase.earlier ?? []).map(attemptOf)) + 1;
}

export function tryOf({ permission, coins, total, exchange, masterPub, ...purchase }) {
  return { attempt: attemptOf(purchase), permission, coins, total, exchange, masterPub };
}

/** All tries, the one that counts first, then the newest. */
export function triesOf(purchase) {
  return [tryOf(purchase), ...[...(purchase.earlier ?? [])].reverse()];
}

/** What a coin gave, or might give: the part that has left it, else that of the latest try; undefined when it is of none. */
export function partOf(purchase, coinPub) {
  const parts = triesOf(purchase).flatMap(({ coins }) => coins).filter((one) => one.coinPub === coinPub);
  return parts.find(({ taken }) => taken) ?? parts[0];
}

/** The keys of all coins that ever were signed for it, each once. */
export function coinsOf(purchase) {
  return [...new Set(triesOf(purchase).flatMap(({ coins }) => coins.map(({ coinPub }) => coinPub)))];
}

/** The purchase with `taken` of a coin's part set, in the latest try that has the coin. */
export function withTaken(purchase, coinPub) {
  const marked = (coins) => coins.map((one) => (one.coinPub === coinPub ? { ...one, taken: true } : one));
  const has = ({ coins }) => coins.some((one) => one.coinPub === coinPub);
  if (has(purchase)) return { ...purchase, coins: marked(purchase.coins) };
  const made = (purchase.earlier ?? []).findLast(has);
  return { ...purchase, earlier: purchase.earlier.map((one) => (one === made ? { ...one, coins: marked(one.coins) } : one)) };
}

/** The purchase with the latest earlier try that has the coin as the one that counts; what counted is an earlier one. */
export function backTo(purchase, coinPub) {
  const made = purchase.earlier.findLast(({ coins }) => coins.some((one) => one.coinPub === coinPub));
  return { ...purchase, ...made, earlier: [...purchase.earlier.filter((one) => one !== made), tryOf(purchase)] };
}
