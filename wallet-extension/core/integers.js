// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Modular arithmetic with BigInt. Its time depends on the operands: for a wallet's own blinding on its own machine, not for servers. */

/** base^exponent mod modulus. */
export function modPow(base, exponent, modulus) {
  let result = 1n % modulus;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse of `value` mod `modulus`, or null when they share a factor. */
export function modInverse(value, modulus) {
  let [previous, current] = [modulus, value % modulus];
  let [previousFactor, factor] = [0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  if (previous !== 1n) return null;
  return previousFactor < 0n ? previousFactor + modulus : previousFactor;
}
