// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { canonicalJSON } from "../core/canonical-json.js";
import { checkedRecords } from "../engine/backup-check.js";
import { decodeRecords, encodeRecords } from "../engine/backup-content.js";
import { openBackup, sealBackup } from "../engine/backup-file.js";
import { Wallet } from "../engine/wallet.js";
import { MemoryDatabase } from "./support/memory-database.mjs";
import { buy, sign } from "./support/shopping.mjs";
import { acceptAll, checkBooks, held, makeWorld, pageReserve, withdraw } from "./support/world.mjs";

const WORDS = "correct horse battery";

/** A wallet with something of everything: coins, a payment, one under way, a refresh, an open reserve, one from a bank account. */
async function rich() {
  const world = await makeWorld();
  await withdraw(world, "6");
  await buy(world, "0.55");
  await world.wallet.refreshes.run();
  await sign(world, "0.35");
  await world.wallet.withdrawals.handed((await pageReserve(world, "2")).reservePub);
  return world;
}

function emptyWallet() {
  return Wallet.over(new MemoryDatabase());
}

test("a backup in a new wallet is the same money, purchases, reserves and books", async () => {
  const world = await rich();
  const file = await world.wallet.backup.export(WORDS);
  const wallet = emptyWallet();
  const counts = await wallet.backup.restore(file, WORDS);
  await acceptAll(wallet);
  assert.ok(counts.coins > 0 && counts.purchases === 2 && counts.reserves === 2 && counts.exchanges === 1 && counts.refreshes === 1);
  const [here, there] = [await wallet.store.whole.read(), await world.wallet.store.whole.read()];
  const plain = ({ doubt, claimed, refunds, reason, plans, made, ...record }) => record;
  const byKey = (records) => new Map(records.map((one) => [one.coinPub ?? one.id ?? one.url, one]));
  assert.deepEqual(byKey(here.coins.map(plain)), byKey(there.coins.map(plain)));
  assert.deepEqual(here.purchases.map(({ permission, state }) => [permission, state]), there.purchases.map(({ permission, state }) => [permission, state]));
  assert.deepEqual(here.ledger.map(({ kind, amount, sign }) => [kind, amount, sign]), there.ledger.map(({ kind, amount, sign }) => [kind, amount, sign]));
  assert.deepEqual((await wallet.recovery.run()).problems, []);
  assert.equal(await held(wallet), await held(world.wallet));
  await checkBooks({ wallet, exchange: world.exchange });
  await buy({ wallet, exchange: world.exchange }, "1.1");
});

test("the same file twice brings nothing new", async () => {
  const world = await rich();
  const file = await world.wallet.backup.export(WORDS);
  const before = await world.wallet.store.whole.read();
  const counts = await world.wallet.backup.restore(file, WORDS);
  assert.deepEqual([counts.coins, counts.purchases, counts.ledger], [0, 0, 0]);
  assert.deepEqual((await world.wallet.store.whole.read()).coins, before.coins);
});

test("nothing secret can be read in the file", async () => {
  const world = await rich();
  const file = await world.wallet.backup.export(WORDS);
  const { data, ...parameters } = JSON.parse(file);
  assert.deepEqual(Object.keys(parameters).sort(), ["check", "checksum", "cipher", "compression", "format", "iterations", "iv", "kdf", "salt", "version"]);
  assert.ok(parameters.iterations >= 600_000);
  assert.notEqual(JSON.parse(await world.wallet.backup.export(WORDS)).salt, parameters.salt);
  const plain = encodeRecords(await world.wallet.store.whole.read());
  assert.ok(!Buffer.from(data, "base64").includes(Buffer.from("coinPub")) && plain.includes("coinPub"));
});

test("a short passphrase makes no file", async () => {
  for (const short of ["", "1234567", "   "]) await assert.rejects(emptyWallet().backup.export(short), { reason: "passphrase_short" });
});

