// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Room for conversations: the browser keeps 10 MiB of them for all sites together, and no site may have it all. */

import { sessions } from "../sessions.js";

/** What all conversations of one site may take, characters of their JSON. */
const SHARE = 3 << 20;

/**
 * Stores a session; `end(session)` ends another one for it. Of the same site the oldest go when it has more than its share; when the browser has no
 * room all the same, the oldest of the site that has the most. What is being paid stays. Throws when there is no room then either.
 */
export async function putWithRoom(session, end) {
  const others = (await sessions.all()).filter(({ id, isPosting }) => id !== session.id && isPosting !== true).sort((a, b) => a.created - b.created);
  const own = others.filter(({ origin }) => origin === session.origin);
  while (own.length > 0 && total(own) + size(session) > SHARE) await end(take(others, own.shift()));
  for (;;) {
    try {
      await sessions.put(session);
      return;
    } catch (error) {
      const next = oldestOfLargest(others, session);
      if (next === null) throw error;
      await end(take(others, next));
    }
  }
}

function take(list, one) {
  list.splice(list.indexOf(one), 1);
  return one;
}

/** Null when no site has more than the new session would: then it is this one that is too much. */
function oldestOfLargest(list, session) {
  const bySite = new Map();
  for (const one of list) bySite.set(one.origin, [...bySite.get(one.origin) ?? [], one]);
  const [largest] = [...bySite.values()].sort((a, b) => total(b) - total(a));
  return largest !== undefined && total(largest) > size(session) ? largest[0] : null;
}

function size(session) {
  return JSON.stringify(session).length;
}

function total(list) {
  return list.reduce((sum, one) => sum + size(one), 0);
}
