// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The choice of an exchange: those that are accepted, the bank's suggestion, or another address. One that is not accepted is an address that a page
 * has named: it is asked nothing before the person says so.
 */

import { canonicalExchangeURL } from "../../engine/exchange-url.js";
import { AGAIN, consentButton } from "../../window/consent.js";
import { element, foreignSite } from "../../window/elements.js";
import { focusOn } from "./frame.js";

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
 * The form part. `look(address)` runs when an accepted one is chosen, at once for the one that is chosen already, when the person wants to look at
 * another one, and with null when there is nothing to look at yet; it gives whether something is shown. `say(text)` shows beside it why the chosen
 * one cannot be used.
 */
export class ExchangeChoice {
  node;
  #look;
  #problem = element("p", { id: "exchange-problem", class: "problem", role: "alert", hidden: "" });
  #address;
  #choices;
  #suggestion = null;

  constructor(words, choices, look) {
    this.#look = look;
    this.#choices = choices;
    this.#address = element("input", {
      id: "exchange-address", type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", placeholder: "https://",
      "aria-describedby": "exchange-problem",
    });
    const suggested = choices.find(({ isKnown }) => !isKnown);
    if (suggested !== undefined) this.#suggestion = this.#lookAtSuggestion(words, suggested.url, choices[0] === suggested);
    this.node = element("fieldset", { class: "card", id: "exchange" },
      element("legend", {}, words.text("withdraw_exchange")),
      ...choices.map((choice, i) => this.#option(choice, i === 0, foreignSite(choice.url, 300), detailOf(words, choice))),
      this.#suggestion,
      this.#option({ url: OTHER, isKnown: false }, choices.length === 0, words.text("withdraw_exchange_other"), null),
      this.#form(words, choices.length === 0),
      this.#problem);
  }

  /** Looks at the one that is chosen from the start, if it is accepted; ends when it has been looked at. */
  begin() {
    return this.#choose(this.#choices[0] ?? { url: OTHER, isKnown: false });
  }

  say(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
    if (text === "") this.#address.removeAttribute("aria-invalid");
    else this.#address.setAttribute("aria-invalid", "true");
  }

  #choose({ url, isKnown }) {
    this.say("");
    this.node.querySelector("#other-exchange").hidden = url !== OTHER;
    if (this.#suggestion !== null) this.#suggestion.hidden = isKnown || url === OTHER;
    return this.#look(isKnown ? url : null);
  }

  #option(choice, isChosen, name, detail) {
    const box = element("input", { type: "radio", name: "exchange", value: choice.url, "aria-describedby": "exchange-problem" });
    box.checked = isChosen;
    box.addEventListener("change", () => this.#choose(choice));
    return element("label", { class: "check" }, box, element("span", {}, name, detail));
  }

  /** What stands below a suggestion that is not accepted, until it has been looked at. */
  #lookAtSuggestion(words, url, isShown) {
    const button = consentButton("look-suggested", words.text("withdraw_suggested_look"), async () => {
      this.say("");
      if (await this.#look(url)) {
        part.hidden = true;
        focusOn(document.querySelector("#offer h2"));
      }
      return AGAIN;
    });
    button.setAttribute("aria-describedby", "exchange-problem");
    const part = element("div", { id: "suggestion", hidden: isShown ? null : "" },
      element("p", { class: "note" }, words.text("withdraw_suggested_note")), button);
    return part;
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
