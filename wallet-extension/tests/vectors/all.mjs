// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Every check of a known answer. */

import "./encodings.mjs";
import "./hashes.mjs";
import "./coins.mjs";
import "./signatures.mjs";
import "./exchange-keys.mjs";
import "./refreshes.mjs";
import "./answers.mjs";

export { registered, runAll } from "./registry.mjs";
