// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The exchanges that the person has accepted. */

import { isOnItsWay } from "../../engine/withdrawals.js";
import { element } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { addView } from "./exchange-add.js";
import { exchangeCard } from "./exchange-card.js";
import { startPage } from "./frame.js";
import { LivePart } from "./live-part.js";
import { siteName } from "./names.js";

await startPage(async (words, wallet) => {
  const list = element("div", { id: "list" });
  const part = new LivePart(list);
  const heard = new Map();
  const draw = async () => {
    const all = await read(wallet, heard);
    part.show(all.map(({ problem, ...rest }) => ({ ...rest, problem: problem?.message })), () => listView(words, wallet, all, show));
  };
  /** What is stored at once, and what the exchanges say when they have answered. */
  const show = async () => {
    await draw();
    await Promise.all((await wallet.exchanges.list()).map(async (record) => {
      heard.set(record.url, await wallet.exchanges.keys(record).then((keys) => ({ keys, problem: null }), (problem) => ({ keys: null, problem })));
    }));
    await draw();
  };
  const add = () => {
    const view = addView(words, wallet, async (url) => {
      view.replaceWith(add());
      await show();
      page.status(words.text("exchanges_accepted_now", { exchange: siteName(url) }));
    });
    return view;
  };
  page.show(list, add());
  await show();
  wallet.changes.subscribe(draw);
});

/** Each accepted exchange with what was `heard` of it, {keys, problem} by address, and what the wallet holds of it. */
async function read(wallet, heard) {
  const [records, balances, coins, reserves] = await Promise.all([
    wallet.exchanges.list(), wallet.balances(), wallet.store.coins.all(), wallet.store.reserves.all()]);
  return records.map((record) => {
    const isOf = ({ masterPub }) => masterPub === record.masterPub;
    return {
      record, ...(heard.get(record.url) ?? { keys: null, problem: null }), held: balances.filter(isOf).map(({ free }) => free),
      isInUse: coins.some((coin) => isOf(coin) && coin.state !== "spent") || reserves.some((one) => isOf(one) && isOnItsWay(one)),
    };
  });
}

function listView(words, wallet, all, show) {
  const note = element("p", { class: "note" }, words.text(all.length === 0 ? "exchanges_empty" : "exchanges_note"));
  return [note, ...all.map((one) => exchangeCard(words, one, () => remove(words, wallet, one.record, show)))];
}

/** Looks once more: something of it may have come meanwhile. */
async function remove(words, wallet, { url }, show) {
  const now = (await read(wallet, new Map())).find(({ record }) => record.url === url);
  if (now !== undefined && !now.isInUse) {
    await wallet.store.exchanges.forget(url);
    page.status(words.text("exchanges_removed", { exchange: siteName(url) }));
  }
  await show();
}
