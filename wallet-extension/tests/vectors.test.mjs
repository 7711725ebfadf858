// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { after, test } from "node:test";

import { vectorCount } from "./support/known-answers.mjs";
import "./vectors/encodings.mjs";
import "./vectors/hashes.mjs";
import "./vectors/coins.mjs";
import "./vectors/signatures.mjs";
import "./vectors/exchange-keys.mjs";
import "./vectors/refreshes.mjs";

let finished = 0;

test("every known answer has run", (t) => {
  finished = vectorCount();
  t.diagnostic(`${finished} known answers`);
});

after(() => console.log(`browser wallet: ${finished} known answers checked`));
