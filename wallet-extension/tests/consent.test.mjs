// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The button that agrees: which presses count. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { consentButton, THINK } from "../window/consent.js";
import { installPage } from "./support/fake-page.mjs";

let screen;
let timers;
let presses;

beforeEach(() => {
  screen = installPage();
  timers = [];
  presses = 0;
  globalThis.setTimeout = (body, wait) => timers.push({ body, wait });
  globalThis.clearTimeout = (id) => { if (id !== null) timers[id - 1] = null; };
});

const make = () => consentButton("pay", "Pay", () => { presses += 1; });

/** All that waits has waited. */
function wait() {
  for (const timer of timers.splice(0)) timer?.body();
}

test("it can be pressed half a second after it was made, and once", () => {
  const button = make();
  assert.deepEqual(timers.map((timer) => timer.wait), [THINK]);
  button.click();
  assert.deepEqual([button.disabled, presses], [true, 0]);
  wait();
  assert.equal(button.disabled, false);
  button.click();
  button.click();
  assert.deepEqual([button.disabled, presses], [true, 1]);
  screen.tell("focus");
  wait();
  assert.equal(button.disabled, true);
});

test("a press that no person made does not count", () => {
  const button = make();
  wait();
  button.click({ isTrusted: false });
  window.navigator.userActivation.isActive = false;
  button.click();
  assert.equal(presses, 0);
  window.navigator.userActivation.isActive = true;
  button.click();
  assert.equal(presses, 1);
});

const hidden = {
  "behind another window": () => { screen.front.hasFocus = false; },
  "that is not visible": () => { document.visibilityState = "hidden"; },
  "in a frame": () => { window.top = {}; },
};

for (const [name, hide] of Object.entries(hidden)) {
  test(`a press in a window ${name} does not count`, () => {
    const button = make();
    wait();
    hide();
    button.click();
    assert.equal(presses, 0);
  });

  test(`in a window ${name} it does not wake up`, () => {
    hide();
    const button = make();
    wait();
    assert.equal(button.disabled, true);
  });
}

test("a window that comes to the front waits again", () => {
  const button = make();
  wait();
  screen.tell("blur");
  assert.equal(button.disabled, true);
  wait();
  assert.equal(button.disabled, true);
  screen.tell("focus");
  button.click();
  assert.equal(presses, 0);
  wait();
  button.click();
  assert.equal(presses, 1);
});

test("a window that is raised again and again waits from the last time on", () => {
  const button = make();
  screen.tell("focus");
  screen.tell("visibilitychange");
  assert.equal(timers.filter((timer) => timer !== null).length, 1);
  wait();
  assert.equal(button.disabled, false);
});
