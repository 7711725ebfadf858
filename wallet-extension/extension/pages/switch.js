// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The switch by which websites see the wallet, or do not. */

import { browser } from "../platform.js";
import { isOn, setOn } from "./service.js";

/** Brings #on and #off to what is stored, now and whenever it changes. */
export async function showSwitch() {
  const box = document.getElementById("on");
  const note = document.getElementById("off");
  const show = (on) => {
    box.checked = on;
    note.hidden = on;
  };
  show(await isOn());
  box.addEventListener("change", () => setOn(box.checked));
  browser.storage.onChanged.addListener(async (changes, area) => {
    if (area === "local" && "on" in changes) show(await isOn());
  });
}
