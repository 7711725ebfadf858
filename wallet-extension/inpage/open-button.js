// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A bar at the foot of the shop's page with a button that opens the wallet: for browsers that blocked its window. */

const BAR = {
  position: "fixed", inset: "auto 0 0 0", "z-index": "2147483647", display: "flex", gap: "1rem", "align-items": "center",
  "justify-content": "center", padding: "0.9rem 1rem", background: "#14324a", color: "#ffffff",
  font: "16px/1.4 system-ui, sans-serif", "box-shadow": "0 -2px 12px rgb(0 0 0 / 0.25)",
};

const BUTTON = {
  padding: "0.55rem 1.2rem", border: "0", "border-radius": "0.5rem", background: "#ffffff", color: "#14324a",
  font: "inherit", "font-weight": "600", cursor: "pointer",
};

/** On paper there is nothing to open. */
function hideInPrint() {
  const sheet = new CSSStyleSheet();
  sheet.insertRule("@media print { #taler-wallet-bar { display: none !important; } }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet); };
}

/** Shows the bar; a click removes it and calls `open`. Gives the element. Styled through CSSOM: the page's policy forbids inline styles. */
export function showOpenButton(open, words = "Your browser held back the wallet's window.", label = "Open the wallet") {
  const bar = styled("div", BAR);
  bar.id = "taler-wallet-bar";
  bar.setAttribute("role", "alert");
  const showInPrint = hideInPrint();
  bar.append(words);
  const button = styled("button", BUTTON);
  button.id = "taler-wallet-open";
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => {
    bar.remove();
    showInPrint();
    open();
  });
  bar.append(button);
  document.body.append(bar);
  return bar;
}

function styled(name, style) {
  const element = document.createElement(name);
  for (const [property, value] of Object.entries(style)) element.style.setProperty(property, value);
  return element;
}
