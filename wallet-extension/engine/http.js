// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** JSON over HTTP to the bank and the exchange: without cookies, without redirects, in limited time and size. */

import { EngineError } from "./engine-error.js";

/** The most that an answer may have, in bytes; an exchange's keys are the largest. */
const MOST_BYTES = 16 * 1024 * 1024;

/** No usable answer: the other side may or may not have acted. `reason` is `no_answer`, its parameter `host`. */
export class NoAnswer extends EngineError {
  constructor(message, host, options) {
    super("no_answer", message, { host }, options);
  }
}

/** A refusal with a status of 4xx and, where the body was JSON, its `code` and `hint`. `reason` is `refused`, parameters `host`, `hint`. */
export class Refused extends EngineError {
  constructor(status, answer, host = "") {
    const hint = [answer?.hint, answer?.error].find((text) => typeof text === "string" && text !== "") ?? `status ${status}`;
    super("refused", hint, { host, hint: hint.slice(0, 200) });
    this.status = status;
    this.code = Number.isSafeInteger(answer?.code) ? answer.code : null;
    this.answer = answer;
  }
}

/**
 * The parsed body (null when empty) of a 2xx answer; throws Refused for 4xx, NoAnswer for everything else, an answer larger than
 * `most` bytes and one that took longer than `patience` milliseconds included.
 */
export async function requestJSON(address, { method = "GET", body, headers = {}, patience = 30_000, most = MOST_BYTES } = {}) {
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new NoAnswer(`${url.protocol} is not spoken here`, url.host);
  const options = {
    method, headers: { Accept: "application/json", ...headers }, cache: "no-store", credentials: "omit", redirect: "error",
    referrerPolicy: "no-referrer",
  };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  let text;
  try {
    response = await fetch(url, { ...options, signal: AbortSignal.timeout(patience) });
    text = await readText(response, most);
  } catch (error) {
    throw new NoAnswer(`${url.host} does not answer (${error.message})`, url.host, { cause: error });
  }
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer;
  if (response.status >= 400 && response.status < 500) throw new Refused(response.status, answer, url.host);
  throw new NoAnswer(`${url.host} answered with status ${response.status}`, url.host);
}

async function readText(response, most) {
  if (response.body === null || response.body === undefined) return response.text();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error("the answer is too large");
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parsed(text) {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
