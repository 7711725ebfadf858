// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The fresh coins of a coin's refreshes, found again with nothing but the old coin's seed. */

import { decodeBase32, decodeBase32Fixed, encodeBase32 } from "./base32.js";
import { Cipher, denominationHash } from "./derived-hashes.js";
import { AnswerError } from "./exchange-answers.js";
import { coinEnvelope, coinFromAnswer } from "./planchet.js";
import { decodeRsaPublicKey } from "./rsa.js";
import { isSignedBy } from "./signed-message.js";
import { freshPlanchetSecret, transferSecretOfCoin } from "./transfer-secret.js";
import { linkMessage } from "./wallet-messages.js";

/** The number of coins that one refresh may have. */
const MOST_COINS = 256;

/**
 * The coins of `answer`, 200 of GET /coins/$COIN_PUB/link: an array of {transfer_pub, new_coins: [{denom_pub, ev_sig, coin_idx, link_sig}]}.
 * `coin` is the old one, {coinSeed, coinKey}.
 *
 * Gives {coins, problems}. Each coin is {coinSeed, coinKey, signature, transferKey, index, denomination: {hash, id, rsaKey}} and proven: the
 * old coin's key has signed its link, and its signature is its denomination's; what the denomination is worth only verified /keys can tell.
 * Problems are AnswerErrors, one for each coin or refresh that is left out.
 */
export async function coinsFromLink(answer, coin) {
  const coins = new Map();
  const problems = [];
  const collecting = async (what, collect) => {
    try {
      await collect();
    } catch (error) {
      problems.push(new AnswerError(`${what}: ${error.message}`, { cause: error }));
    }
  };
  await collecting("the exchange's link", async () => {
    if (!Array.isArray(answer)) throw new SyntaxError("it is no list");
    for (const [number, refresh] of answer.entries()) {
      await collecting(`refresh ${number} of the link`, async () => {
        const transferKey = decodeBase32Fixed(refresh?.transfer_pub, 32);
        if (!Array.isArray(refresh.new_coins) || refresh.new_coins.length > MOST_COINS) throw new SyntaxError("new_coins is no such list");
        const shared = await transferSecretOfCoin(coin.coinSeed, transferKey);
        for (const entry of refresh.new_coins) {
          await collecting(`refresh ${number} of the link, coin ${entry?.coin_idx}`, async () => {
            const found = await linkedCoin(entry, coin.coinKey, transferKey, shared);
            coins.set(encodeBase32(found.coinKey), found);
          });
        }
      });
    }
  });
  return { coins: [...coins.values()], problems };
}

async function linkedCoin(entry, oldCoinKey, transferKey, shared) {
  const index = entry.coin_idx;
  if (!Number.isInteger(index) || index < 0 || index >= MOST_COINS) throw new SyntaxError("coin_idx is no such number");
  const denomination = await linkedDenomination(entry.denom_pub);
  const secret = await freshPlanchetSecret(shared, index);
  const { hash: coinEnvelopeHash } = await coinEnvelope(secret, denomination);
  const message = linkMessage({ denominationHash: denomination.hash, transferKey, coinEnvelopeHash });
  if (!(await isSignedBy(message, decodeBase32Fixed(entry.link_sig, 64), oldCoinKey))) {
    throw new SyntaxError("the old coin's owner has not signed this link");
  }
  return { ...(await coinFromAnswer(secret, denomination, entry)), transferKey, index, denomination };
}

/** Of `{cipher, age_mask, rsa_pub}`; older exchanges name the key rsa_public_key. */
async function linkedDenomination(json) {
  if (json?.cipher !== "RSA") throw new SyntaxError("a coin of another kind");
  const encoded = decodeBase32(json.rsa_pub ?? json.rsa_public_key);
  const rsaKey = decodeRsaPublicKey(encoded);
  const hash = await denominationHash(Cipher.RSA, encoded, json.age_mask ?? 0);
  return { hash, id: encodeBase32(hash), rsaKey };
}
