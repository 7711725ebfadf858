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

/**
 * A button for `action`, which runs at most once. It comes into sight when it can be pressed, `THINK` milliseconds after it was made; whenever the
 * window was not in front, it is disabled until that long after the window came back. `view` is the window.
 */
export function consentButton(id, label, action, view = window) {
  const button = element("button", { id, type: "button", class: "primary waiting", disabled: "" }, label);
  const watch = new AbortController();
  let timer = null;
  let pressed = false;
  let hadFocus = false;

  const lock = () => {
    clearTimeout(timer);
    hadFocus ||= view.document.activeElement === button;
    button.disabled = true;
  };
  const unlock = () => {
    if (pressed || !isInFront(view)) return;
    button.disabled = false;
    button.classList.remove("waiting");
    if (hadFocus) button.focus();
    hadFocus = false;
  };
  const wait = () => {
    lock();
    timer = setTimeout(unlock, THINK);
  };
  view.addEventListener("blur", lock, { signal: watch.signal });
  view.addEventListener("focus", wait, { signal: watch.signal });
  view.document.addEventListener("visibilitychange", wait, { signal: watch.signal });
  button.addEventListener("click", (event) => {
    if (pressed || button.disabled || !isByPerson(event, view)) return;
    pressed = true;
    lock();
    watch.abort();
    action();
  });
  wait();
  return button;
}

/** Not in a frame, visible, with the keyboard's focus. */
export function isInFront(view) {
  return view.top === view && view.document.visibilityState === "visible" && view.document.hasFocus();
}

function isByPerson(event, view) {
  return event.isTrusted && isInFront(view) && view.navigator.userActivation?.isActive !== false;
}
