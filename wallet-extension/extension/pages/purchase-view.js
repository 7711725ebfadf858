// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What was bought, and payments that are not finished. */

import { Amount, sum } from "../../core/amount.js";
import { element, foreign, isBlank } from "../../window/elements.js";
import { addressOf } from "./names.js";

const STATES = {
  pending: "popup_purchase_pending", paid: "popup_purchase_paid", refused: "popup_purchase_refused", givenUp: "popup_purchase_givenUp",
};

/** The records of purchases, newest first. */
export function purchaseView(words, purchases) {
  const heading = element("h2", { id: "bought-title" }, words.text("popup_purchases"));
  if (purchases.length === 0) return [heading, element("p", { class: "note" }, words.text("popup_purchases_empty"))];
  return [heading, element("ul", { id: "purchases" }, ...purchases.map((purchase) => line(words, purchase, again(words, purchase))))];
}

/**
 * Payments whose outcome is not known; `finish(id)` runs by the button, and again only when it has ended. `answer` {id, text, isBusy} is what came of
 * it: it stands in the payment's row, or above the others when its outcome is known now. Null when there is nothing of all that.
 */
export function unfinishedView(words, purchases, finish, answer = null) {
  if (purchases.length === 0 && answer === null) return null;
  const said = answer === null ? null : element("p", { id: "finish-answer", class: "answer", role: "status", tabindex: "-1" }, answer.text);
  const isOpen = purchases.some(({ id }) => id === answer?.id);
  return [
    element("h2", { id: "unfinished-title" }, words.text("popup_unfinished")),
    ...(isOpen ? [] : [said]).filter((node) => node !== null),
    ...(purchases.length === 0 ? [] : [
      element("p", { class: "note" }, words.text("popup_unfinished_note")),
      element("ul", {}, ...purchases.map((purchase) => line(words, purchase, finishButton(words, purchase, finish, answer), purchase.id === answer?.id ? said : null)))]),
  ];
}

function line(words, purchase, action, after = null) {
  const { created, state, merchant, total } = purchase;
  const detail = [words.date(created), words.text(STATES[state] ?? state), ...cameBack(words, purchase)].join(" · ");
  return element("li", { "data-purchase": purchase.id, "data-state": state },
    element("span", {}, foreign(nameOf(purchase), 80),
      element("small", {}, ...(merchant && !isBlank(merchant) ? [foreign(merchant, 80), " · "] : []), detail), action, after),
    element("span", { class: "number" }, words.money(Amount.parse(total))));
}

function nameOf({ title, merchant, origin }) {
  return [title, merchant].find((name) => name && !isBlank(name)) ?? origin;
}

function cameBack(words, { refunds = [] }) {
  const amounts = (refunds ?? []).map(({ credited }) => Amount.parse(credited));
  return amounts.length === 0 ? [] : [words.text("popup_came_back", { amount: sum(amounts[0].currency, amounts) })];
}

/** To what was bought; a shop that named no address for it has its execution page. Both are of the shop's own origin, or there is no link. */
function again(words, purchase) {
  const target = purchase.state === "paid" ? addressOf(purchase.origin, purchase.url ?? purchase.execURL) : null;
  if (target === null) return null;
  return element("a", {
    href: target, target: "_blank", rel: "noreferrer noopener", "aria-label": words.text("popup_open_again_of", { title: nameOf(purchase) }),
  }, words.text("popup_open_again"));
}

function finishButton(words, purchase, finish, answer) {
  const button = element("button", {
    id: `finish-${purchase.id}`, "data-finish": purchase.id, type: "button", class: "secondary small",
    "aria-label": words.text("popup_finish_of", { title: nameOf(purchase) }),
  }, words.text("popup_finish"));
  button.disabled = answer?.isBusy === true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await finish(purchase.id);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
