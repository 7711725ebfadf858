// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Runs every check of a known answer in this page, lists the groups, and sends what came of it to the page's server
 * (POST result: {agent, results} or {agent, error}), so that a browser needs no driver to be tested.
 */

const groups = document.getElementById("groups");
const status = document.getElementById("status");
const outcome = { agent: navigator.userAgent };

try {
  const { runAll } = await import("./all.mjs");
  outcome.results = await runAll();
  for (const { group, count, failures } of outcome.results) {
    const line = document.createElement("li");
    line.textContent = `${group}: ${count - failures.length} of ${count} agree`;
    groups.append(line);
  }
} catch (error) {
  outcome.error = String(error);
}
status.textContent = outcome.error ?? "done";
await fetch("result", { method: "POST", body: JSON.stringify(outcome) });
