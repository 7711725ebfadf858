// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The button by which a person agrees. A press counts only when the browser says that a person made it, in a window of the wallet's own that
 * has been visible and in front for a moment: a click or key that was meant for what was there before, or for what a page put over or under
 * this window, agrees to nothing.
 */

import { element } from "./elements.js";

/** So long (milliseconds) the offer, and this window in front, must have been there. */
export const THINK = 500;

/** What a hand does that is busy with something else. */
const BUSY = ["pointerdown", "keydown"];

/** What `action` gives when the button is to be pressed again: it waits anew. */
export const AGAIN = Symbol("again");

/**
 * A button for `action`, which runs once, or until it gives something else than AGAIN; never twice at a time. It comes into sight `THINK`
 * milliseconds after it was made, when it can be pressed if the window is in front. Whatever is pressed in the window while it waits lets it wait anew, so that no run of fast clicks
 * ever meets it; whenever the window was not in front, it is disabled until that long after the window came back. `isReady()` says whether a press
 * counts; if not, it has told the person why. `view` is the window.
 */
export function consentButton(id, label, action, { isReady = () => true, view = window } = {}) {
  const button = element("button", { id, type: "button", class: "primary consent waiting", disabled: "" }, label);
  let watch = new AbortController();
  let timer = null;
  let pressed = false;
  let hadFocus = false;

  const lock = () => {
    clearTimeout(timer);
    hadFocus ||= view.document.activeElement === button;
    button.disabled = true;
  };
  const unlock = () => {
    if (pressed || view.top !== view) return;
    // In sight also where the keyboard is with something else, as the browser's address: a click into the page brings it to the front.
    button.classList.remove("waiting");
    if (!isInFront(view)) return;
    button.disabled = false;
    // Not from where the person has gone meanwhile.
    if (hadFocus && isNowhere(view.document)) button.focus();
    hadFocus = false;
  };
  const wait = () => {
    lock();
    timer = setTimeout(unlock, THINK);
  };
  const arm = () => {
    watch = new AbortController();
    const { signal } = watch;
    view.addEventListener("blur", lock, { signal });
    view.addEventListener("focus", wait, { signal });
    view.document.addEventListener("visibilitychange", wait, { signal });
    for (const kind of BUSY) view.addEventListener(kind, () => { if (button.disabled) wait(); }, { signal, capture: true, passive: true });
    wait();
  };
  button.addEventListener("click", async (event) => {
    if (pressed || button.disabled || !isByPerson(event, view) || !isReady()) return;
    pressed = true;
    lock();
    watch.abort();
    if (await action() !== AGAIN) return;
    pressed = false;
    arm();
  });
  arm();
  return button;
}

/** Nothing has the focus, as when what had it was disabled. */
function isNowhere({ activeElement, body }) {
  return activeElement === null || activeElement === body || activeElement.disabled === true;
}

/** Not in a frame, visible, with the keyboard's focus. */
export function isInFront(view) {
  return view.top === view && view.document.visibilityState === "visible" && view.document.hasFocus();
}

/** The second click of a double click is of a hand that began elsewhere. */
function isByPerson(event, view) {
  return event.isTrusted && !(event.detail > 1) && isInFront(view) && view.navigator.userActivation?.isActive !== false;
}
