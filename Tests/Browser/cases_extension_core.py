# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's protocol code against known answers: in Chromium, and in Firefox where there is one, the checks that Node runs."""

import contextlib
import functools
import http.server
import json
import pathlib
import queue
import shutil
import subprocess
import tempfile
import threading

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
FOLDER = "wallet-extension/tests/vectors"
NODE = f"const {{ runAll }} = await import('{(REPOSITORY / FOLDER / 'all.mjs').as_uri()}'); console.log(JSON.stringify(await runAll()));"
FIREFOX = "/usr/bin/firefox"
# What a new profile would load from elsewhere or ask about.
QUIET = {"datareporting.policy.dataSubmissionEnabled": False, "browser.shell.checkDefaultBrowser": False, "app.update.enabled": False,
         "browser.aboutwelcome.enabled": False, "toolkit.telemetry.reportingpolicy.firstRun": False, "network.proxy.type": 0,
         "browser.startup.homepage_override.mstone": "ignore", "network.captive-portal-service.enabled": False,
         "network.connectivity-service.enabled": False, "extensions.update.enabled": False}


class Files(http.server.SimpleHTTPRequestHandler):
    """The repository's files; what a page sends goes into a queue."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript", ".js": "text/javascript"}

    def __init__(self, outcomes, *arguments, **named):
        self.outcomes = outcomes
        super().__init__(*arguments, directory=str(REPOSITORY), **named)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.outcomes.put(json.loads(body))

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served():
    """The page's address, and the queue of what pages send."""
    outcomes = queue.Queue()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, outcomes))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{FOLDER}/page.html", outcomes
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def known_answers(test):
    """Every check of a known answer, in each browser as in Node."""
    report = test.report
    expected = json.loads(subprocess.run(["node", "--experimental-global-webcrypto", "--input-type=module", "--eval", NODE], check=True, capture_output=True, text=True).stdout)
    for group in expected:
        report.check(f"Node agrees on {group['group']}: {group['count']} known answers", group["failures"] == [], group["failures"][:3])
    with served() as (address, outcomes):
        with test.browser("known-answers") as browser:
            browser.open(address)
            compare(report, "Chromium", outcomes.get(timeout=180), expected)
            browser.shot("groups")
        if pathlib.Path(FIREFOX).exists():
            with firefox(address, test.scratch):
                compare(report, "Firefox", outcomes.get(timeout=180), expected)


def compare(report, browser, outcome, expected):
    if not report.check(f"{browser} runs the checks of known answers", "error" not in outcome and browser.replace("Chromium", "Chrome") in outcome["agent"], outcome):
        return
    for group in outcome["results"]:
        failures = group["failures"]
        report.check(f"{browser} agrees on {group['group']}: {group['count']} known answers", failures == [], failures[:3])
    counts = {group["group"]: group["count"] for group in outcome["results"]}
    report.equal(f"{browser} has run as many checks as Node", counts, {group["group"]: group["count"] for group in expected})


@contextlib.contextmanager
def firefox(address, scratch):
    """A Firefox without a screen, with a profile that is thrown away, at this address."""
    profile = pathlib.Path(tempfile.mkdtemp(prefix="firefox-", dir=scratch))
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in QUIET.items()]
    (profile / "user.js").write_text("".join(lines))
    process = subprocess.Popen([FIREFOX, "--headless", "--no-remote", "--profile", str(profile), address],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(profile, ignore_errors=True)
