// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The wallet's ears in a page: the events of docs/wallet-pages.md, and the wallet's own messages. */

var talerWallet = talerWallet ?? {};

talerWallet.start = () => {
  const { details, pace, post, presence } = talerWallet;
  const PAUSE = 1_000;
  const WATCH = 500;

  /** What the switch says: null until it is known, which `known` waits for. */
  let isOn = null;
  let nowKnown;
  const known = new Promise((resolve) => { nowKnown = resolve; });
  let isAnswering = false;
  let isWatched = false;
  /** The page goes away: what it asks for now nobody wants who goes elsewhere. */
  let isLeaving = false;
  const ears = new AbortController();

  /** False when the extension was switched off, removed or replaced by another version of it: then this script is only a remnant. */
  const isAlive = () => chrome.runtime?.id !== undefined;

  async function tell(message) {
    try {
      return await chrome.runtime.sendMessage(message) ?? null;
    } catch {
      return null;
    }
  }

  const conversation = new talerWallet.Conversation({
    tell,
    report: (detail) => presence.dispatch("taler-payment-result", detail),
    go: (address) => location.assign(address),
  });

  // Presence

  function present() {
    // A page that probes whenever it is answered would go round for ever.
    if (isAnswering) return;
    isAnswering = true;
    try {
      presence.dispatch("taler-wallet-present");
    } finally {
      isAnswering = false;
    }
  }

  function takeOverSheet() {
    if (presence.takeOverSheet()) watch();
  }

  function switched(on, isNews) {
    if (on === isOn) return;
    isOn = on;
    nowKnown();
    if (on) {
      takeOverSheet();
      if (!isNews) return;
      presence.dispatch("taler-wallet-load");
      present();
    } else {
      presence.giveBackSheet();
      if (isNews) presence.dispatch("taler-wallet-unload");
    }
  }

  /** Takes leave of the page; `isReplaced`: another copy of this script has spoken already. */
  function leave(isReplaced) {
    ears.abort();
    if (isReplaced) return;
    switched(false, true);
  }

  /** Who leaves is not told: a page that wants a wallet is looked at from time to time. */
  function watch() {
    if (isWatched) return;
    isWatched = true;
    const look = () => { if (!isAlive() && !ears.signal.aborted) leave(false); };
    const timer = setInterval(look, WATCH);
    ears.signal.addEventListener("abort", () => clearInterval(timer));
    hear("visibilitychange", look);
  }

  // Events of the page

  function hear(name, action) {
    document.addEventListener(name, action, { capture: true, signal: ears.signal });
  }

  /**
   * Calls `action` when there is a wallet; for events of the first moments, as soon as that is known. A page that the browser only prepares is heard when
   * the person comes to it.
   */
  function ask(name, action) {
    const act = (event) => { if (isAlive() && isOn && !isLeaving) action(event); };
    hear(name, (event) => {
      watch();
      if (isOn === null || document.prerendering === true) Promise.all([known, shown]).then(() => act(event));
      else act(event);
    });
  }

  const shown = document.prerendering === true ? new Promise((resolve) => { hear("prerenderingchange", resolve); }) : null;

  /** `action`, for the last argument, as soon as the person sees the page: a page in the background takes nobody away from another one. */
  function whenSeen(action) {
    let waiting = null;
    hear("visibilitychange", () => {
      if (waiting === null || document.visibilityState === "hidden") return;
      const [value] = waiting;
      waiting = null;
      action(value);
    });
    return (value) => {
      if (document.visibilityState === "hidden") waiting = [value];
      else action(value);
    };
  }

  const begin = pace.paced(PAUSE, whenSeen((event) => {
    const message = event.type === "taler-contract" ? offerIn(event.detail) : executionIn(event.detail);
    if (message !== null) conversation.begin(message);
    else presence.dispatch("taler-payment-result", {
      success: false, status: 0, reason: "malformed", responseText: chrome.i18n.getMessage("extensionUnreadable"),
    });
  }));

  function offerIn(detail) {
    const text = details.textOf(detail);
    return text === null || text.length > details.LONGEST_TEXT ? null : { taler: "offer", text };
  }

  function executionIn(detail) {
    const { H_contract: contract, pay_url: payURL } = details.objectOf(detail) ?? {};
    return typeof contract === "string" && typeof payURL === "string" ? { taler: "execute", contract, payURL } : null;
  }

  const refund = pace.queued({
    size: 16, pause: 250, budget: 64,
    async action({ contract, refundURL }) {
      const text = await post.refundText(refundURL);
      // Not waited for: how long the wallet takes would tell the page whether it has this purchase.
      if (text !== null) tell({ taler: "refund", contract, text });
    },
  });

  const createReserve = pace.paced(PAUSE, whenSeen((event) => {
    if (isLeaving) return;
    const { amount, callback_url: callbackURL, wt_types: wireTypes, suggested_exchange_url: suggestedExchange } = details.objectOf(event.detail) ?? {};
    tell({ taler: "reserve", amount, callbackURL, wireTypes, suggestedExchange });
  }));

  const confirmReserve = pace.queued({
    size: 16, pause: 250, budget: 64,
    action: (reservePub) => tell({ taler: "confirm", reservePub }),
  });

  function listen() {
    ask("taler-probe", present);
    ask("taler-contract", begin);
    ask("taler-execute-payment", begin);
    ask("taler-create-reserve", createReserve);
    ask("taler-confirm-reserve", (event) => {
      const { reserve_pub: reservePub } = details.objectOf(event.detail) ?? {};
      if (typeof reservePub === "string") confirmReserve(reservePub, reservePub);
    });
    ask("taler-refund", (event) => {
      const { H_contract: contract, refund_url: refundURL } = details.objectOf(event.detail) ?? {};
      if (typeof contract === "string" && typeof refundURL === "string") refund(contract, { contract, refundURL });
    });
    // A newer copy of this script, after an update: this one has nothing more to say.
    hear("taler-wallet-load", () => { if (!isAlive()) leave(true); });
    for (const name of ["pointerdown", "click", "keydown"]) hear(name, (event) => { if (event.isTrusted) conversation.touched(); });
    // Ours is the first of the page's listeners.
    addEventListener("pagehide", (event) => { if (event.isTrusted) leavePage(); }, { capture: true, signal: ears.signal });
    addEventListener("pageshow", (event) => { if (event.isTrusted) isLeaving = false; }, { capture: true, signal: ears.signal });
    hear("DOMContentLoaded", () => { if (isOn === true) takeOverSheet(); });
  }

  /** A click that led from here to a page with an offer was a click for that offer; of pages that want no wallet nothing is told. */
  function leavePage() {
    isLeaving = true;
    conversation.left();
    if (isWatched && conversation.isTouched) tell({ taler: "touched" });
  }

  // Messages of the wallet

  function onMessage(message, sender, answer) {
    if (sender.id !== chrome.runtime.id) return undefined;
    switch (message?.taler) {
      case "ping":
        answer(location.origin);
        return undefined;
      case "pay":
        conversation.pay(message).then(answer, () => answer(null));
        return true;
      case "recorded":
      case "declined":
      case "closed":
        conversation[message.taler](message);
        return undefined;
      default:
        return undefined;
    }
  }

  async function start() {
    // Opened by a file, or in a sandbox: no origin that the wallet could answer.
    if (globalThis.origin !== location.origin) return;
    const isLate = document.readyState !== "loading";
    listen();
    chrome.runtime.onMessage.addListener(onMessage);
    chrome.storage.local.onChanged.addListener(({ on }) => { if (on !== undefined && !ears.signal.aborted) switched(on.newValue !== false, true); });
    const { on } = await chrome.storage.local.get({ on: true });
    if (isOn === null) switched(on !== false, isLate && on !== false);
    if (isLate) watch();
  }

  start().catch(() => {});
  return { isAlive };
};

// The page has one already when the extension has come back while it was open, and the browser put the script into it as well.
if (talerWallet.here?.isAlive() !== true) talerWallet.here = talerWallet.start();
