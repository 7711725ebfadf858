# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Chromium with a profile of its own: windows, elements, pictures, and the wallet's database."""

import base64
import pathlib
import shutil
import tempfile

from selenium.common.exceptions import NoSuchElementException, NoSuchWindowException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

import chromium
from report import wait_for

NOT_YET = (NoSuchElementException, StaleElementReferenceException)
SIZE = (1280, 900)
# With the browser's own bars, 440 × 760 within.
WALLET_SIZE = (440, 851)
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}

# Opened without a version, so that it is read as it is; one that is not there is not made.
READ_STORE = """
const [store, done] = arguments;
const request = indexedDB.open("taler-wallet");
request.onupgradeneeded = () => request.transaction.abort();
request.onerror = () => done({error: String(request.error)});
request.onsuccess = () => {
    const all = request.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { request.result.close(); done(JSON.parse(JSON.stringify(all.result))); };
};
"""

WRITE_COINS = """
const [changes, done] = arguments;
const request = indexedDB.open("taler-wallet");
request.onupgradeneeded = () => request.transaction.abort();
request.onerror = () => done({error: String(request.error)});
request.onsuccess = () => {
    const transaction = request.result.transaction("coins", "readwrite");
    const coins = transaction.objectStore("coins");
    for (const [key, change] of Object.entries(changes)) {
        const read = coins.get(key);
        read.onsuccess = () => coins.put({...read.result, ...change});
    }
    transaction.oncomplete = () => { request.result.close(); done(null); };
    transaction.onabort = () => done({error: String(transaction.error)});
};
"""


