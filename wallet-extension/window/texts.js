// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's words in the reader's language, from `_locales/LANGUAGE/messages.json` (the format of browser extensions). */

import { Words } from "./words.js";

export const LANGUAGES = Object.freeze(["en", "de", "fr", "es", "it"]);

const FOLDER = new URL("../_locales/", import.meta.url);

/**
 * The words for the first of `languages` (tags like `de-AT`, best first) that there are words for, else English. `read` gives the
 * parsed messages of a language. Throws when not even the English ones can be read.
 */
export async function loadWords({ languages = preferredLanguages(), read = readMessages } = {}) {
  const { language, locale } = chooseLanguage(languages);
  const messages = await read(language).catch((error) => (language === "en" ? Promise.reject(error) : null));
  if (messages !== null) return new Words(messages, language, locale);
  return new Words(await read("en"), "en", "en");
}

/** {language, locale}: `locale` is the reader's own tag, whose region decides how dates and numbers are written. */
export function chooseLanguage(languages) {
  for (const tag of languages) {
    const language = String(tag).toLowerCase().split("-")[0];
    if (LANGUAGES.includes(language)) return { language, locale: canonical(tag) ?? language };
  }
  return { language: "en", locale: "en" };
}

function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** What the reader set in the browser; then the browser's own language. */
function preferredLanguages() {
  return [...(globalThis.navigator?.languages ?? []), globalThis.chrome?.i18n?.getUILanguage?.()].filter((tag) => typeof tag === "string");
}

async function readMessages(language) {
  const response = await fetch(new URL(`${language}/messages.json`, FOLDER), { credentials: "omit" });
  if (!response.ok) throw new Error(`the words for ${language} cannot be read: status ${response.status}`);
  return response.json();
}
