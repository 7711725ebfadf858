// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { sessions } from "../sessions.js";

/** The session that this page was opened for, by the id in its address (`#id`); null when there is none, or none any more. Fields: sessions.js. */
export function openSession() {
  return sessions.get(location.hash.slice(1));
}

/** Keeps `fields` with the session, for this page when it is loaded again. */
export async function keepInSession(session, fields) {
  Object.assign(session, fields);
  if (await sessions.get(session.id) !== null) await sessions.put(session);
}
