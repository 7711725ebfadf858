// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Backups: saving one, and restoring from one. */

import { now } from "../../core/time.js";
import { page } from "../../window/page.js";
import { isBackupDue, lastBackup, lastKept, rememberBackup, rememberRestored } from "./backup-date.js";
import { startPage } from "./frame.js";
import { heldNow } from "./restored.js";
import { restoreView } from "./restore-view.js";
import { saveView } from "./save-view.js";
import { wake } from "./service.js";

/** Whether no coins were in this browser only when the file was restored: then all are in the file. */
let areKept = false;

await startPage(async (words, wallet) => {
  page.show(
    saveView(words, await lastBackup(), (passphrase) => save(wallet, passphrase)),
    restoreView(words, (text, passphrase) => restore(words, wallet, text, passphrase), (record) => accept(words, wallet, record)));
});

/** Puts the file into the downloads. */
async function save(wallet, passphrase) {
  const time = now();
  const text = await wallet.backup.export(passphrase);
  const file = fileName(new Date(time * 1000));
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  // The download reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  await rememberBackup(time);
  return { file, time };
}

/** Of the person's own clock, to the second: a name that is in the downloads already would be changed by the browser. */
function fileName(date) {
  const two = (number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-");
  return `taler-wallet-${day}-${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join("")}.json`;
}

async function restore(words, wallet, text, passphrase) {
  areKept = !(await isDue(wallet));
  const { unaccepted, ...counts } = await wallet.backup.restore(text, passphrase);
  return { counts, unaccepted, ...await ask(words, wallet) };
}

/** The person trusts an exchange of the file: its coins can be asked about. */
async function accept(words, wallet, record) {
  await wallet.exchanges.accept({ record });
  return ask(words, wallet);
}

async function ask(words, wallet) {
  // Coins are shown with what the exchanges prove of them; who does not answer now is asked again by the background.
  const { problems } = await wallet.recovery.run((step) => page.status(words.progress(step)));
  wake();
  if (areKept) await rememberRestored(now());
  return { held: await heldNow(wallet), balances: await wallet.balances(), isWhole: problems.length === 0 };
}

/** Whether coins are in this browser only. */
async function isDue(wallet) {
  const holdsCoins = (await wallet.store.coins.all()).some(({ state }) => state !== "spent");
  return isBackupDue(await lastKept(), await wallet.history({ limit: Infinity }), holdsCoins);
}
