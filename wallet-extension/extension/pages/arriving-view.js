// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Money that is on its way from a bank. */

import { Amount } from "../../core/amount.js";
import { actionButton, element, foreign, foreignSite } from "../../window/elements.js";
import { siteName } from "./names.js";

const STATES = {
  created: "popup_reserve_created", registered: "popup_reserve_created", asked: "popup_reserve_created", handed: "popup_reserve_handed",
  wired: "popup_reserve_wired", planned: "popup_reserve_planned",
};

/**
 * Reserves that are not done: [{reservePub, amount, state, problem, from (an address), address}]; `address` is where at the bank it goes on, or null.
 * `lookAgain(reservePub)` runs by the button of a failed one, `forget(reservePub)` by that of one that waits at the bank. Null when there is none.
 */
export function arrivingView(words, reserves, lookAgain, forget = () => {}) {
  if (reserves.length === 0) return null;
  return [
    element("h2", { id: "arriving-title" }, words.text(reserves.every(({ address }) => address !== null) ? "popup_waiting" : "popup_arriving")),
    element("ul", { id: "withdrawals" }, ...reserves.map((reserve) => line(words, reserve, lookAgain, forget))),
  ];
}

function line(words, { reservePub, amount, state, problem, from, address }, lookAgain, forget) {
  return element("li", { "data-reserve": reservePub, "data-state": state },
    element("span", {}, ...words.nodes("popup_reserve_from", { bank: foreignSite(siteName(from)) }),
      element("small", {}, ...stateWords(words, state, problem)),
      address === null ? null : element("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, words.text("popup_reserve_continue")),
      address === null ? null : smallButton(words, "popup_reserve_forget", from, () => forget(reservePub)),
      state === "failed" ? smallButton(words, "popup_reserve_again", from, () => lookAgain(reservePub)) : null),
    element("span", { class: "number" }, words.money(Amount.parse(amount))));
}

/** Its name says, to those who hear it, of which bank: the text `key` + "_of". */
function smallButton(words, key, from, action) {
  const button = actionButton(null, words.text(key), action, "secondary small");
  button.classList.add("again");
  button.setAttribute("aria-label", words.text(`${key}_of`, { bank: siteName(from) }));
  return button;
}

function stateWords(words, state, problem) {
  if (state === "failed") return words.nodes("popup_reserve_failed", { problem: foreign(problemText(words, problem)) });
  return [words.text(STATES[state] ?? state)];
}

/** What a record says of its problem: a text of an earlier wallet, or {reason, parameters, message}. */
export function problemText(words, problem) {
  return problem === null || problem === undefined ? "" : typeof problem === "string" ? problem : words.error(problem);
}
