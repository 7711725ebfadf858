// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What goes wrong in the wallet, for people: `reason` is a word by which a text is found, `parameters` (texts) go into it.
 * The message is for who has no such text.
 */
export class EngineError extends Error {
  constructor(reason, message, parameters = {}, options = {}) {
    super(message, options);
    this.reason = reason;
    this.parameters = parameters;
  }

  /** As records keep it: {reason, parameters, message}. */
  get record() {
    return { reason: this.reason, parameters: this.parameters, message: this.message };
  }
}

/** What a record keeps of any error. */
export function problemOf(error) {
  if (error instanceof EngineError) return error.record;
  const message = String(error?.message ?? error).slice(0, 500);
  return { reason: "unexpected", parameters: { message }, message };
}
