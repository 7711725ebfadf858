// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a page hands over with an event. A page may put anything there: only text, and objects that can be written as JSON, come
 * through, and everything that is read of an object is read of our own copy.
 *
 * These files are classic scripts of one isolated world, which share `talerWallet` (`var`: a global of ours, whatever the page calls its
 * elements). They may run twice in a page (the extension was updated): each only defines, page.js starts.
 */

var talerWallet = talerWallet ?? {};

talerWallet.details = (() => {
  /** The longest text that is taken from a page, in UTF-16 units: 1 MiB. */
  const LONGEST_TEXT = 1_048_576;

  /** The detail as JSON text; null when there is none to be had. A string is given as it is. */
  function textOf(detail) {
    if (typeof detail === "string") return detail;
    if (detail === null || typeof detail !== "object") return null;
    try {
      return JSON.stringify(detail) ?? null;
    } catch {
      // A getter that throws, a circle, a number without end.
      return null;
    }
  }

  /** The detail as an object of our own; null when it is none, or too long. */
  function objectOf(detail) {
    const text = textOf(detail);
    if (text === null || text.length > LONGEST_TEXT) return null;
    try {
      const value = JSON.parse(text);
      return value !== null && typeof value === "object" ? value : null;
    } catch {
      return null;
    }
  }

  return { LONGEST_TEXT, textOf, objectOf };
})();
