// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How a page sees that there is a wallet: by events, and, when it has no script, by its style sheet `taler-presence-stylesheet`. */

var talerWallet = talerWallet ?? {};

talerWallet.presence = (() => {
  const SHEET = "taler-presence-stylesheet";

  /** After so many milliseconds a style sheet that is switched on should have come back. */
  const SETTLED = 1_000;

  const HIDE = ".taler-installed-hide, .taler-probed-hide { display: none !important; }";

  /** Undoes what was done to the page's style; null when nothing was. */
  let restore = null;

  /** `detail` reaches the page as an object of its own, also where the browser keeps the worlds apart (Firefox). */
  function dispatch(name, detail = null) {
    const content = detail !== null && typeof cloneInto === "function" ? cloneInto(detail, document.defaultView) : detail;
    const target = document.body ?? document.documentElement ?? document;
    // A page may call an element `body`: then it hears nothing, and that is all.
    target.dispatchEvent?.(new CustomEvent(name, { detail: content, bubbles: true }));
  }

  /** Puts the wallet's rules in the place of the page's own, which hold while there is no wallet. False for a page that has no such sheet. */
  function takeOverSheet() {
    const link = document.getElementById(SHEET);
    if (link?.localName !== "link") return false;
    restore ??= adoptSheet(link) ?? editSheet(link);
    return true;
  }

  function adoptSheet(link) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.insertRule(HIDE);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const loaded = new AbortController();
      link.disabled = true;
      // Chromium applies a sheet all the same that was on its way when it was switched off.
      link.addEventListener("load", () => { switchSheet(link, false); }, { signal: loaded.signal });
      return () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
        loaded.abort();
        link.disabled = false;
        switchSheet(link, true);
        bringBack(link);
      };
    } catch {
      // Firefox keeps adopted sheets from extensions.
      return null;
    }
  }

  /** A sheet that is read anew may come back as it was, or, when its reading was cut off, not at all: then the element is made anew. */
  function bringBack(link) {
    link.addEventListener("load", () => { if (restore === null) switchSheet(link, true); }, { once: true });
    setTimeout(() => {
      if (restore !== null || link.isConnected !== true || (link.sheet !== null && !link.sheet.disabled)) return;
      const anew = link.cloneNode();
      anew.disabled = false;
      link.replaceWith(anew);
    }, SETTLED);
  }

  function switchSheet({ sheet }, isOn) {
    if (sheet) sheet.disabled = !isOn;
  }

  /** The rules are changed where they stand; a sheet of another site, which nobody may read, is only switched off. */
  function editSheet(link) {
    const isEdited = () => {
      try {
        const { sheet } = link;
        for (let i = sheet.cssRules.length - 1; i >= 0; i -= 1) {
          if (sheet.cssRules[i].selectorText?.includes(".taler-installed-show")) sheet.deleteRule(i);
        }
        sheet.insertRule(HIDE, sheet.cssRules.length);
        return true;
      } catch {
        return false;
      }
    };
    if (isEdited()) {
      // Switched off and on, the sheet is read anew.
      return () => { link.disabled = true; link.disabled = false; };
    }
    const loaded = new AbortController();
    if (link.sheet === null) link.addEventListener("load", isEdited, { once: true, signal: loaded.signal });
    else link.disabled = true;
    return () => { loaded.abort(); link.disabled = true; link.disabled = false; };
  }

  function giveBackSheet() {
    restore?.();
    restore = null;
  }

  return { dispatch, takeOverSheet, giveBackSheet };
})();
