# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Firefox with a profile of its own and the wallet's extension, used as a Browser."""

import pathlib
import shutil
import signal
import subprocess

import chromium
from browser import Browser
from marionette import MarionetteDriver
from report import wait_for

PROGRAM = "firefox-esr"

# Marionette on a port that the system chooses; Firefox asks nobody outside, shows nothing of its own, and holds back windows as for everybody.
PREFERENCES = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.contentblocking.report.lockwise.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.newtabpage.activity-stream.feeds.system.topstories": False,
    "browser.ping-centre.telemetry": False,
    "browser.region.network.url": "",
    "browser.region.update.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.passwords.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "browser.tabs.warnOnClose": False,
    "browser.topsites.contile.enabled": False,
    "captivedetect.canonicalURL": "",
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": True,
    "dom.push.connection.enabled": False,
    "extensions.blocklist.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.getAddons.discovery.api_url": "",
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "geo.provider.network.url": "",
    "identity.fxaccounts.enabled": False,
    "intl.accept_languages": "en-GB, en",
    "media.gmp-manager.updateEnabled": False,
    "media.gmp-manager.url": "",
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": False,
    "network.proxy.type": 0,
    "network.trr.mode": 5,
    "privacy.trackingprotection.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "signon.rememberSignons": False,
    "termsofuse.bypassNotification": True,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "toolkit.telemetry.server": "",
}

ADDRESS = "arguments[1](WebExtensionPolicy.getByID(arguments[0])?.getURL(''));"

# What the browser's console has of the extension.
CONSOLE = """
const [origin, done] = arguments;
const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
const errors = Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError && String(one.sourceName).startsWith(origin))
    .filter((one) => (one.flags & Ci.nsIScriptError.warningFlag) === 0).map((one) => `${one.sourceName}:${one.lineNumber} ${one.errorMessage}`);
const said = storage.getEvents().filter((one) => one.level === "error" && String(one.filename).startsWith(origin))
    .map((one) => `${one.filename}:${one.lineNumber} ${Array.from(one.arguments, String).join(" ")}`);
// A page that was closed while it waited for the background has lost nothing.
done([...errors, ...said].filter((text) => !text.includes("Promise rejected after context unloaded")));
"""


class Firefox(Browser):
    """`driver` is Marionette's; the extension's pages stand below `base`."""

    def start(self):
        profile = pathlib.Path(self.profile)
        lines = []
        for name, value in PREFERENCES.items():
            text = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, int) else f'"{value}"'
            lines.append(f'user_pref("{name}", {text});')
        (profile / "user.js").write_text("\n".join(lines) + "\n")
        chosen = profile / "MarionetteActivePort"
        chosen.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [PROGRAM, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(profile),
             "--width", "1280", "--height", "900", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = wait_for("Firefox listens", lambda: chosen.read_text().strip(), ignore=(OSError,))
            self.driver = wait_for("Firefox answers", lambda: MarionetteDriver(int(port)), ignore=(ConnectionError,))
            self.tab = self.driver.current_window_handle
            self.driver.set_window_size(1280, 900)
            self.identity = self.driver.install(chromium.EXTENSION)
            self.base = wait_for("the extension runs", lambda: self.driver.in_browser(ADDRESS, self.identity))
        except Exception:
            self.kill()
            raise

    def page(self, name):
        """The address of a page of the extension."""
        return f"{self.base}extension/pages/{name}"

    def errors(self):
        """What went wrong in the extension's scripts, as the browser's console has it."""
        return self.driver.in_browser(CONSOLE, self.base)

    def kill(self):
        self.driver = None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def quit(self):
        driver, self.driver = self.driver, None
        driver.quit()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def shot(self, what, whole=False):
        self.count += 1
        path = self.screenshots / f"{self.name}-{self.count}-{what}.png"
        (self.driver.save_whole_page if whole else self.driver.save_screenshot)(str(path))
        return path

    def log(self):
        return [{"level": "SEVERE", "message": text} for text in self.errors()]


def is_there():
    return shutil.which(PROGRAM) is not None
