// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The choice of an exchange: those that are accepted, the bank's suggestion, or another address. */

import { canonicalExchangeURL } from "../../engine/exchange-url.js";
import { element, foreign } from "../../window/elements.js";

const OTHER = "other";

/** [{url, isKnown, isSuggested}]: accepted ones of the currency, and the suggestion, which goes first when it is one of them. */
export function choicesOf(accepted, suggested, currency) {
  const wanted = canonical(suggested);
  const known = accepted.filter((one) => one.currency === currency).map(({ url }) => ({ url, isKnown: true, isSuggested: url === wanted }));
  if (wanted === null) return known;
  if (known.some(({ url }) => url === wanted)) return known.sort((a, b) => Number(b.isSuggested) - Number(a.isSuggested));
  return [...known, { url: wanted, isKnown: false, isSuggested: true }];
}

/**
 * The form part. `look(address)` runs when one is chosen, at once for the one that is chosen already, and null when an address is still to be
 * written. `say(text)` shows beside it why the chosen one cannot be used.
 */
export class ExchangeChoice {
  node;
  #look;
  #problem = element("p", { id: "exchange-problem", class: "problem", role: "alert", hidden: "" });
  #address;
  #choices;

  constructor(words, choices, look) {
    this.#look = look;
    this.#choices = choices;
    this.#address = element("input", {
      id: "exchange-address", type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", placeholder: "https://",
      "aria-describedby": "exchange-problem",
    });
    this.node = element("fieldset", { class: "card", id: "exchange" },
      element("legend", {}, words.text("withdraw_exchange")),
      ...choices.map((choice, i) => this.#option(choice.url, i === 0, choice.url, detailOf(words, choice))),
      this.#option(OTHER, choices.length === 0, null, null, words.text("withdraw_exchange_other")),
      this.#form(words, choices.length === 0),
      this.#problem);
  }

  /** Looks at the one that is chosen from the start; ends when it has been looked at. */
  begin() {
    return this.#look(this.#choices[0]?.url ?? null);
  }

  say(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
    if (text === "") this.#address.removeAttribute("aria-invalid");
    else this.#address.setAttribute("aria-invalid", "true");
  }

  #option(value, isChosen, name, detail, label = null) {
    const box = element("input", { type: "radio", name: "exchange", value, "aria-describedby": "exchange-problem" });
    box.checked = isChosen;
    box.addEventListener("change", () => {
      this.say("");
      this.node.querySelector("#other-exchange").hidden = value !== OTHER;
      return this.#look(value === OTHER ? null : value);
    });
    return element("label", { class: "check" }, box, element("span", {}, label ?? foreign(name, 200), detail));
  }

  /** A form, so that Enter looks at the address too. */
  #form(words, isShown) {
    const form = element("form", { id: "other-exchange", novalidate: "", hidden: isShown ? null : "" },
      element("label", { for: "exchange-address" }, words.text("withdraw_exchange_address")),
      element("div", { class: "row" }, this.#address, element("button", { id: "look", class: "secondary" }, words.text("withdraw_exchange_look"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say("");
      return this.#look(this.#address.value);
    });
    return form;
  }
}

function detailOf(words, { isKnown, isSuggested }) {
  const texts = [isKnown ? words.text("withdraw_exchange_known") : null, isSuggested ? words.text("withdraw_exchange_suggested") : null];
  return element("small", {}, texts.filter((one) => one !== null).join(" · "));
}

function canonical(address) {
  try {
    return address === null ? null : canonicalExchangeURL(address);
  } catch {
    return null;
  }
}
