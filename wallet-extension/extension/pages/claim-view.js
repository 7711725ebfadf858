// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An exchange that only a backup calls accepted: whether it is to be trusted. */

import { element, foreign } from "../../window/elements.js";
import { keyGroups } from "./names.js";
import { isTrusted } from "./trust-view.js";

/** `record` of the file; `accept()` runs by the button when the box is ticked. */
export function claimView(words, { url, currency, masterPub }, accept) {
  const fact = (key, ...nodes) => [element("dt", {}, words.text(key)), element("dd", {}, ...nodes)];
  const button = element("button", { id: "accept-exchange", type: "button", class: "primary" }, words.text("backup_trust_go"));
  button.addEventListener("click", () => {
    if (!isTrusted(words)) return;
    button.disabled = true;
    accept();
  });
  return element("section", { class: "reminder", id: "claimed", "aria-labelledby": "claimed-title" },
    element("h3", { id: "claimed-title" }, words.text("backup_trust")),
    element("p", { class: "note" }, words.text("backup_trust_note")),
    element("dl", { class: "facts" },
      ...fact("withdraw_exchange_address", foreign(url)),
      ...fact("exchanges_currency", currency),
      ...fact("withdraw_first_key", element("code", { class: "key", id: "master-key", "data-key": masterPub }, keyGroups(masterPub)))),
    element("p", { id: "trust-problem", class: "problem", role: "alert", hidden: "" }),
    element("label", { class: "check" },
      element("input", { id: "trust", type: "checkbox", "aria-describedby": "trust-problem" }), element("span", {}, words.text("withdraw_first_accept"))),
    element("div", { class: "actions" }, button));
}