test("a wrong passphrase is told from a broken file, and from what is no backup", async () => {
  const file = await sealBackup(encodeRecords(await emptyWallet().store.whole.read()), WORDS);
  const json = JSON.parse(file);
  const broken = [
    file.slice(0, -40), file.replace('"data": "', '"data": "A'), JSON.stringify({ ...json, salt: json.iv }), JSON.stringify({ ...json, iterations: 1 }),
    JSON.stringify({ ...json, checksum: undefined }), JSON.stringify({ ...json, data: 7 }),
  ];
  await assert.rejects(openBackup(file, "correct horse batterx"), { reason: "passphrase_wrong" });
  for (const text of broken) await assert.rejects(openBackup(text, WORDS), { reason: "file_broken" });
  for (const text of ["", "hello", "{}", "[]", "null", '{"format":"else"}']) await assert.rejects(openBackup(text, WORDS), { reason: "file_unknown" });
  await assert.rejects(openBackup(JSON.stringify({ ...json, version: 2 }), WORDS), { reason: "file_newer" });
  assert.equal(JSON.parse(await openBackup(file, WORDS)).coins.length, 0);
});

test("a file whose parameters were changed with their checksum is not opened", async () => {
  const file = JSON.parse(await sealBackup("{}", WORDS));
  const { checksum, ...rest } = { ...file, compression: "none" };
  const forged = { ...rest, checksum: createHash("sha256").update(canonicalJSON(rest)).digest("hex") };
  assert.notEqual(forged.checksum, checksum);
  await assert.rejects(openBackup(JSON.stringify(forged), WORDS), { reason: "file_broken" });
});

test("a passphrase in another normal form of its letters is the same", async () => {
  const file = await sealBackup("{}", "Gr\u00fc\u00dfe an alle");
  assert.equal(await openBackup(file, "Gru\u0308\u00dfe an alle"), "{}");
});

function changePermission({ purchases }, change) {
  purchases[0].permission = JSON.stringify(change(JSON.parse(purchases[0].permission)));
}

const lies = {
  "a coin with another seed": ({ coins }) => { coins[0].seed = new Uint8Array(32); },
  "a coin with another key": ({ coins }) => { coins[0].coinPub = coins[1].coinPub; },
  "a coin that no exchange has signed": ({ coins }) => { coins[0].signature = coins[1].signature; },
  "a coin of another denomination": ({ coins }) => { coins[0].denomHash = coins.find(({ denomHash }) => denomHash !== coins[0].denomHash).denomHash; },
  "a coin that holds more than its value": ({ coins }) => { coins[0].remaining = "KUDOS:1000"; },
  "a coin of two currencies": ({ coins }) => { coins[0].remaining = "EUR:0.1"; },
  "a coin in no state": ({ coins }) => { coins[0].state = "golden"; },
  "a coin that is locked for nothing": ({ coins }) => { coins[0].lockedFor = null; coins[0].state = "locked"; },
  "a reserve with another seed": ({ reserves }) => { reserves[0].seed = new Uint8Array(32); },
  "a reserve that goes nowhere": ({ reserves }) => { reserves[0].source = { kind: "page", origin: "javascript:x", callback: "javascript:x" }; },
  "a purchase of another contract": ({ purchases }) => { purchases[0].id = purchases[1].id; },
  "a purchase whose offer was changed": ({ purchases }) => { purchases[0].text = purchases[0].text.replace("The shop", "A shop"); },
  "a payment that is something else": ({ purchases }) => { purchases[0].permission = '{"to":"evil","amount":1000}'; },
  "a payment with something else in it": (records) => changePermission(records, (permission) => ({ ...permission, to: "evil" })),
  "a payment of another contract": ({ purchases }) => { purchases[0].permission = purchases[1].permission; },
  "a payment of coins with something else in them": (records) => changePermission(records, ({ coins, ...rest }) => (
    { ...rest, coins: coins.map((one) => ({ ...one, to: "evil" })) })),
  "a payment of other coins than the purchase's": (records) => changePermission(records, (permission) => ({ ...permission, coins: permission.coins.slice(1) })),
  "a payment through an exchange that the contract does not name": (records) => changePermission(records, (permission) => ({ ...permission, mint: "http://evil.example/" })),
  "a payment to another site": ({ purchases }) => { purchases[0].payURL = "https://victim.example/api/transfer"; },
  "a payment to an address with a password": ({ purchases }) => { purchases[0].payURL = purchases[0].payURL.replace("//", "//me:secret@"); },
  "a payment from another site's page": ({ purchases }) => { purchases[0].page = "https://victim.example/"; },
  "a shop that is more than a site": ({ purchases }) => { purchases[0].origin += "/"; },
  "a payment under way without its coins": ({ purchases, coins }) => {
    const { coins: [{ coinPub }] } = purchases.find(({ state }) => state === "pending");
    coins.splice(coins.findIndex((one) => one.coinPub === coinPub), 1);
  },
  "a link that runs": ({ purchases }) => { purchases[0].url = "javascript:alert(1)"; },
  "a refresh with two secrets": ({ refreshes }) => { refreshes[0].transferSecrets.pop(); },
  "a refresh under way that makes another commitment": ({ refreshes }) => {
    refreshes[0].state = "planned";
    refreshes[0].transferSecrets[0] = new Uint8Array(32).fill(1);
  },
  "an entry of no kind": ({ ledger }) => { ledger[0].kind = "gift"; },
  "an entry with a sign of its own": ({ ledger }) => { ledger[0].sign = 5; },
  "no coins at all": (records) => { delete records.coins; },
  "coins that are no list": (records) => { records.coins = { length: 1 }; },
  "an exchange at no address": ({ exchanges }) => { exchanges[0].url = "javascript:alert(1)"; },
};
let world;
for (const [what, change] of Object.entries(lies)) {
  test(`${what} refuses the whole backup`, async () => {
    world ??= await rich();
    const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
    await checkedRecords(records);
    change(records);
    await assert.rejects(checkedRecords(records), SyntaxError);
  });
}

