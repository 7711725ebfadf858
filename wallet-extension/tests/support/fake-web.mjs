// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The web of these tests: fetch() reaches the servers that are installed, by the beginning of their address, and nothing else. */

const servers = new Map();

/** What is asked of the browser with each request. */
export const options = [];

/** `server`: {url, answer(method, path, body, headers) -> {status, body, location?}}. */
export function install(...all) {
  servers.clear();
  for (const server of all) servers.set(server.url, server);
  globalThis.fetch = request;
}

async function request(address, settings = {}) {
  const url = String(address);
  options.push(settings);
  const [base, server] = [...servers].find(([beginning]) => url.startsWith(beginning)) ?? [];
  if (server === undefined) throw new TypeError("fetch failed: no such server");
  const body = settings.body === undefined ? undefined : JSON.parse(settings.body);
  const answer = await server.answer(settings.method ?? "GET", url.slice(base.length), body, settings.headers ?? {});
  return new Response(answer.body === undefined ? null : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body), { status: answer.status });
}
