// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** However often a page calls, the wallet moves at its own pace. */

var talerWallet = talerWallet ?? {};

talerWallet.pace = (() => {
  /**
   * A function that calls `action` with its argument, at most once in `pause` milliseconds: the first time at once; of the calls that come
   * too early only the last is kept, and made when the pause is over.
   */
  function paced(pause, action) {
    let isResting = false;
    let waiting = null;
    const rest = () => {
      isResting = true;
      setTimeout(() => {
        isResting = false;
        if (waiting === null) return;
        const [value] = waiting;
        waiting = null;
        rest();
        action(value);
      }, pause);
    };
    return (value) => {
      if (isResting) {
        waiting = [value];
        return;
      }
      rest();
      action(value);
    };
  }

  /**
   * Not more than `size` things wait, each key once; `action` gets them one after another, `pause` milliseconds apart at least, and `budget` of
   * them in the life of a page.
   */
  function queued({ size, pause, budget, action }) {
    const waiting = new Map();
    let isBusy = false;
    let left = budget;
    async function work() {
      isBusy = true;
      while (waiting.size > 0) {
        const [key, value] = waiting.entries().next().value;
        waiting.delete(key);
        await action(value);
        await new Promise((resolve) => { setTimeout(resolve, pause); });
      }
      isBusy = false;
    }
    return (key, value) => {
      if (!waiting.has(key)) {
        if (waiting.size >= size || left <= 0) return;
        left -= 1;
      }
      waiting.set(key, value);
      if (!isBusy) work();
    };
  }

  return { paced, queued };
})();
