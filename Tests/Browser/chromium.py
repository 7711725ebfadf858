# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chromium's processes: started for a profile, killed as by a power cut, started again; and the wallet's extension in it."""

import base64
import hashlib
import json
import os
import pathlib
import shutil
import signal

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from report import wait_for
from sandbox import REPOSITORY

EXTENSION = REPOSITORY / "wallet-extension"
# What a Chromium that was killed leaves in its profile: the lock that names its process, and the address of its debugger.
LEFT_BEHIND = ("SingletonLock", "SingletonSocket", "SingletonCookie", "DevToolsActivePort")


def extension_id():
    """The name that Chromium gives an extension that it loads from a folder: of the `key` in the manifest, else of the folder's path,
    the first 16 bytes of SHA-256, each hexadecimal digit written as a letter from a to p."""
    key = json.loads((EXTENSION / "manifest.json").read_text()).get("key")
    named = os.fsencode(str(EXTENSION.resolve())) if key is None else base64.b64decode(key)
    return "".join(chr(ord("a") + int(digit, 16)) for digit in hashlib.sha256(named).hexdigest()[:32])


def start(profile, downloads, scripts, size, languages, extension):
    """A driver of a new Chromium with this profile."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", f"--lang={languages.split(',')[0]}",
                 "--no-proxy-server", f"--user-data-dir={profile}", "--window-size=%d,%d" % size]
    if extension:
        arguments.append(f"--load-extension={EXTENSION.resolve()}")
        # The windows that an extension opens are windows like others.
        options.add_experimental_option("enableExtensionTargets", True)
    for argument in arguments:
        options.add_argument(argument)
    # Windows are held back as for everybody.
    options.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])
    # The page of new tabs would wait for somebody outside, and the driver for it.
    preferences = {"session.restore_on_startup": 4, "session.startup_urls": ["about:blank"],
                   "download.default_directory": str(downloads), "download.prompt_for_download": False,
                   "intl.accept_languages": languages}
    if not scripts:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    return driver


def _children():
    """{process: [its children]} (Linux)."""
    found = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            # The second field is a name in parentheses, which may hold anything; the parent comes two fields after it.
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        found.setdefault(parent, []).append(int(folder.name))
    return found


def tree(process):
    """The processes below this one, parents before their children."""
    children = _children()
    found = []
    waiting = [process]
    while waiting:
        below = children.get(waiting.pop(0), [])
        found += below
        waiting += below
    return found


def of_profile(profile):
    """The processes that were told to use this profile (Linux)."""
    wanted = os.fsencode(f"--user-data-dir={profile}")
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            # Chromium writes the command of a process below it as one text.
            if wanted in (folder / "cmdline").read_bytes().replace(b"\0", b" ").split(b" "):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def hold_pages(driver):
    """Stops the processes that run pages of the web, not those of the extension and of the browser itself: a page gets no message any more
    and can send nothing, until it is killed or goes on."""
    held = []
    for process in tree(driver.service.process.pid):
        try:
            words = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").split(b" ")
            if b"--type=renderer" in words and b"--extension-process" not in words:
                os.kill(process, signal.SIGSTOP)
                held.append(process)
        except OSError:
            continue
    return held


def kill(driver, profile):
    """SIGKILL for Chromium and all of its processes; its profile stays as it is at this moment."""
    ours = list(dict.fromkeys(tree(driver.service.process.pid) + of_profile(profile)))
    # All stand still before the first one goes: none may notice and still write something down.
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for process in ours:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass
    wait_for("Chromium is gone", lambda: not any(_runs(process) for process in ours))
    # The driver would wait for the answer of a Chromium that is gone.
    driver.service.process.kill()
    driver.service.process.wait()
    for name in LEFT_BEHIND:
        (pathlib.Path(profile) / name).unlink(missing_ok=True)
    # The tabs that were open: a person's Chromium asks, this one begins with an empty tab.
    shutil.rmtree(pathlib.Path(profile) / "Default" / "Sessions", ignore_errors=True)


def _runs(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
