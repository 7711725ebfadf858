// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The window's frame: balance, what is going on (#status), what went wrong (#error), and the view. */

import { money } from "./elements.js";

const byID = (id) => document.getElementById(id);

export const page = {
  show(...nodes) {
    byID("view").replaceChildren(...nodes.filter((node) => node !== null));
  },

  /** A text that ends in “…” is of something that goes on. */
  status(text) {
    byID("status").textContent = text;
    byID("status").classList.toggle("busy", text.endsWith("…"));
    byID("status").hidden = text === "";
  },

  error(text) {
    byID("error").textContent = text;
    byID("error").hidden = text === "";
  },

  /** `free` and `locked` are amounts; data-amount holds the free one as CUR:1.5. */
  balance({ free, locked }) {
    byID("balance").textContent = money(free);
    byID("balance").dataset.amount = free.toString();
    byID("locked").textContent = locked.isZero ? "" : `${money(locked)} in payments under way`;
  },
};
