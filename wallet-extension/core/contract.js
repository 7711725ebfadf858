// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The check of an offer before it is shown: hash, signature, members. What comes out is what the buyer
 * sees and what the coins sign; nothing else of the offer is trusted.
 */

import { Amount } from "./amount.js";
import { decodeBase32Fixed, encodeBase32 } from "./base32.js";
import { equalBytes } from "./bytes.js";
import { hashJSON } from "./canonical-json.js";
import { parseStrictJSON } from "./json.js";
import { contractMessage } from "./merchant-messages.js";
import { isSignedBy } from "./signed-message.js";
import { NEVER, timeFromJSON } from "./time.js";

/** The members of a location that make up an address: the lines as one writes them. */
const ADDRESS = [["name"], ["street", "street_number"], ["zip_code", "city"], ["region"], ["state"], ["province"], ["country"]];

/** Why an offer is refused; `reason` is a word for programs, the message is for people. */
export class ContractError extends Error {
  constructor(reason, message, options) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * The offer in `text`, the JSON text of {contract, sig, H_contract, pay_url, exec_url}: parsed strictly,
 * its hash and the merchant's signature verified. Expiry and currency are not judged here: a contract
 * that was paid may be shown again after it has expired.
 */
export async function readOffer(text) {
  const offer = parsed(text);
  const terms = offer.contract;
  if (!isObject(terms)) refuse("malformed", "The shop sent an offer without a contract.");
  refuseUnhashable(terms, "");
  const hash = await hashJSON(terms);
  const claimed = attempt(() => decodeBase32Fixed(offer.H_contract, 64), "hash");
  if (!equalBytes(hash, claimed)) {
    refuse("hash", "The contract is not the one that was announced: its fingerprint is different. It was changed on its way.");
  }
  const merchantKey = attempt(() => decodeBase32Fixed(terms.merchant_pub, 32), "merchant_pub");
  const signature = attempt(() => decodeBase32Fixed(offer.sig ?? offer.merchant_sig, 64), "sig");
  if (!(await isSignedBy(contractMessage(hash), signature, merchantKey))) {
    refuse("signature", "The merchant's signature on this contract is wrong. It was changed on its way, or it is not the merchant's.");
  }
  return { ...readTerms(terms), hash, id: encodeBase32(hash), merchantKey, signature,
    payURL: optionalText(offer.pay_url), execURL: optionalText(offer.exec_url) };
}

/** Refuses (ContractError) an offer that has expired at `time`, asks for another currency, or does not take this exchange. */
export function checkPayable(offer, { time, currency, masterKey }) {
  if (offer.expiry <= time) refuse("expired", "This offer has expired. Ask the shop for a new one.");
  if (offer.amount.currency !== currency) {
    refuse("currency", `The shop wants ${offer.amount.currency}; this wallet holds ${currency}.`);
  }
  if (exchangeURLIn(offer, masterKey) === null) {
    refuse("exchange", "The shop does not take coins of the exchange that this wallet uses.");
  }
}

/** The base URL that the contract gives for the exchange with this master key, or null. */
export function exchangeURLIn(offer, masterKey) {
  return offer.exchanges.find((exchange) => equalBytes(exchange.masterKey, masterKey))?.url ?? null;
}

function parsed(text) {
  try {
    const offer = parseStrictJSON(text);
    if (isObject(offer)) return offer;
  } catch (error) {
    refuse("malformed", `The shop's offer cannot be read: ${error.message}.`, error);
  }
  return refuse("malformed", "The shop's offer is not a JSON object.");
}

function readTerms(terms) {
  return attempt(() => {
    const offer = {
      amount: Amount.fromJSON(terms.amount),
      maxFee: Amount.fromJSON(terms.max_fee),
      transactionID: terms.transaction_id,
      timestamp: timeFromJSON(terms.timestamp),
      refundDeadline: timeFromJSON(terms.refund_deadline),
      expiry: timeFromJSON(terms.expiry),
      wireHash: decodeBase32Fixed(terms.H_wire, 64),
      merchantName: isObject(terms.merchant) ? optionalText(terms.merchant.name) : null,
      merchantAddress: isObject(terms.merchant) ? readLocation(terms.merchant.address, terms.locations) : null,
      products: readProducts(terms.products, terms.locations),
      correlation: optionalText(terms.repurchase_correlation_id),
      exchanges: readExchanges(terms.mints),
      terms,
    };
    if (offer.maxFee.currency !== offer.amount.currency) throw new SyntaxError("max_fee has another currency");
    if (!Number.isSafeInteger(offer.transactionID) || offer.transactionID < 0) throw new SyntaxError("transaction_id is no such number");
    if (offer.timestamp === NEVER || offer.refundDeadline === NEVER) throw new SyntaxError("a date that never comes");
    return offer;
  }, "contract");
}

function readProducts(products, locations) {
  if (!Array.isArray(products)) throw new SyntaxError("products is no list");
  return products.filter(isObject).map((product) => ({
    description: optionalText(product.description) ?? "",
    quantity: Number.isSafeInteger(product.quantity) ? product.quantity : null,
    price: product.price === undefined ? null : Amount.fromJSON(product.price),
    taxes: readTaxes(product.taxes),
    deliveryPlace: readPlace(product.delivery_location, locations),
    deliveryDate: optionalText(product.delivery_date),
  }));
}

/** [{name, amount}] of an array of objects `{"VAT": amount}`; none when there is no such array. */
function readTaxes(taxes) {
  if (taxes === undefined || taxes === null) return [];
  if (!Array.isArray(taxes)) throw new SyntaxError("taxes is no list");
  return taxes.filter(isObject).flatMap((tax) => Object.entries(tax).map(([name, amount]) => ({ name, amount: Amount.fromJSON(amount) })));
}

/** The lines of the address with this label in `locations`; the text itself (an address in the web, say) when no location has it; else null. */
function readPlace(label, locations) {
  if (typeof label !== "string" || label === "") return null;
  return readLocation(label, locations) ?? [label];
}

/** The lines of the address with this label in `locations`; null when there is none. */
function readLocation(label, locations) {
  if (typeof label !== "string" || !isObject(locations) || !Object.hasOwn(locations, label) || !isObject(locations[label])) return null;
  const word = (member) => (Number.isSafeInteger(locations[label][member]) ? String(locations[label][member]) : locations[label][member]);
  const isWord = (part) => typeof part === "string" && part !== "";
  const parts = ADDRESS.map((members) => members.map(word).filter(isWord).join(" ")).filter((line) => line !== "");
  return parts.length === 0 ? null : parts;
}

function readExchanges(mints) {
  if (!Array.isArray(mints)) throw new SyntaxError("mints is no list");
  return mints.filter((mint) => isObject(mint) && typeof mint.url === "string")
    .map((mint) => ({ url: mint.url, masterKey: decodeBase32Fixed(mint.master_pub, 32) }));
}

/** Members and texts that the classic contract must not have, because readers differ on them or a person cannot see them. */
function refuseUnhashable(value, path) {
  if (typeof value === "string" && /[\u0000-\u001f]/.test(value)) refuse("malformed", `The contract has a control character in ${path}.`);
  if (value === null || typeof value !== "object") return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "$forgettable") refuse("malformed", "The contract has parts that can be forgotten, which this wallet does not know.");
    if (/[\u0000-\u001f]/.test(name)) refuse("malformed", `The contract has a control character in a name in ${path || "it"}.`);
    refuseUnhashable(inner, path === "" ? name : `${path}.${name}`);
  }
}

function optionalText(value) {
  return typeof value === "string" ? value : null;
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function attempt(read, member) {
  try {
    return read();
  } catch (error) {
    return refuse("malformed", `The shop's offer cannot be read: ${member}: ${error.message}.`, error);
  }
}

function refuse(reason, message, cause) {
  throw new ContractError(reason, message, { cause });
}
