// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Restoring from a backup: the file, its passphrase, and what has come of it. */

import { element, money } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { claimView } from "./claim-view.js";
import { focusOn } from "./frame.js";
import { label, passphraseField, showBox } from "./save-view.js";

/** No backup is larger (bytes). */
const LARGEST = 200_000_000;

const PROBLEMS = {
  file_unknown: "backup_problem_format", file_newer: "backup_problem_version", file_broken: "backup_problem_broken",
  content: "backup_problem_broken", passphrase_wrong: "backup_problem_passphrase", passphrase_short: "backup_problem_passphrase",
};

const COUNTS = [
  ["coins", "backup_restored_spendable"], ["reserves", "backup_restored_open"], ["purchases", "backup_restored_purchases"],
  ["exchanges", "backup_restored_exchanges"],
];

/**
 * The form; `restore(text, passphrase)` merges the file and gives {counts, balances, isWhole, unaccepted}: of exchanges that only the file calls
 * accepted the person is asked, one after the other; `accept(record)` trusts one, and gives {balances, isWhole}. Problems stand in #error, which is
 * moved to the form.
 */
export function restoreView(words, restore, accept) {
  const file = element("input", { id: "file", type: "file", accept: ".taler,.json,.txt,application/json,text/plain", "aria-describedby": "error" });
  const passphrase = passphraseField("restore-passphrase", "off", "error");
  const button = element("button", { id: "restore", class: "primary" }, words.text("backup_restore_go"));
  const form = element("form", { novalidate: "" },
    label(words, "backup_file", file), label(words, "backup_passphrase", passphrase), showBox(words, [passphrase]),
    element("div", { class: "actions" }, button));

  const say = (text, field) => {
    form.prepend(document.getElementById("error"));
    page.status("");
    page.error(text);
    for (const one of [file, passphrase]) one.removeAttribute("aria-invalid");
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = file.files[0];
    if (chosen === undefined) return say(words.text("backup_problem_nofile"), file);
    if (chosen.size > LARGEST) return say(words.text("backup_problem_large"), file);
    if (passphrase.value === "") return say(words.text("backup_problem_nopassphrase"), passphrase);
    say("", null);
    form.parentNode.querySelector("#restored")?.remove();
    button.disabled = true;
    page.status(words.text("backup_restoring"));
    try {
      const result = await restore(await chosen.text(), passphrase.value);
      page.status("");
      form.reset();
      showResult(words, form, result, accept);
    } catch (error) {
      const key = PROBLEMS[error?.reason];
      if (key === undefined) throw error;
      say(words.text(key), error.reason.startsWith("passphrase") ? passphrase : file);
    } finally {
      button.disabled = false;
    }
    return undefined;
  });

  return element("section", { class: "card", "aria-labelledby": "restore-title" },
    element("h2", { id: "restore-title" }, words.text("backup_restore")), element("p", { class: "note" }, words.text("backup_restore_note")), form);
}

/** The result below the form, with the first exchange that is to be accepted. */
function showResult(words, form, result, accept) {
  const [first, ...others] = result.unaccepted;
  const view = resultView(words, result);
  form.parentNode.querySelector("#restored")?.remove();
  form.after(view);
  if (first !== undefined) {
    view.append(claimView(words, first, async () => {
      page.status(words.text("backup_restoring"));
      const next = await accept(first);
      page.status("");
      showResult(words, form, { ...result, ...next, unaccepted: others }, accept);
    }));
  }
  focusOn(view);
}

function resultView(words, { counts, balances, isWhole }) {
  return element("div", { id: "restored", class: "done" },
    element("h3", {}, words.text("backup_restored")),
    element("dl", { class: "sums" },
      ...COUNTS.flatMap(([name, key]) => [
        element("dt", {}, words.text(key)), element("dd", { class: "number", "data-count": String(counts[name] ?? 0) }, words.number(counts[name] ?? 0))]),
      ...balances.flatMap(({ free }, i) => [
        element("dt", { class: "strong" }, i === 0 ? words.text("backup_restored_balance") : ""),
        element("dd", { class: "number strong" }, money(words, free))])),
    isWhole ? null : element("p", { class: "note" }, words.text("backup_restored_later")));
}
