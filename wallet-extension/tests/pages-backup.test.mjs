// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";

import { Wallet } from "../engine/wallet.js";
import { installBrowser } from "./support/fake-browser.mjs";
import { installDocument } from "./support/fake-document.mjs";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy } from "./support/shopping.mjs";
import { english as words } from "./support/words.mjs";
import { makeWorld, pageReserve, withdraw } from "./support/world.mjs";

installBrowser();
installDocument();
const { heldNow } = await import("../extension/pages/restored.js");
const { restoreView } = await import("../extension/pages/restore-view.js");
const { saveView } = await import("../extension/pages/save-view.js");

const GOOD = "seven green lamps and one long ladder";
const form = (page) => page.body.querySelector("form");

/** A form with its fields filled in, sent. */
async function send(page, fields) {
  for (const [id, value] of Object.entries(fields)) Object.assign(page.find(id), typeof value === "string" ? { value } : value);
  await form(page).dispatch("submit");
}

function savePage(save = async () => ({ file: "wallet.json", time: 1_700_000_000 })) {
  const page = installDocument();
  page.find("view").append(saveView(words, null, save));
  return page;
}

for (const [name, fields, key, at] of [
  ["no passphrase", {}, "backup_problem_nopassphrase", "passphrase"],
  ["a weak passphrase", { passphrase: "1234", "passphrase-again": "1234" }, "backup_weak", "passphrase"],
  ["two passphrases", { passphrase: GOOD, "passphrase-again": `${GOOD}!` }, "backup_differ", "passphrase-again"],
]) {
  test(`with ${name} nothing is saved, and the field says why`, async () => {
    let saved = 0;
    const page = savePage(async () => { saved += 1; });
    await send(page, fields);
    assert.deepEqual([saved, page.find("save-problem").textContent, page.find("save-problem").hidden], [0, words.text(key), false]);
    assert.equal(document.activeElement, page.find(at));
    assert.equal(page.find(at).getAttribute("aria-invalid"), "true");
  });
}

test("a saved backup is named, and the passphrase is forgotten", async () => {
  const asked = [];
  const page = savePage(async (passphrase) => {
    asked.push(passphrase);
    return { file: "wallet.json", time: 1_700_000_000 };
  });
  await send(page, { passphrase: GOOD, "passphrase-again": GOOD });
  assert.deepEqual(asked, [GOOD]);
  assert.match(page.find("saved").textContent, /wallet\.json/);
  assert.match(page.find("last").textContent, /2023/);
  assert.deepEqual([page.find("passphrase").value, page.find("save").disabled], ["", false]);
  assert.equal(document.activeElement, page.find("saved"));
  await send(page, { passphrase: GOOD, "passphrase-again": `${GOOD}!` });
  assert.equal(page.find("saved"), null);
});

test("how strong a passphrase is, is told while it is written", () => {
  const page = savePage();
  for (const [value, key] of [["lamp", "backup_strength_weak"], [GOOD, "backup_strength_good"], ["", "backup_strength_none"]]) {
    page.find("passphrase").value = value;
    page.find("passphrase").dispatch("input");
    assert.equal(page.find("strength").textContent, words.text(key));
  }
});

/** A page that restores into an empty wallet. */
function restorePage() {
  const page = installDocument();
  const wallet = Wallet.over(new MemoryDatabase());
  const ask = async () => {
    const { problems } = await wallet.recovery.run();
    return { held: await heldNow(wallet), balances: await wallet.balances(), isWhole: problems.length === 0 };
  };
  page.find("view").append(restoreView(words, async (text, passphrase) => {
    const { unaccepted, ...counts } = await wallet.backup.restore(text, passphrase);
    return { counts, unaccepted, ...await ask() };
  }, async (record) => {
    await wallet.exchanges.accept({ record });
    return ask();
  }));
  return { page, wallet };
}

/** The person trusts the exchange that the file names. */
async function acceptClaimed(page) {
  page.find("trust").checked = true;
  page.find("accept-exchange").click();
  while (page.find("claimed") !== null) await new Promise((resolve) => { setImmediate(resolve); });
}

const fileOf = (text) => ({ files: [{ size: text.length, text: async () => text }] });

test("a backup comes back with its coins, and what came is told", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  const text = await world.wallet.backup.export(GOOD);
  const { page, wallet } = restorePage();
  await send(page, { file: fileOf(text), "restore-passphrase": GOOD });
  // That the exchange is to be trusted is the person's word, not the file's.
  assert.equal(`${(await wallet.balances())[0].free}`, "KUDOS:0");
  assert.equal(page.find("master-key").getAttribute("data-key"), world.exchange.masterPub);
  page.find("accept-exchange").click();
  assert.deepEqual(await wallet.exchanges.list(), []);
  await acceptClaimed(page);
  const [{ free }] = await wallet.balances();
  assert.equal(`${free}`, `${(await world.wallet.balances())[0].free}`);
  const result = page.find("restored");
  assert.match(result.textContent.replace(/\u00a0/g, " "), new RegExp(`can be spent${(await wallet.store.coins.free()).length}.*${free.digits(2)} KUDOS`));
  assert.equal(document.activeElement, result);
  assert.equal(page.find("error").hidden, true);
});

test("of what came only coins that can be spent and withdrawals that are open are counted", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  await buy(world, "0.7");
  await world.wallet.refreshes.run();
  const [forgotten] = [await pageReserve(world), await pageReserve(world)];
  await world.wallet.withdrawals.dismiss(forgotten.reservePub);
  const text = await world.wallet.backup.export(GOOD);
  const { page, wallet } = restorePage();
  await send(page, { file: fileOf(text), "restore-passphrase": GOOD });
  await acceptClaimed(page);
  const counts = page.find("restored").querySelectorAll("dd").map((one) => one.getAttribute("data-count"));
  const free = (await wallet.store.coins.all()).filter(({ state }) => state === "free").length;
  assert.deepEqual(counts.slice(0, 2), [String(free), "1"]);
});

for (const [name, changes, key, at] of [
  ["no file", { file: { files: [] } }, "backup_problem_nofile", "file"],
  ["a file that is none", { file: fileOf("a picture") }, "backup_problem_format", "file"],
  ["a file of a newer wallet", { newer: true }, "backup_problem_version", "file"],
  ["too large a file", { file: { files: [{ size: 1e10 }] } }, "backup_problem_large", "file"],
  ["no passphrase", { "restore-passphrase": "" }, "backup_problem_nopassphrase", "restore-passphrase"],
  ["another passphrase", { "restore-passphrase": "six red lamps and a short ladder" }, "backup_problem_passphrase", "restore-passphrase"],
]) {
  test(`with ${name} nothing is restored, and the page says why`, async () => {
    const world = await makeWorld();
    await withdraw(world, "5");
    const text = await world.wallet.backup.export(GOOD);
    const { newer, ...fields } = changes;
    const { page, wallet } = restorePage();
    await send(page, { file: fileOf(newer ? text.replace(/("version"\s*:\s*)1\b/, "$199") : text), "restore-passphrase": GOOD, ...fields });
    assert.equal(page.find("error").textContent, words.text(key));
    assert.equal(document.activeElement, page.find(at));
    assert.deepEqual(await wallet.store.coins.all(), []);
    assert.equal(page.find("restore").disabled, false);
  });
}
