// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One accepted exchange: who it is, what it takes, and what the wallet holds of it. */

import { actionButton, element, foreign, foreignSite, money } from "../../window/elements.js";
import { FEES, feeRange, feeText } from "./fee-range.js";
import { keyGroups, siteName } from "./names.js";

/**
 * `record` of the store; `keys`: its verified keys, or null with the reason `problem` (an error); `held`: [Amount]s, and `isInUse`: whether anything
 * of it is in the wallet. `remove` runs by the button.
 */
export function exchangeCard(words, { record, keys, problem, held, isInUse }, remove) {
  const { url, currency, masterPub, accepted } = record;
  const id = `exchange-${masterPub.slice(0, 12)}`;
  const fact = (key, ...nodes) => [element("dt", {}, words.text(key)), element("dd", {}, ...nodes)];
  return element("section", { class: "card exchange", "data-exchange": url, "aria-labelledby": id },
    element("h2", { id }, foreignSite(siteName(url))),
    problem === null ? null : element("p", { class: "problem" }, ...words.nodes("exchanges_unverified", { problem: foreign(words.error(problem)) })),
    element("dl", { class: "facts" },
      ...fact("withdraw_exchange_address", element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, foreignSite(url, 200))),
      ...fact("exchanges_currency", currency),
      ...(held.length === 0 ? [] : fact("exchanges_held", ...held.map((amount) => money(words, amount)))),
      ...fact("withdraw_first_key", element("code", { class: "key", "data-key": masterPub }, keyGroups(masterPub))),
      ...fact("exchanges_accepted", words.date(accepted)),
      ...(keys === null ? [] : [
        ...fact("exchanges_contact", words.date(keys.fetched)),
        ...fact("exchanges_version", String(keys.version)),
        ...feeFacts(words, keys.denominations)])),
    isInUse ? element("p", { class: "note" }, words.text("exchanges_in_use")) : removeButton(words, url, remove));
}

function feeFacts(words, denominations) {
  const lines = FEES.map(([name, key]) => [words.text(key), feeRange(denominations, name)]).filter(([, range]) => range !== null);
  if (lines.length === 0) return [];
  return [element("dt", {}, words.text("exchanges_fees")),
    ...lines.map(([what, range]) => element("dd", {}, words.text("window_pair", { name: what, value: feeText(words, range) })))];
}

function removeButton(words, url, remove) {
  const button = actionButton("remove", words.text("exchanges_remove"), remove, "secondary small");
  button.setAttribute("aria-label", words.text("exchanges_remove_of", { exchange: siteName(url) }));
  return element("div", { class: "actions" }, button);
}