class Browser:
    """`name` begins the names of its pictures; `languages` is what the buyer reads, best first. With `extension`, the wallet's
    extension is loaded. A `profile` that is given is used as it is, and stays."""

    def __init__(self, name, screenshots, scratch, scripts=True, size=SIZE, languages="en-GB,en", extension=False, profile=None):
        self.name = name
        self.screenshots = pathlib.Path(screenshots)
        self.keeps_profile = profile is not None
        self.profile = profile or tempfile.mkdtemp(prefix="profile-", dir=scratch)
        self.downloads = pathlib.Path(tempfile.mkdtemp(prefix="downloads-", dir=scratch))
        self.count = 0
        self._settings = {"scripts": scripts, "size": size, "languages": languages, "extension": extension}
        self.driver = None
        self.start()

    def start(self):
        """Chromium with the profile as it is."""
        self.driver = chromium.start(self.profile, self.downloads, **self._settings)
        self.tab = self.driver.current_window_handle

    def kill(self):
        """SIGKILL for all of its processes, as by a power cut; `start` begins again with the same profile."""
        driver, self.driver = self.driver, None
        chromium.kill(driver, self.profile)

    def quit(self):
        """Ends it as a person does; `start` begins again with the same profile."""
        driver, self.driver = self.driver, None
        driver.quit()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self.driver is not None:
            if error is not None:
                self._remember_failure()
            self.quit()
        if not self.keeps_profile:
            shutil.rmtree(self.profile, ignore_errors=True)

    def _remember_failure(self):
        """A picture of each window, for who reads the failure."""
        try:
            for number, handle in enumerate(self.driver.window_handles):
                self.driver.switch_to.window(handle)
                self.driver.save_screenshot(str(self.screenshots / f"{self.name}-failure-{number}.png"))
                print(f"  window {number} at {self.driver.current_url}: {self.text('body')[:600]!r}", flush=True)
            for line in list(dict.fromkeys(f"{entry['level']} {entry['message']}" for entry in self.log()))[-10:]:
                print(f"  console: {line}", flush=True)
        except WebDriverException as trouble:
            print(f"  no picture: {trouble.msg}", flush=True)

    # pictures

    def shot(self, what, whole=False):
        """A picture of the window, or of the whole page."""
        self.count += 1
        path = self.screenshots / f"{self.name}-{self.count}-{what}.png"
        if whole:
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
            data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})["data"]
            path.write_bytes(base64.b64decode(data))
        else:
            self.driver.save_screenshot(str(path))
        return path

    def dark(self, on=True):
        features = [{"name": "prefers-color-scheme", "value": "dark" if on else ""}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def phone(self, on=True):
        if on:
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
        else:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    # windows

    def open(self, address):
        self.driver.get(address)

    @property
    def address(self):
        return self.driver.current_url

    def to_tab(self):
        self.driver.switch_to.window(self.tab)

    def to_popup(self, known=None):
        """The window beside the tab, as soon as there is one; beside those that were `known`, when there are several tabs."""
        known = known or {self.tab}
        handle = wait_for("the wallet's window opens", lambda: next((h for h in self.driver.window_handles if h not in known), None))
        self.driver.switch_to.window(handle)
        # Without a screen, Chromium takes no notice of the size that the page asks for.
        self.driver.set_window_size(*WALLET_SIZE)

    def wait_closed(self, seconds=60):
        wait_for("the wallet's window closes", lambda: self.driver.window_handles == [self.tab], seconds)
        self.to_tab()

    def close_popup(self):
        self.driver.close()
        self.wait_closed()

    def has_popup(self):
        return len(self.driver.window_handles) > 1

    def windows(self):
        return set(self.driver.window_handles)

    def to_new(self, known):
        """The window that was not there when `known` was; gives its handle."""
        handle = wait_for("another window opens", lambda: next(iter(self.windows() - known), None))
        self.driver.switch_to.window(handle)
        return handle

    def new_tab(self, address):
        """A second tab of the same buyer, selected; gives its handle."""
        self.driver.switch_to.new_window("tab")
        self.open(address)
        return self.driver.current_window_handle

    def to(self, handle):
        self.driver.switch_to.window(handle)

    # elements

    def find(self, selector):
        element = self.driver.find_element(By.CSS_SELECTOR, selector)
        if element is None:  # chromedriver's answer while a window goes
            raise NoSuchWindowException(f"the window went while {selector} was looked for")
        return element

    def count_of(self, selector):
        try:
            return len([e for e in self.driver.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()])
        except StaleElementReferenceException:  # the page changed between the two questions
            return self.count_of(selector)

    def shows(self, selector):
        try:
            return self.find(selector).is_displayed()
        except NOT_YET:
            return False

    def wait(self, selector, seconds=90):
        """The element as soon as it is shown."""
        def shown():
            element = self.find(selector)
            return element if element.is_displayed() else None
        return wait_for(f"{selector} is shown", shown, seconds, NOT_YET)

    def wait_text(self, selector, part, seconds=90):
        """The element's text as soon as it holds `part`."""
        def text():
            found = self.find(selector).text
            return found if part in found else None
        return wait_for(f"{selector} says {part!r}", text, seconds, NOT_YET)

    def wait_any(self, selectors, seconds=90):
        """The first of the selectors that is shown."""
        return wait_for(" or ".join(selectors), lambda: next((s for s in selectors if self.shows(s)), None), seconds, NOT_YET)

    def wait_gone(self, element, seconds=90):
        """Until the element's document has been replaced by another one."""
        def gone():
            try:
                element.is_enabled()
                return False
            except WebDriverException:
                return True
        wait_for("another page comes", gone, seconds)

    def wait_address(self, part, seconds=90):
        return wait_for(f"the tab is at {part}", lambda: self.address if part in self.address else None, seconds)

    def click(self, selector):
        """As soon as the element is shown and can be pressed."""
        def pressable():
            element = self.find(selector)
            return element if element.is_displayed() and element.is_enabled() else None
        wait_for(f"{selector} can be pressed", pressable, 90, NOT_YET).click()

    def click_and_leave(self, selector):
        """A click after which the window may be gone before the answer comes."""
        try:
            self.click(selector)
        except NoSuchWindowException:
            pass

    def double_click(self, selector):
        ActionChains(self.driver).double_click(self.wait(selector)).perform()

    def double_click_and_leave(self, selector):
        try:
            self.double_click(selector)
        except NoSuchWindowException:
            pass

    def press(self, *keys):
        """Keys for whatever has the focus; what is sent to a field for files as such, the driver takes for a file's name."""
        focused = self.driver.switch_to.active_element
        if focused.get_attribute("type") == "file":
            ActionChains(self.driver).send_keys(*keys).perform()
        else:
            focused.send_keys(*keys)

    def text(self, selector):
        return self.find(selector).text

    def amount(self, selector):
        return self.find(selector).get_attribute("data-amount")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script, *arguments):
        result = self.driver.execute_async_script(script, *arguments)
        if isinstance(result, dict) and set(result) == {"error"}:
            raise RuntimeError(result["error"])
        return result

    def log(self):
        """What the console has got since the last call."""
        return self.driver.get_log("browser")

    # the wallet's database, from a window of the wallet's origin

    def stored(self, store):
        return self.run_async(READ_STORE, store)

    def change_coins(self, changes):
        """`changes`: {coinPub: members}."""
        self.run_async(WRITE_COINS, changes)
