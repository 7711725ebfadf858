// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's words, read from the checkout. */

import { readFileSync } from "node:fs";

import { Words } from "../../window/words.js";

export function wordsIn(language, locale = language) {
  return new Words(JSON.parse(readFileSync(new URL(`../../_locales/${language}/messages.json`, import.meta.url), "utf8")), language, locale);
}

export const english = wordsIn("en");
