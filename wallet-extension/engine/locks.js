// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One at a time, over all windows and the background: Web Locks; without them (tests in node) a queue of this context. */

const queues = new Map();

/** Runs `body` when nobody else holds `name`, and gives its result. */
export function exclusively(name, body) {
  const locks = globalThis.navigator?.locks;
  return locks === undefined ? queued(name, body) : locks.request(name, body);
}

/** Runs `body` and gives its result if nobody holds `name` now; else gives undefined. */
export async function ifFree(name, body) {
  const locks = globalThis.navigator?.locks;
  if (locks !== undefined) return locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : body()));
  return queues.has(name) ? undefined : queued(name, body);
}

function queued(name, body) {
  const before = queues.get(name) ?? Promise.resolve();
  const run = before.then(body);
  const settled = run.catch(() => {});
  queues.set(name, settled);
  settled.then(() => {
    if (queues.get(name) === settled) queues.delete(name);
  });
  return run;
}
