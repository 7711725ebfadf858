// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Accepting an exchange by its address, without a withdrawal. */

import { element } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { ExchangeProblem, lookAt } from "./exchange-look.js";
import { isTrusted, trustView } from "./trust-view.js";

/** The form; `accepted(url)` runs after the person has accepted one. */
export function addView(words, wallet, accepted) {
  const problem = element("p", { id: "exchange-problem", class: "problem", role: "alert", hidden: "" });
  const field = element("input", {
    id: "exchange-address", type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", placeholder: "https://", "aria-describedby": "exchange-problem",
  });
  const result = element("div", {});
  const form = element("form", { novalidate: "" },
    element("label", { for: "exchange-address" }, words.text("withdraw_exchange_address")),
    element("div", { class: "row" }, field, element("button", { id: "look", class: "secondary" }, words.text("withdraw_exchange_look"))), problem);

  const say = (text) => {
    problem.textContent = text;
    problem.hidden = text === "";
    if (text === "") field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    result.replaceChildren();
    page.status(words.text("withdraw_asking"));
    try {
      const { preview } = await lookAt(wallet, field.value);
      if (preview.known === "accepted") say(words.text("exchanges_known"));
      else result.replaceChildren(trustView(words, preview, acceptButton(words, wallet, preview, accepted)));
    } catch (error) {
      if (!(error instanceof ExchangeProblem)) throw error;
      say(words.text(error.key, error.parameters));
    } finally {
      page.status("");
    }
  });

  return element("div", { id: "add" },
    element("section", { class: "card", "aria-labelledby": "add-title" }, element("h2", { id: "add-title" }, words.text("exchanges_add")), form),
    result);
}

function acceptButton(words, wallet, preview, accepted) {
  const button = element("button", { id: "confirm", type: "button", class: "primary" }, words.text("exchanges_accept"));
  button.addEventListener("click", async () => {
    if (!isTrusted(words)) return;
    button.disabled = true;
    await wallet.exchanges.accept(preview);
    accepted(preview.url);
  });
  return element("div", { class: "actions" }, button);
}