test("of a backup that is refused nothing is stored", async () => {
  world ??= await rich();
  const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
  records.ledger.at(-1).sign = 5;
  const wallet = emptyWallet();
  await assert.rejects(wallet.backup.restore(await sealBackup(encodeRecords(records), WORDS), WORDS), { reason: "content" });
  for (const kept of Object.values(await wallet.store.whole.read())) assert.deepEqual(kept, []);
});

test("members that nobody knows are not taken in", async () => {
  world ??= await rich();
  const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
  records.coins[0].surprise = "hello";
  records.more = [{ surprise: "hello" }];
  const wallet = emptyWallet();
  await wallet.backup.restore(await sealBackup(encodeRecords(records), WORDS), WORDS);
  await acceptAll(wallet);
  assert.ok(!encodeRecords(await wallet.store.whole.read()).includes("surprise"));
});

test("an exchange's keys that cannot be verified are left out, and its money is not", async () => {
  world ??= await rich();
  const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
  records.exchanges[0].json.denominations[0].value = "KUDOS:1000";
  const wallet = emptyWallet();
  await wallet.backup.restore(await sealBackup(encodeRecords(records), WORDS), WORDS);
  await acceptAll(wallet);
  const [exchange] = await wallet.store.exchanges.all();
  assert.equal(exchange.json, null);
  assert.deepEqual((await wallet.recovery.run()).problems, []);
});

test("records of a wallet of the first kind can be saved and come back", async () => {
  world ??= await rich();
  const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
  const plain = ({ doubt, claimed, refunds, ...record }) => ({ ...record, exchange: null, exposed: null, from: null });
  records.coins = records.coins.map(plain);
  records.reserves = records.reserves.map(({ made, plans, doubt, ...record }) => (
    { ...record, source: { kind: "account", username: "wallet-x", password: "y" }, problem: "The bank refused" }));
  records.purchases = records.purchases.map(({ refunds, tries, ...record }) => ({ ...record, exchange: null, expiry: null, refundDeadline: null }));
  records.refreshes = [];
  const checked = await checkedRecords(records);
  assert.equal(checked.coins.length, records.coins.length);
  assert.equal(checked.reserves[0].problem.reason, "unexpected");
  const wallet = emptyWallet();
  await wallet.store.whole.merge(checked);
  // Whose they are nobody can be asked.
  assert.ok((await wallet.recovery.run()).problems.length > 0);
});

test("a reserve of a bank that this wallet is not configured for asks that bank nothing", async () => {
  world ??= await rich();
  const records = decodeRecords(encodeRecords(await world.wallet.store.whole.read()));
  const bank = "http://192.168.1.1/cgi/";
  for (const [state, next] of [["created", "handed"], ["registered", "handed"], ["asked", "handed"], ["wired", "wired"]]) {
    records.reserves = [{ ...records.reserves[0], state, source: { kind: "account", username: "u", password: "p", bank } }];
    const [strange] = (await checkedRecords(records)).reserves;
    assert.deepEqual([strange.state, strange.source], [next, { kind: "account", username: "u", password: "p" }]);
    const [known] = (await checkedRecords(records, bank)).reserves;
    assert.deepEqual([known.state, known.source.bank], [state, bank]);
  }
});
