// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The window in which a person agrees to a payment: the extension's own origin, which no page can open, frame or cover. */

import { ContractError } from "../../core/contract.js";
import { element } from "../../window/elements.js";
import { page } from "../../window/page.js";
import { PurchaseFlow } from "../../window/purchase-flow.js";
import { browser } from "../platform.js";
import { focusOn, startPage } from "./frame.js";
import { wake } from "./service.js";
import { TabChannel } from "./tab-channel.js";

/** Also where the wallet's window is a tab, which may not close itself. */
async function close() {
  const tab = await browser.tabs.getCurrent();
  await browser.tabs.remove(tab.id);
}

/** As by the button, where there is one; what a person writes with several keys stays his. */
function cancelByEscape(event) {
  if (event.key === "Escape" && event.isTrusted && !event.isComposing) document.getElementById("cancel")?.click();
}

await startPage(async (words, wallet) => {
  const channel = await TabChannel.fromAddress();
  // Of an earlier run of the browser: its page has to ask again.
  if (channel === null) throw new ContractError("silent", "The shop's page does not answer.");
  channel.hints = () => [element("a", { id: "get-money", class: "button primary", href: "withdraw.html", target: "_blank" }, words.text("withdraw_title"))];
  window.addEventListener("keydown", cancelByEscape);
  await new PurchaseFlow({ wallet, channel, words, page, close }).run();
  if (document.activeElement === document.body) focusOn(document.querySelector("#view h1"));
  // Money that is on its way may be what is missing.
  wake();
});
