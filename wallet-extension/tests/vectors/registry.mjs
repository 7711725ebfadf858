// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The checks of known answers, by group: registered by the files beside this one, run by Node's test runner and by a page. */

const groups = new Map();

/** The function (name, body) that adds a check to this group. */
export function group(name) {
  const checks = [];
  if (groups.has(name)) throw new Error(`two groups are called ${name}`);
  groups.set(name, checks);
  return (check, body) => checks.push({ name: check, body });
}

/** [{group, checks: [{name, body}]}] in the order of their registration. */
export function registered() {
  return [...groups].map(([name, checks]) => ({ group: name, checks }));
}

/** Runs all, one after the other: [{group, count, failures: [text]}]. */
export async function runAll() {
  const results = [];
  for (const { group: name, checks } of registered()) {
    const failures = [];
    for (const check of checks) {
      try {
        await check.body();
      } catch (error) {
        failures.push(`${check.name}: ${error.message}`);
      }
    }
    results.push({ group: name, count: checks.length, failures });
  }
  return results;
}
