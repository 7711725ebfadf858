// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the checks of known answers ask: in Node and in a browser's page the same. Everything is compared strictly. */

export class CheckError extends Error {}

function fail(reason) {
  throw new CheckError(reason);
}

function equal(found, expected) {
  if (!Object.is(found, expected)) fail(`found ${String(found)} instead of ${String(expected)}`);
}

function ok(value) {
  if (!value) fail(`found ${String(value)}`);
}

/** The same class, and the same own members with the same values. */
function deepEqual(found, expected, path = "") {
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null) {
    if (!Object.is(found, expected)) fail(`found ${String(found)} instead of ${String(expected)} at ${path || "the top"}`);
    return;
  }
  if (Object.getPrototypeOf(found) !== Object.getPrototypeOf(expected)) fail(`another class at ${path || "the top"}`);
  const members = Object.keys(expected);
  const others = Object.keys(found);
  if (members.length !== others.length) fail(`the members ${others} instead of ${members} at ${path || "the top"}`);
  for (const member of members) {
    if (!Object.hasOwn(found, member)) fail(`no ${member} at ${path || "the top"}`);
    deepEqual(found[member], expected[member], `${path}.${member}`);
  }
}

/** The function throws an Error, of that class when one is given. */
function throws(call, kind = Error) {
  try {
    call();
  } catch (error) {
    if (error instanceof kind) return;
    throw error;
  }
  fail("nothing was thrown");
}

/** The promise is rejected with an Error, of that class when one is given. */
async function rejects(promise, kind = Error) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof kind) return;
    throw error;
  }
  fail("the promise was kept");
}

export default { equal, ok, deepEqual, throws, rejects };
