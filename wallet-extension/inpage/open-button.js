// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A bar at the foot of the page with a button that opens the wallet: where the browser blocked its window, and for money that came back. */

import { loadWords } from "../window/texts.js";

const BAR = {
  position: "fixed", inset: "auto 0 0 0", "z-index": "2147483647", display: "flex", "flex-wrap": "wrap", gap: "0.6rem 1rem", "align-items": "center",
  "justify-content": "center", padding: "0.9rem 1rem", background: "#14324a", color: "#ffffff",
  font: "16px/1.4 system-ui, sans-serif", "box-shadow": "0 -2px 12px rgb(0 0 0 / 0.25)",
};

const BUTTON = {
  padding: "0.55rem 1.2rem", border: "0", "border-radius": "0.5rem", background: "#ffffff", color: "#14324a",
  font: "inherit", "font-weight": "600", cursor: "pointer",
};

/** The button's text when the words cannot be had from here: a page's policy may forbid to ask for them. */
const NAME = "GNU Taler";

/**
 * Shows the bar, in the language of the page; a click removes it and calls `open`. `text` and `label` are keys of words. Gives the function
 * that takes the bar away. Styled through CSSOM: the page's policy forbids inline styles.
 */
export function showOpenButton(open, text = "window_blocked", label = "window_open_wallet") {
  const bar = styled("div", BAR);
  bar.id = "taler-wallet-bar";
  bar.setAttribute("role", "alert");
  const said = document.createElement("span");
  const button = styled("button", BUTTON);
  button.id = "taler-wallet-open";
  button.type = "button";
  bar.append(said, button);

  let showInPrint = null;
  let isGone = false;
  const remove = () => {
    isGone = true;
    bar.remove();
    showInPrint?.();
  };
  button.addEventListener("click", () => {
    remove();
    open();
  });
  pageWords().then((words) => {
    if (isGone) return;
    said.textContent = words?.text(text) ?? "";
    button.textContent = words?.text(label) ?? NAME;
    if (words !== null) bar.lang = words.language;
    showInPrint = hideInPrint();
    document.body.append(bar);
  });
  return remove;
}

/** Words in the page's language, else the reader's; null when there are none. */
function pageWords() {
  return loadWords({ languages: [document.documentElement.lang, ...navigator.languages] }).catch(() => null);
}

/** On paper there is nothing to open. Gives the function that undoes it. */
function hideInPrint() {
  const sheet = new CSSStyleSheet();
  sheet.insertRule("@media print { #taler-wallet-bar { display: none !important; } }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet); };
}

function styled(name, style) {
  const element = document.createElement(name);
  for (const [property, value] of Object.entries(style)) element.style.setProperty(property, value);
  return element;
}
