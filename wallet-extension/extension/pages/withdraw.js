// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Getting money: a withdrawal that a bank's page has begun (its session's id is in the address), or how to begin one. */

import { element, foreignSite } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { startPage } from "./frame.js";
import { addressOf, siteName } from "./names.js";
import { openSession } from "./session.js";
import { readRequest, WithdrawalRefused } from "./withdraw-request.js";
import { WithdrawalFlow } from "./withdrawal-flow.js";

const STEPS = ["withdraw_how_login", "withdraw_how_choose", "withdraw_how_wallet"];

await startPage(async (words, wallet) => {
  if (location.hash === "") {
    page.show(explanation(words, await banks(wallet)));
    return;
  }
  const session = await openSession();
  if (session === null || session.kind !== "withdraw") {
    page.error(words.text("withdraw_gone"));
    page.show(explanation(words, await banks(wallet)));
    return;
  }
  try {
    await new WithdrawalFlow(words, wallet, session, readRequest(session)).run();
  } catch (error) {
    if (!(error instanceof WithdrawalRefused)) throw error;
    refuse(words, session, error.reason);
  }
});

/** The banks that have sent money before, by their origins, the last one first. */
async function banks(wallet) {
  const origins = (await wallet.store.reserves.all()).map(({ source }) => (source?.kind === "page" ? addressOf(source.origin, source.origin) : null));
  return [...new Set(origins.filter((one) => one !== null))];
}

function explanation(words, addresses) {
  return element("section", { class: "card", "aria-labelledby": "how" },
    element("h2", { id: "how" }, words.text("withdraw_how_title")),
    element("ol", { class: "steps" }, ...STEPS.map((key) => element("li", {}, words.text(key)))),
    ...(addresses.length === 0 ? [] : [
      element("h3", {}, words.text("withdraw_banks")),
      element("ul", { id: "banks" }, ...addresses.map((address) => element("li", {}, element("a", { href: address }, foreignSite(siteName(address))))))]));
}

function refuse(words, { origin, page: address }, reason) {
  const back = addressOf(origin, address);
  page.show(element("section", { class: "card", id: "refused", "data-reason": reason },
    element("h2", {}, words.text("withdraw_refused")),
    element("p", {}, words.text(reason), " ", words.text("withdraw_bad_nothing")),
    element("p", { class: "origin" }, foreignSite(origin, 300)),
    back === null ? null : element("div", { class: "actions" }, element("a", { id: "back", href: back, class: "button secondary" }, words.text("withdraw_back")))));
}
