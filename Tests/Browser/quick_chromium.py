# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Chromium that starts fast and is killed at any moment: its debugger is spoken to through two pipes (CDP), without a driver."""

import json
import os
import pathlib
import queue
import signal
import subprocess
import threading

import chromium

# What a browser does beside showing pages would only cost time.
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server", "--disable-gpu",
             "--in-process-gpu", "--lang=en", "--disable-background-networking", "--disable-component-update",
             "--disable-default-apps", "--disable-sync", "--no-default-browser-check", "--metrics-recording-only",
             "--disable-breakpad", "--disable-domain-reliability", "--window-size=800,600")


class Gone(Exception):
    """The browser has ended."""


class Failed(Exception):
    """The debugger, or a script, says that something went wrong."""


class QuickChromium:
    """`on_event(session, method, parameters)` is called for each event of the debugger, by the thread that reads; it must not wait."""

    def __init__(self, profile, on_event=None):
        self.profile = str(profile)
        self._on_event = on_event
        self._waiting = {}
        self._number = 0
        self._lock = threading.Lock()
        self._is_gone = False
        ours, self._out = os.pipe()
        self._in, theirs = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4.
        command = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", command, "bash", str(ours), str(theirs), "/usr/bin/chromium", *ARGUMENTS, "--remote-debugging-pipe",
             f"--user-data-dir={self.profile}", f"--load-extension={chromium.EXTENSION.resolve()}", "about:blank"],
            pass_fds=(ours, theirs), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(ours)
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        rest = b""
        while True:
            try:
                data = os.read(self._in, 1 << 16)
            except OSError:
                data = b""
            if not data:
                break
            *messages, rest = (rest + data).split(b"\0")
            for message in messages:
                self._hear(json.loads(message))
        with self._lock:
            self._is_gone = True
            waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            answer.put({"gone": True})

    def _hear(self, message):
        if "id" in message:
            with self._lock:
                answer = self._waiting.pop(message["id"], None)
            if answer is not None:
                answer.put(message)
        elif self._on_event is not None:
            self._on_event(message.get("sessionId"), message["method"], message.get("params", {}))

    def send(self, method, parameters=None, session=None, answer=None):
        """Sends without waiting; the answer goes to the queue."""
        with self._lock:
            if self._is_gone:
                raise Gone
            self._number += 1
            message = {"id": self._number, "method": method, "params": parameters or {}}
            if session is not None:
                message["sessionId"] = session
            if answer is not None:
                self._waiting[self._number] = answer
            try:
                os.write(self._out, json.dumps(message).encode() + b"\0")
            except OSError:
                raise Gone from None

    def call(self, method, parameters=None, session=None, seconds=60):
        """The result of a method of the debugger."""
        answer = queue.Queue()
        self.send(method, parameters, session, answer)
        try:
            message = answer.get(timeout=seconds)
        except queue.Empty:
            raise Failed(f"{method}: no answer within {seconds} s") from None
        if "gone" in message:
            raise Gone
        if "error" in message:
            raise Failed(f"{method}: {message['error'].get('message')}")
        return message["result"]

    def kill(self):
        """SIGKILL for all of its processes, as by a power cut: they have a group of their own, and those that left it are found."""
        ours = [self.process.pid, *chromium.tree(self.process.pid)]
        # All stand still before the first one goes: none may notice and still write something down.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in ours:
                try:
                    os.kill(process, number)
                except ProcessLookupError:
                    pass
        self.process.wait()
        self._close()

    def quit(self):
        """Ends it as a person does."""
        try:
            self.call("Browser.close", seconds=20)
            self.process.wait(20)
        except (Gone, Failed, subprocess.TimeoutExpired):
            pass
        self.kill()

    def _close(self):
        self._reader.join(10)
        for descriptor in (self._in, self._out):
            try:
                os.close(descriptor)
            except OSError:
                pass
        for name in chromium.LEFT_BEHIND:
            (pathlib.Path(self.profile) / name).unlink(missing_ok=True)
