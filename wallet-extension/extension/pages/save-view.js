// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Saving a backup: a passphrase, written twice, and a file for the downloads. */

import { element } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { focusOn } from "./frame.js";
import { strengthOf } from "./passphrase-strength.js";

const STRENGTHS = {
  none: "backup_strength_none", weak: "backup_strength_weak", fair: "backup_strength_fair", good: "backup_strength_good",
};

/** The form; `last` is the time of the last backup or null; `save(passphrase)` makes the file and gives its name. */
export function saveView(words, last, save) {
  const first = passphraseField("passphrase", "new-password", "strength save-problem");
  const second = passphraseField("passphrase-again", "new-password", "save-problem");
  const strength = element("p", { id: "strength", class: "note", role: "status" }, words.text(STRENGTHS.none));
  const problem = element("p", { id: "save-problem", class: "problem", role: "alert", hidden: "" });
  const button = element("button", { id: "save", class: "primary" }, words.text("backup_save"));
  const lastLine = element("p", { class: "note", id: "last" }, lastWords(words, last));
  const form = element("form", { novalidate: "" },
    label(words, "backup_passphrase", first), strength, label(words, "backup_repeat", second), showBox(words, [first, second]), problem,
    element("div", { class: "actions" }, button));

  const say = (text, field) => {
    problem.textContent = text;
    problem.hidden = text === "";
    for (const one of [first, second]) one.removeAttribute("aria-invalid");
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
  };

  first.addEventListener("input", () => { strength.textContent = words.text(STRENGTHS[strengthOf(first.value)]); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    page.status("");
    form.parentNode.querySelector("#saved")?.remove();
    const grade = strengthOf(first.value);
    if (grade === "none") return say(words.text("backup_problem_nopassphrase"), first);
    if (grade === "weak") return say(words.text("backup_weak"), first);
    if (first.value !== second.value) return say(words.text("backup_differ"), second);
    say("", null);
    button.disabled = true;
    page.status(words.text("backup_saving"));
    try {
      const { file, time } = await save(first.value);
      page.status("");
      form.reset();
      strength.textContent = words.text(STRENGTHS.none);
      lastLine.textContent = lastWords(words, time);
      const done = element("p", { id: "saved", class: "done", role: "status" }, words.text("backup_saved", { file }));
      form.after(done);
      focusOn(done);
    } finally {
      button.disabled = false;
    }
    return undefined;
  });

  return element("section", { class: "card", "aria-labelledby": "save-title" },
    element("h2", { id: "save-title" }, words.text("backup_save")), element("p", { class: "note" }, words.text("backup_save_note")),
    element("p", { class: "note" }, words.text("backup_one_wallet")), lastLine, form);
}

function lastWords(words, last) {
  return last === null ? words.text("backup_last_never") : words.text("backup_last", { date: words.date(last) });
}

export function passphraseField(id, autocomplete, describedBy) {
  return element("input", { id, type: "password", autocomplete, spellcheck: "false", "aria-describedby": describedBy });
}

export function label(words, key, field) {
  return element("p", { class: "field" }, element("label", { for: field.id || field.getAttribute("id") }, words.text(key)), field);
}

/** A box that shows what is written in password fields. */
export function showBox(words, fields) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    for (const field of fields) field.setAttribute("type", box.checked ? "text" : "password");
  });
  return element("label", { class: "check" }, box, element("span", {}, words.text("backup_show")));
}
