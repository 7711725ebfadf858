// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** JSON over HTTP to the bank and the exchange. */

/** No usable answer: the other side may or may not have acted. */
export class NoAnswer extends Error {}

/** A refusal with a status of 4xx and, where the body was JSON, its `code` and `hint`. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.hint ?? answer?.error ?? `status ${status}`);
    this.status = status;
    this.code = Number.isSafeInteger(answer?.code) ? answer.code : null;
    this.answer = answer;
  }
}

/** The parsed body (null when empty) of a 2xx answer; throws Refused for 4xx, NoAnswer for everything else. */
export async function requestJSON(url, { method = "GET", body, headers = {}, patience = 30_000 } = {}) {
  const options = { method, headers: { Accept: "application/json", ...headers }, cache: "no-store", credentials: "omit" };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  let text;
  try {
    response = await fetch(url, { ...options, signal: AbortSignal.timeout(patience) });
    text = await response.text();
  } catch (error) {
    throw new NoAnswer(`${new URL(url).host} does not answer (${error.message})`, { cause: error });
  }
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer;
  if (response.status >= 400 && response.status < 500) throw new Refused(response.status, answer);
  throw new NoAnswer(`${new URL(url).host} answered with status ${response.status}`);
}

function parsed(text) {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
