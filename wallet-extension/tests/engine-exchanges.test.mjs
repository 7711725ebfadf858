// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { canonicalExchangeURL } from "../engine/exchange-url.js";
import { NoAnswer, Refused, requestJSON } from "../engine/http.js";
import { Wallet } from "../engine/wallet.js";
import { FakeExchange } from "./support/fake-exchange.mjs";
import { install, options } from "./support/fake-web.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { makeWorld } from "./support/world.mjs";

test("an address has one form", () => {
  const same = ["http://Exchange.Example", " http://exchange.example/ ", "HTTP://exchange.example:80"];
  assert.deepEqual(same.map(canonicalExchangeURL), same.map(() => "http://exchange.example/"));
  assert.equal(canonicalExchangeURL("exchange.example/taler"), "https://exchange.example/taler/");
  for (const here of ["localhost:39083", "127.0.0.1:8081", "[::1]:8081"]) assert.equal(canonicalExchangeURL(here), `http://${here}/`);
  for (const other of ["localhost", "localhost.example:8081", "127.0.0.10:8081"]) assert.equal(canonicalExchangeURL(other), `https://${other}/`);
  for (const wrong of ["", "ftp://x/", "javascript:alert(1)", "http://user:word@x/", "http://x/?a=b", "http://x/#a", "http://", "a b"]) {
    assert.throws(() => canonicalExchangeURL(wrong), { reason: "exchange_url" }, wrong);
  }
});

test("a preview shows the exchange and stores nothing", async () => {
  const exchange = await FakeExchange.make();
  install(exchange);
  const wallet = Wallet.over(new MemoryDatabase());
  const preview = await wallet.exchanges.preview("http://exchange.example");
  assert.deepEqual([preview.url, preview.masterPub, preview.currency, preview.known], [exchange.url, exchange.masterPub, "KUDOS", null]);
  assert.equal(preview.denominations.length, 7);
  assert.deepEqual(await wallet.store.exchanges.all(), []);
  await assert.rejects(wallet.exchanges.keys(exchange.url), { reason: "not_accepted" });
  await wallet.exchanges.accept(preview);
  assert.equal((await wallet.exchanges.list()).length, 1);
  assert.equal((await wallet.exchanges.preview("http://exchange.example")).known, "accepted");
});

test("fresh keys are used as they are stored, older ones are fetched, and stored ones serve when nobody answers", async (t) => {
  const { wallet, exchange } = await makeWorld();
  const fetched = () => exchange.requests.filter((one) => one === "GET /keys" || one === "GET keys").length;
  assert.equal(fetched(), 1);
  await wallet.exchanges.keys(exchange.url);
  assert.equal(fetched(), 1);
  await wallet.exchanges.keys(exchange.url, { refresh: true });
  assert.equal(fetched(), 2);
  t.mock.method(Date, "now", ((real) => () => real() + 3_600_000)(Date.now));
  await Promise.all([wallet.exchanges.keys(exchange.url), wallet.exchanges.keys(exchange.url)]);
  assert.equal(fetched(), 3);
  install();
  const keys = await wallet.exchanges.keys(exchange.url, { refresh: true });
  assert.equal(keys.masterPub, exchange.masterPub);
  t.mock.restoreAll();
});

test("keys that were fetched while the clock was ahead are fetched again", async (t) => {
  const { wallet, exchange, database } = await makeWorld();
  const real = Date.now;
  const ahead = t.mock.method(Date, "now", () => real() + 20 * 86_400_000);
  await wallet.exchanges.keys(exchange.url, { refresh: true });
  ahead.mock.restore();
  const asked = exchange.requests.length;
  await Wallet.over(database).exchanges.keys(exchange.url);
  assert.equal(exchange.requests.length, asked + 1);
});

test("a second preview within the same second is verified, too", async (t) => {
  const { wallet, exchange } = await makeWorld();
  t.mock.method(Date, "now", ((time) => () => time)(Date.now()));
  const first = await wallet.exchanges.preview(exchange.url);
  exchange.answer = async () => ({ status: 200, body: { ...first.record.json, list_issue_date: { t_s: 1 }, signkeys: [], denominations: [] } });
  await assert.rejects(wallet.exchanges.preview(exchange.url), { reason: "exchange_keys" });
});

