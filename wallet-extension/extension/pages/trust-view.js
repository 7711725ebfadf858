// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An exchange that the person has not accepted: who it is, and whether it is to be trusted. */

import { element, foreignSite } from "../../window/elements.js";
import { keyGroups } from "./names.js";

/** The part for a preview of the exchange; `action` is a node at its end, or null. */
export function trustView(words, { url, currency, masterPub, known }, action = null) {
  const fact = (key, ...nodes) => [element("dt", {}, words.text(key)), element("dd", {}, ...nodes)];
  return element("section", { class: "card", id: "first-use", "aria-labelledby": "first-use-title" },
    element("h2", { id: "first-use-title" }, words.text("withdraw_first")),
    known === "changed" ? element("p", { class: "reminder", id: "key-changed" }, words.text("exchanges_problem_masterKey")) : null,
    element("p", { class: "note" }, words.text("withdraw_first_note")),
    element("dl", { class: "facts" },
      ...fact("withdraw_exchange_address", foreignSite(url, 300)),
      ...fact("exchanges_currency", currency),
      ...fact("withdraw_first_key", element("code", { class: "key", id: "master-key", "data-key": masterPub }, keyGroups(masterPub)))),
    element("p", { id: "trust-problem", class: "problem", role: "alert", hidden: "" }),
    element("label", { class: "check" },
      element("input", { id: "trust", type: "checkbox", "aria-describedby": "trust-problem" }), element("span", {}, words.text("withdraw_first_accept"))),
    action);
}

/** Whether the box was ticked; if not, says so beside it and goes there. True when there is no such box. */
export function isTrusted(words) {
  const box = document.getElementById("trust");
  const problem = document.getElementById("trust-problem");
  if (box === null) return true;
  problem.textContent = box.checked ? "" : words.text("withdraw_first_missing");
  problem.hidden = box.checked;
  if (!box.checked) box.focus();
  return box.checked;
}
