// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The known answers under Tests/TestVectors, and the registration of one test for each. */

import { readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../../Tests/TestVectors/", import.meta.url);

export function read(path) {
  return JSON.parse(readFileSync(new URL(path, FOLDER), "utf8"));
}

/** The libraries of protocol 23 and of protocol 14, each with its name. */
export const libraries = [14, 23].map((protocol) => ({ protocol, ...read(`Vectors/exchange-library-protocol${protocol}.json`) }));

/** The library of protocol 23. */
export const library = libraries[1];

/** The independent implementation's answers. */
export const independent = read("Vectors/protocol.json");

/** A recorded call of a real exchange of protocol 23. */
export function transcript(name) {
  return read(`Transcripts/protocol23/${name}.json`);
}

let registered = 0;

/** How many known answers have a test. */
export function vectorCount() {
  return registered;
}

/** A test of one known answer. */
export function vector(name, body) {
  registered += 1;
  test(`vector: ${name}`, body);
}
