// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A word that coins are in this browser only, as long as no backup has them. */

import { element } from "../../window/elements.js";

/** `last` is the time of the last backup (seconds) or null; `target` the link's target. */
export function reminderView(words, last, target = null) {
  const text = last === null ? words.text("popup_backup_never") : words.text("popup_backup_old", { date: words.date(last) });
  return element("p", { class: "reminder", id: "backup-reminder" }, text, " ",
    element("a", { href: "backup.html", target }, words.text("popup_backup_go")));
}
