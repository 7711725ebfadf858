// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The transfer secrets of a refresh. They come from the coin's seed, so that another copy of this wallet (out of a backup) can finish what this one
 * has begun; and from the whole plan, so that no two melts have the same ones: a reveal tells two of three, and the third must stay hidden.
 */

import { concat, u32, utf8 } from "../core/bytes.js";
import { CANDIDATES } from "../core/exchange-answers.js";
import { kdf } from "../core/kdf.js";
import { sha512 } from "../core/webcrypto.js";

const CONTEXT = utf8("taler-wallet-transfer");

/** Three secrets (32 bytes) for {denominations, amount, fee} as a refresh's record has them; `number` tells melts by the same plan apart. */
export async function transferSecrets(coinSeed, { denominations, amount, fee }, number) {
  const plan = await sha512(utf8(JSON.stringify([amount, fee, denominations.map(({ denomHash }) => denomHash)])));
  const secret = (candidate) => kdf(32, concat(u32(number), u32(candidate)), coinSeed, concat(CONTEXT, plan));
  return Promise.all(Array.from({ length: CANDIDATES }, (_, candidate) => secret(candidate)));
}
