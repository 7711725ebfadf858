// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Making elements. All text goes in as text: nothing that a shop, a bank or an exchange says is ever read as HTML. */

/** An element with `properties` (class, id, type, onclick, …; null leaves one out) and children (nodes or texts; null is left out). */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that runs `action` once: it is disabled from the click on. */
export function actionButton(id, label, action, kind = "primary") {
  const button = element("button", { id, type: "button", class: kind }, label);
  button.addEventListener("click", () => {
    button.disabled = true;
    action();
  });
  return button;
}

/** Text from outside, isolated in direction and without characters that reorder or hide its neighbours. */
export function foreign(text, longest = 300) {
  return element("bdi", {}, visible(text, longest));
}

/** Text from outside without characters that reorder or hide their neighbours, cut after `longest` characters. */
export function visible(text, longest = 300) {
  const cleaned = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
  const shown = [...cleaned];
  return shown.length > longest ? `${shown.slice(0, longest).join("")}…` : cleaned;
}

/** An amount that programs can read too: data-amount holds `CUR:1.5`. */
export function money(words, amount, properties = {}) {
  return element("span", { class: "amount", "data-amount": amount.toString(), ...properties }, words.money(amount));
}