test("another master key at a known address is refused until it is accepted anew", async () => {
  const { wallet, exchange } = await makeWorld();
  const other = await FakeExchange.make(exchange.url, { seed: 9 });
  install(other);
  await assert.rejects(wallet.exchanges.keys(exchange.url, { refresh: true }), { reason: "exchange_changed" });
  const preview = await wallet.exchanges.preview(exchange.url);
  assert.equal(preview.known, "changed");
  assert.equal((await wallet.exchanges.list())[0].masterPub, exchange.masterPub);
  await wallet.exchanges.accept(preview);
  assert.equal((await wallet.exchanges.keys(exchange.url)).masterPub, other.masterPub);
  await assert.rejects(wallet.exchanges.keys({ exchange: exchange.url, masterPub: exchange.masterPub }), { reason: "exchange_changed" });
});

const lies = {
  "a denomination with another value": (json) => { json.denominations[0].value = "KUDOS:1000"; },
  "a fee that was changed": (json) => { json.denominations[0].fee_deposit = "KUDOS:0"; },
  "a signing key of somebody else": (json) => { json.signkeys[0].master_sig = json.exchange_sig; },
  "no denominations": (json) => { json.denominations = []; },
  "a protocol that is too new": (json) => { json.version = "90:0:2"; },
  "another currency": (json) => { json.currency = "EUR"; },
  "a currency that is none": (json) => { json.currency = { toString: "EUR" }; },
};
for (const [what, change] of Object.entries(lies)) {
  test(`${what} is no exchange`, async () => {
    const exchange = await FakeExchange.make();
    const { document } = exchange.keys;
    exchange.keys.document = async () => {
      const json = await document.call(exchange.keys);
      change(json);
      return json;
    };
    install(exchange);
    await assert.rejects(Wallet.over(new MemoryDatabase()).exchanges.preview(exchange.url), { reason: "exchange_keys" });
  });
}

test("a page that is no exchange is told as that", async () => {
  install({ url: "http://page.example/", answer: async () => ({ status: 200, body: { hello: "world" } }) });
  await assert.rejects(Wallet.over(new MemoryDatabase()).exchanges.preview("http://page.example/"), { reason: "exchange_keys" });
  install({ url: "http://page.example/", answer: async () => ({ status: 200, body: "<html></html>" }) });
  await assert.rejects(Wallet.over(new MemoryDatabase()).exchanges.preview("http://page.example/"), { reason: "no_answer" });
});

test("a configured exchange is accepted before it answers, and only with its own key", async () => {
  const exchange = await FakeExchange.make();
  install();
  const wallet = Wallet.over(new MemoryDatabase());
  await wallet.exchanges.configure({ url: exchange.url, masterPub: exchange.masterPub, currency: "KUDOS" });
  await assert.rejects(wallet.exchanges.keys(exchange.url), NoAnswer);
  install(exchange);
  assert.equal((await wallet.exchanges.keys(exchange.url)).masterPub, exchange.masterPub);
  const [before] = await wallet.exchanges.list();
  await wallet.exchanges.configure({ url: exchange.url, masterPub: exchange.masterPub, currency: "KUDOS" });
  assert.deepEqual(await wallet.exchanges.list(), [before]);
});

test("requests carry no cookies, follow no redirects and end", async () => {
  install({ url: "http://page.example/", answer: async () => ({ status: 200, body: {} }) });
  options.length = 0;
  await requestJSON("http://page.example/x");
  const [settings] = options;
  assert.deepEqual([settings.credentials, settings.redirect, settings.signal instanceof AbortSignal], ["omit", "error", true]);
  await assert.rejects(requestJSON("ftp://page.example/x"), NoAnswer);
  await assert.rejects(requestJSON("data:application/json,{}"), NoAnswer);
});

test("an answer that is too large is none", async () => {
  install({ url: "http://page.example/", answer: async () => ({ status: 200, body: JSON.stringify("x".repeat(2000)) }) });
  assert.equal((await requestJSON("http://page.example/x", { most: 3000 })).length, 2000);
  await assert.rejects(requestJSON("http://page.example/x", { most: 1000 }), NoAnswer);
});

test("a refusal has its code and hint, and what is not JSON has none", async () => {
  install({ url: "http://page.example/", answer: async (method, path) => ({ status: 409, body: path === "json" ? { code: 7, hint: "no" } : "<p>" }) });
  await assert.rejects(requestJSON("http://page.example/json"), (error) => error instanceof Refused && error.code === 7 && error.message === "no");
  await assert.rejects(requestJSON("http://page.example/html"), (error) => error instanceof Refused && error.code === null);
});
