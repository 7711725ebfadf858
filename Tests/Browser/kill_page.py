# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser with the wallet's extension, and a page of it in which the wallet's own engine is driven, up to a moment."""

import json
import pathlib
import queue
import time

import chromium
from quick_chromium import Failed, Gone, QuickChromium

HERE = pathlib.Path(__file__).resolve().parent
MOMENTS = (HERE / "kill_moments.js").read_text()
STEPS = (HERE / "kill_steps.js").read_text()


class Now(Exception):
    """The wallet stands at the moment that was wanted."""


class WalletPage:
    """`plan`: see kill_moments.js; None for no such moment. Whatever takes longer than `patience` seconds from the start raises
    `queue.Empty`; the moment raises `Now`. `hear` gets texts: what the wallet's requests and transactions came to."""

    def __init__(self, profile, plan, patience, hear):
        self._expression = f"({MOMENTS})({json.dumps(plan)})"
        self._hear = hear
        self._heard = queue.Queue()
        self._session = None
        self.patience(patience)
        self.browser = QuickChromium(profile, self._on_event)

    def patience(self, seconds):
        """So much longer from now on."""
        self._deadline = time.monotonic() + seconds

    def _on_event(self, session, method, parameters):
        if method == "Target.attachedToTarget" and parameters["targetInfo"]["type"] == "service_worker":
            self._instrument(parameters["sessionId"])
        elif method == "Runtime.bindingCalled":
            text = parameters["payload"]
            if text.startswith("now "):
                self._heard.put({"now": text.removeprefix("now ")})
            elif session != self._session:
                self._hear(f"worker {text}")
            else:
                self._hear(text)

    def _instrument(self, worker):
        """The worker waits for the debugger before its first line."""
        try:
            for method, parameters in (("Runtime.enable", {}), ("Runtime.addBinding", {"name": "tellMoment"}),
                                       ("Runtime.evaluate", {"expression": self._expression}), ("Runtime.runIfWaitingForDebugger", {})):
                self.browser.send(method, parameters, worker)
        except Gone:
            pass

    def prepare(self):
        """Opens the page and puts the steps into it."""
        self._call("Target.setAutoAttach", {
            "autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True, "filter": [{"type": "service_worker"}, {"exclude": True}]})
        # A page without scripts of its own, in the extension's origin.
        target = self._call("Target.createTarget", {"url": f"chrome-extension://{chromium.extension_id()}/manifest.json"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._call("Runtime.enable", {}, self._session)
        self._call("Runtime.addBinding", {"name": "tellMoment"}, self._session)
        while not self._is_there():
            time.sleep(0.01)
        self._evaluate(self._expression)
        self._evaluate(f"{STEPS}.then((steps) => {{ globalThis.walletSteps = steps; }})")

    def _is_there(self):
        try:
            return self._evaluate("location.protocol === 'chrome-extension:' && document.readyState === 'complete'")
        except Failed:
            # Between the empty page that a tab begins with and the one that was asked for there is none in which a script could run.
            return False

    def step(self, name, parameters):
        """What a step gives (kill_steps.js)."""
        return self._evaluate(f"walletSteps.{name}({json.dumps(parameters)})")

    def _evaluate(self, expression):
        result = self._call("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}, self._session)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise Failed(details.get("exception", {}).get("description") or details.get("text"))
        return result["result"].get("value")

    def _call(self, method, parameters, session=None):
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise queue.Empty
        self.browser.send(method, parameters, session, self._heard)
        message = self._heard.get(timeout=left)
        if "now" in message:
            raise Now(message["now"])
        if "gone" in message:
            raise Gone
        if "error" in message:
            raise Failed(f"{method}: {message['error'].get('message')}")
        return message["result"]
