// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Put into a page or worker of the extension before its own scripts: tells of each request of the wallet and each transaction that
 * writes, and stands still at the one that `plan` {moment, step, count} names. `tellMoment` is a binding of the debugger.
 *
 * moment: `before` (the request never leaves), `during` (it leaves, the wallet is killed before or after its answer), `after` (it was
 * answered, and the wallet never hears), `writing` (a transaction is open), `written` (it is on the disk, and nobody has gone on).
 */
(plan) => {
  if (globalThis.walletMoments !== undefined) return;
  const counts = {};
  globalThis.walletMoments = counts;
  const tell = (text) => globalThis.tellMoment(text);
  const stand = () => new Promise(() => {});

  const STEPS = [
    ["GET", /\/keys$/, "keys"],
    ["POST", /\/register$/, "register"],
    ["POST", /\/taler\/withdraw$/, "bank"],
    ["GET", /\/reserves\/[^/]+$/, "reserve"],
    ["POST", /\/batch-withdraw$/, "withdraw"],
    ["POST", /\/melt$/, "melt"],
    ["POST", /\/reveal$/, "reveal"],
    ["POST", /\/taler\/pay$/, "pay"],
    ["GET", /\/history$/, "history"],
    ["GET", /\/link$/, "link"],
    ["GET", /\/taler\/refund$/, "refund"],
  ];

  /** The step of the protocol that a request is, or null. */
  function stepOf(input, options) {
    const url = new URL(input instanceof Request ? input.url : input, globalThis.location.href);
    const method = (options?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
    return STEPS.find(([wanted, path]) => wanted === method && path.test(url.pathname))?.[2] ?? null;
  }

  /** Is this the moment? Each passing of it counts. */
  function isNow(moment, step) {
    if (plan === null || plan.moment !== moment || plan.step !== step) return false;
    const name = `${moment} ${step}`;
    counts[name] = (counts[name] ?? 0) + 1;
    if (counts[name] !== plan.count) return false;
    tell(`now ${name}`);
    return true;
  }

  const send = globalThis.fetch;
  globalThis.fetch = async (input, options) => {
    const step = stepOf(input, options);
    if (step === null) return send(input, options);
    if (isNow("before", step)) return stand();
    const answer = send(input, options);
    isNow("during", step);
    const response = await answer;
    tell(`answered ${step} ${response.status}`);
    if (isNow("after", step)) return stand();
    return response;
  };

  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options);
    if (mode === "readwrite") {
      const step = [stores].flat().filter((name) => name !== "ledger").sort().join("+");
      isNow("writing", step);
      // The first that hears of it, before the wallet's own code.
      transaction.addEventListener("complete", (event) => {
        tell(`stored ${step}`);
        if (isNow("written", step)) event.stopImmediatePropagation();
      });
    }
    return transaction;
  };
}
