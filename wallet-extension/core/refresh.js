// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * A refresh: what a coin holds becomes fresh coins that nobody can connect with it. The wallet commits to three
 * candidates for the fresh coins, each made from one transfer key; the exchange chooses one that stays hidden,
 * sees how the other two were made, and signs the hidden one's planchets.
 */

import { encodeBase32 } from "./base32.js";
import { refreshCommitment } from "./derived-hashes.js";
import { AnswerError, CANDIDATES } from "./exchange-answers.js";
import { coinEnvelope, coinFromAnswer, envelopeJSON } from "./planchet.js";
import { signMessage } from "./signed-message.js";
import { freshPlanchetSecret, transferSecretOfKey } from "./transfer-secret.js";
import { linkMessage, meltMessage } from "./wallet-messages.js";
import { x25519PublicKeyOf } from "./x25519.js";

/** The number of fresh coins that one refresh may have. */
const MOST_COINS = 256;

/**
 * All messages of one refresh; the same arguments always make the same, byte for byte.
 *
 * - `coin`: the old one, {coinSeed, coinKey, signature (Uint8Arrays), denomination: {hash, id}}.
 * - `transferSecrets`: three secrets of newTransferSecret(), stored before the first message leaves.
 * - `denominations`: of the fresh coins, with repetition, each at least {hash, id, rsaKey}; their order is committed to.
 * - `amount`: all that the old coin pays: the fresh coins' values and withdrawal fees, and `fee`.
 * - `fee`: for the melt, the old denomination's feeRefresh.
 *
 * Gives {commitment (64 bytes), id (its base32: the address of the reveal), meltRequest (body of POST /coins/$COIN_PUB/melt),
 * revealRequest(hidden) and freshCoins(answer, hidden)}, `hidden` being what hiddenCandidate() read from the melt's answer.
 */
export async function makeRefresh({ coin, transferSecrets, denominations, amount, fee }) {
  if (transferSecrets.length !== CANDIDATES) throw new RangeError(`a refresh has ${CANDIDATES} transfer keys`);
  if (denominations.length === 0 || denominations.length > MOST_COINS) throw new RangeError(`a refresh has 1 to ${MOST_COINS} fresh coins`);
  const candidates = [];
  for (const secret of transferSecrets) candidates.push(await makeCandidate(secret, coin.coinKey, denominations));
  const commitment = await refreshCommitment({
    transferKeys: candidates.map(({ transferKey }) => transferKey),
    denominationHashes: denominations.map(({ hash }) => hash),
    coinKey: coin.coinKey,
    amountWithFee: amount,
    planchets: candidates.map(({ planchets }) => planchets.map(({ envelope }) => envelope.blinded)),
  });
  return {
    commitment,
    id: encodeBase32(commitment),
    meltRequest: await meltRequest(coin, commitment, amount, fee),
    revealRequest: (hidden) => revealRequest(coin, candidates, transferSecrets, denominations, checked(hidden)),
    freshCoins: (answer, hidden) => freshCoins(answer, candidates[checked(hidden)], denominations),
  };
}

async function makeCandidate(transferSecretKey, coinKey, denominations) {
  const shared = await transferSecretOfKey(transferSecretKey, coinKey);
  const planchets = [];
  for (const [index, denomination] of denominations.entries()) {
    const secret = await freshPlanchetSecret(shared, index);
    planchets.push({ secret, envelope: await coinEnvelope(secret, denomination) });
  }
  return { transferKey: await x25519PublicKeyOf(transferSecretKey), planchets };
}

async function meltRequest(coin, commitment, amount, fee) {
  const message = meltMessage({ commitment, denominationHash: coin.denomination.hash, amountWithFee: amount, meltFee: fee });
  return {
    rc: encodeBase32(commitment),
    denom_pub_hash: coin.denomination.id,
    denom_sig: { cipher: "RSA", rsa_signature: encodeBase32(coin.signature) },
    value_with_fee: amount.toString(),
    confirm_sig: encodeBase32(await signMessage(message, coin.coinSeed)),
  };
}

/**
 * The body of POST /refreshes/$RC/reveal: the two secrets that the exchange wants to see, and the hidden candidate's planchets, each
 * with a link (1204) by which the old coin's key finds it again.
 */
async function revealRequest(coin, candidates, transferSecrets, denominations, hidden) {
  const { transferKey, planchets } = candidates[hidden];
  const links = [];
  for (const [index, { envelope }] of planchets.entries()) {
    const message = linkMessage({ denominationHash: denominations[index].hash, transferKey, coinEnvelopeHash: envelope.hash });
    links.push(encodeBase32(await signMessage(message, coin.coinSeed)));
  }
  return {
    transfer_pub: encodeBase32(transferKey),
    transfer_privs: transferSecrets.filter((_, index) => index !== hidden).map(encodeBase32),
    link_sigs: links,
    coin_evs: planchets.map(({ envelope }) => envelopeJSON(envelope.blinded)),
    new_denoms_h: denominations.map(({ id }) => id),
  };
}

/** [{coinSeed, coinKey, signature, denomination}] of the reveal's answer `{ev_sigs}`; throws AnswerError unless every signature is its coin's. */
async function freshCoins(answer, { planchets }, denominations) {
  const signatures = answer?.ev_sigs;
  if (!Array.isArray(signatures) || signatures.length !== planchets.length) {
    throw new AnswerError("the exchange signed another number of fresh coins");
  }
  const coins = [];
  for (const [index, { secret }] of planchets.entries()) {
    try {
      coins.push({ ...(await coinFromAnswer(secret, denominations[index], signatures[index])), denomination: denominations[index] });
    } catch (error) {
      throw new AnswerError(`fresh coin ${index}: ${error.message}`, { cause: error });
    }
  }
  return coins;
}

function checked(hidden) {
  if (!Number.isInteger(hidden) || hidden < 0 || hidden >= CANDIDATES) throw new RangeError("a candidate that there is not");
  return hidden;
}
