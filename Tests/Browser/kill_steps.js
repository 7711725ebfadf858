// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a run does with the wallet, in a page of the extension and by its own engine. Gives an object with one function for each step; a
 * step gives what came of it. `tellMoment` is a binding of the debugger.
 */
(async () => {
  const { Wallet } = await import("/engine/wallet.js");
  const { Amount } = await import("/core/amount.js");
  const wallet = await Wallet.open();

  /** As the shop's page does: {status, url, body} of the end of the redirects. */
  async function post(payURL, permission) {
    try {
      const response = await fetch(payURL, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "text/html,application/json" }, body: permission,
        redirect: "follow", cache: "no-store",
      });
      const body = await response.text();
      return { status: response.status, url: response.ok ? response.url : null, body: response.ok ? "" : body };
    } catch (error) {
      return { status: 0, url: null, body: error.message };
    }
  }

  async function send(purchase, payURL) {
    const outcome = await post(payURL, purchase.permission);
    const { state, code } = await wallet.payments.record(purchase.id, outcome, purchase.attempt);
    return `${state} ${outcome.status} ${code ?? ""}`.trim();
  }

  const all = (store) => {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("taler-wallet");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const found = request.result.transaction(store).objectStore(store).getAll();
        found.onerror = () => reject(found.error);
        found.onsuccess = () => { request.result.close(); resolve(found.result); };
      };
    });
  };

  const plain = (value) => (typeof value === "bigint" ? String(value) : value === null || typeof value !== "object" ? value
    : value instanceof Uint8Array ? `${value.length} bytes`
      : Array.isArray(value) ? value.map(plain)
        : Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
          : String(value));

  return {
    /** The exchange is accepted once for the profile. */
    async accept({ exchange }) {
      if ((await wallet.exchanges.list()).length > 0) return "known";
      await wallet.exchanges.accept(await wallet.exchanges.preview(exchange));
      return "accepted";
    },

    async withdraw({ exchange, bank, amount, username, password }) {
      const source = { kind: "account", username, password, bank };
      const reserve = await wallet.withdrawals.create({ amount: Amount.parse(amount), exchange, source });
      await wallet.withdrawals.run(reserve, () => {});
      return "withdrawn";
    },

    /** An offer of the shop as its page has it; again and again, when it is the same one. */
    async pay({ text, page, origin }) {
      const found = await wallet.payments.look(text, { page, origin });
      if (found.kind === "replay") return `again ${await send(found.purchase, found.payURL)}`;
      if (found.choice === null) return "too poor";
      return send(await wallet.payments.commit(found.offer, found.choice, found.context), found.context.payURL);
    },

    /** Everything that has no answer yet, with the same coins. */
    async again() {
      const pending = (await all("purchases")).filter(({ state }) => state === "pending");
      const said = [];
      for (const purchase of pending) said.push(await send(purchase, new URL(purchase.payURL, purchase.page).href));
      return said.join(", ");
    },

    /** What the shop has given back, by the address that the page of what was bought names. */
    async collect({ id }) {
      const purchase = (await all("purchases")).find((one) => one.id === id);
      if (purchase?.state !== "paid") return "not paid";
      const page = await fetch(purchase.url);
      const link = /<([^>]+)>; *rel="?taler-refund"?/.exec(page.headers.get("Link") ?? "")?.[1];
      if (link === undefined) return `no link ${page.status}`;
      const answer = await fetch(new URL(link, page.url));
      if (!answer.ok) return `no list ${answer.status}`;
      const { credited } = await wallet.refunds.collect(id, purchase.origin, await answer.text());
      return `credited ${credited}`;
    },

    async work() {
      const { again } = await wallet.work.run();
      return `again ${again}`;
    },

    async paid() {
      return (await all("purchases")).filter(({ state }) => state === "paid").map(({ id, amount, refunds }) => ({ id, amount, refunds: refunds?.length ?? 0 }));
    },

    /** How much is open: nothing of it may be when the books are compared. */
    async open() {
      const open = {};
      const count = (name, number) => { if (number > 0) open[name] = number; };
      count("reserves", (await all("reserves")).filter(({ state }) => !["done", "failed"].includes(state)).length);
      count("purchases", (await all("purchases")).filter(({ state }) => state === "pending").length);
      count("refreshes", (await all("refreshes")).filter(({ state }) => !["done", "failed"].includes(state)).length);
      count("wanted", (await wallet.refreshes.wanted()).length);
      count("held", (await all("coins")).filter(({ state }) => ["locked", "melting"].includes(state)).length);
      return open;
    },

    async books() {
      const found = { books: await wallet.checkBooks() };
      for (const store of ["coins", "reserves", "purchases", "refreshes", "ledger"]) found[store] = await all(store);
      return plain(found);
    },
  };
})()
