// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The button that agrees: which presses count. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { AGAIN, consentButton, THINK } from "../window/consent.js";
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

test("in a window that is not in front it is in sight, in a frame it is not", () => {
  for (const [hide, expected] of [[hidden["behind another window"], ["waiting"]], [hidden["in a frame"], []]]) {
    hide();
    const button = make();
    const removed = [];
    button.classList = { remove: (name) => removed.push(name) };
    wait();
    assert.deepEqual([button.disabled, removed], [true, expected]);
  }
});

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

test("clicks in a fast run, begun before the button was there, never meet it", () => {
  const clock = makeClock();
  const button = make();
  for (let i = 0; i < 20; i += 1) {
    clock.pass(100);
    screen.tell("pointerdown");
    button.click({ isTrusted: true, detail: 1 + (i % 3) });
  }
  assert.deepEqual([button.disabled, presses], [true, 0]);
  clock.pass(THINK - 1);
  button.click();
  assert.equal(presses, 0);
  clock.pass(1);
  screen.tell("pointerdown");
  button.click({ isTrusted: true, detail: 1 });
  assert.equal(presses, 1);
});

test("keys that are pressed while it waits let it wait as well", () => {
  const clock = makeClock();
  const button = make();
  for (let i = 0; i < 20; i += 1) {
    clock.pass(100);
    screen.tell("keydown");
    button.click({ isTrusted: true, detail: 0 });
  }
  assert.equal(presses, 0);
});

test("a key that is pressed when it can be pressed does not put it off", () => {
  const button = make();
  wait();
  screen.tell("keydown");
  screen.tell("pointerdown");
  assert.equal(button.disabled, false);
});

test("the second click of a double click does not count", () => {
  const button = make();
  wait();
  button.click({ isTrusted: true, detail: 2 });
  assert.equal(presses, 0);
  button.click({ isTrusted: true, detail: 1 });
  assert.equal(presses, 1);
});

test("a press that something is missing for can be repeated at once", () => {
  let isReady = false;
  const button = consentButton("confirm", "Confirm", () => { presses += 1; }, { isReady: () => isReady });
  wait();
  button.click();
  assert.deepEqual([button.disabled, presses], [false, 0]);
  isReady = true;
  button.click();
  assert.equal(presses, 1);
});

test("an action that failed can be begun again after a moment, never twice at a time", async () => {
  let end;
  const button = consentButton("confirm", "Confirm", () => new Promise((resolve) => { presses += 1; end = resolve; }));
  wait();
  const first = button.click();
  button.click();
  assert.equal(presses, 1);
  end(AGAIN);
  await first;
  button.click();
  assert.equal(presses, 1);
  wait();
  button.click();
  assert.equal(presses, 2);
});

test("the focus comes back to the button, but not from where the person has gone", () => {
  for (const [elsewhere, expected] of [[{ disabled: false }, 0], [null, 1]]) {
    const button = make();
    wait();
    let focused = 0;
    button.focus = () => { focused += 1; };
    document.activeElement = button;
    screen.tell("blur");
    document.activeElement = elsewhere;
    screen.tell("focus");
    wait();
    assert.equal(focused, expected);
  }
});

/** Timers that run when `pass(milliseconds)` has brought their time. */
function makeClock() {
  let now = 0;
  const due = new Map();
  globalThis.setTimeout = (body, after) => {
    due.set(due.size + 1, { body, at: now + after });
    return due.size;
  };
  globalThis.clearTimeout = (id) => { due.get(id) && (due.get(id).at = Infinity); };
  return {
    pass(milliseconds) {
      now += milliseconds;
      for (const one of due.values()) {
        if (one.at > now) continue;
        one.at = Infinity;
        one.body();
      }
    },
  };
}
