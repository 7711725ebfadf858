// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the wallet's own pages begin with: the reader's words, the wallet, and a place for what goes wrong. */

import { page } from "../../window/page.js";
import { loadWords } from "../../window/texts.js";
import { Wallet } from "../../engine/wallet.js";

/** Writes the words into the page and runs `run(words, wallet)`. What it throws, and what nobody else catches, is said in #error. */
export async function startPage(run) {
  const words = await loadWords();
  words.translate();
  // What stands behind the # says what the page is.
  window.addEventListener("hashchange", () => location.reload());
  window.addEventListener("unhandledrejection", (event) => complain(words, event.reason));
  try {
    await run(words, await Wallet.open());
  } catch (error) {
    complain(words, error);
  }
}

/** Says in #error what went wrong. */
export function complain(words, error) {
  console.error(error);
  page.status("");
  page.error(words.text("popup_failed", { problem: words.error(error) }));
}

/** Moves the focus, and with it a screen reader, to an element that is not part of the tab order by itself. */
export function focusOn(node) {
  if (node === null) return;
  if (node.getAttribute("tabindex") === null) node.setAttribute("tabindex", "-1");
  node.focus();
}
