# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Firefox's own remote control, Marionette, with the names that the tests use of selenium's drivers. Debian has no driver for Firefox."""

import base64
import json
import socket

from selenium.common import exceptions

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

ERRORS = {
    "no such element": exceptions.NoSuchElementException,
    "no such window": exceptions.NoSuchWindowException,
    "stale element reference": exceptions.StaleElementReferenceException,
    "element not interactable": exceptions.ElementNotInteractableException,
    "element click intercepted": exceptions.ElementClickInterceptedException,
    "javascript error": exceptions.JavascriptException,
    "script timeout": exceptions.TimeoutException,
    "timeout": exceptions.TimeoutException,
}


class Connection:
    """Commands over TCP: each message is its length in digits, a colon and JSON; `[0, id, name, parameters]`, `[1, id, error, result]`."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._rest = b""
        self._number = 0
        # Who they are, without having been asked.
        self._read()

    def _read(self):
        while b":" not in self._rest:
            self._rest += self._more()
        digits, _, rest = self._rest.partition(b":")
        length = int(digits)
        while len(rest) < length:
            rest += self._more()
        self._rest = rest[length:]
        return json.loads(rest[:length])

    def _more(self):
        data = self._socket.recv(1 << 16)
        if not data:
            raise exceptions.WebDriverException("Firefox has ended")
        return data

    def call(self, name, /, **parameters):
        self._number += 1
        text = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._read()
        if error is not None:
            # Of a document that was replaced meanwhile.
            kind = "stale element reference" if "dead object" in error["message"] else error["error"]
            raise ERRORS.get(kind, exceptions.WebDriverException)(f"{error['error']}: {error['message']}")
        return result

    def close(self):
        self._socket.close()


class Element:
    def __init__(self, driver, name):
        self._driver = driver
        self.name = name

    def _call(self, command, /, **parameters):
        return self._driver.call(f"WebDriver:{command}", id=self.name, **parameters)["value"]

    def is_displayed(self):
        return self._call("IsElementDisplayed")

    def is_enabled(self):
        return self._call("IsElementEnabled")

    @property
    def text(self):
        return self._call("GetElementText")

    @property
    def tag_name(self):
        return self._call("GetElementTagName")

    def click(self):
        self._call("ElementClick")

    def clear(self):
        self._call("ElementClear")

    def send_keys(self, *keys):
        self._call("ElementSendKeys", text="".join(keys))

    def get_attribute(self, name):
        """As selenium gives it: a property of links and forms as the page has it, else what is written."""
        if name in ("href", "value"):
            return self._call("GetElementProperty", name=name)
        return self._call("GetElementAttribute", name=name)


class SwitchTo:
    def __init__(self, driver):
        self._driver = driver

    def window(self, handle):
        self._driver.call("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def new_window(self, kind):
        self.window(self._driver.call("WebDriver:NewWindow", type=kind, focus=True)["handle"])

    @property
    def active_element(self):
        return self._driver.element(self._driver.call("WebDriver:GetActiveElement")["value"])


class MarionetteDriver:
    """One session, selected window and all."""

    def __init__(self, port):
        self._connection = Connection(port)
        self.capabilities = self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "normal"}})["capabilities"]
        self.call("WebDriver:SetTimeouts", script=60_000, pageLoad=60_000, implicit=0)
        self.switch_to = SwitchTo(self)

    def call(self, name, /, **parameters):
        return self._connection.call(name, **parameters)

    # pages and windows

    def get(self, address):
        self.call("WebDriver:Navigate", url=address)

    def refresh(self):
        self.call("WebDriver:Refresh")

    def back(self):
        self.call("WebDriver:Back")

    @property
    def current_url(self):
        return self.call("WebDriver:GetCurrentURL")["value"]

    @property
    def title(self):
        return self.call("WebDriver:GetTitle")["value"]

    @property
    def window_handles(self):
        return self.call("WebDriver:GetWindowHandles")

    @property
    def current_window_handle(self):
        return self.call("WebDriver:GetWindowHandle")["value"]

    def close(self):
        self.call("WebDriver:CloseWindow")

    def set_window_size(self, width, height):
        self.call("WebDriver:SetWindowRect", width=width, height=height)

    def save_screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("WebDriver:TakeScreenshot", full=False, hash=False)["value"]))

    def save_whole_page(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("WebDriver:TakeScreenshot", full=True, hash=False)["value"]))

    # elements and scripts

    def element(self, value):
        return Element(self, value[ELEMENT])

    def find_element(self, using, selector):
        return self.element(self.call("WebDriver:FindElement", using=using, value=selector)["value"])

    def find_elements(self, using, selector):
        return [self.element(one) for one in self.call("WebDriver:FindElements", using=using, value=selector)]

    def _script(self, command, script, arguments):
        sent = [{ELEMENT: one.name} if isinstance(one, Element) else one for one in arguments]
        value = self.call(f"WebDriver:{command}", script=script, args=sent, newSandbox=True, sandbox=None)["value"]
        return self.element(value) if isinstance(value, dict) and ELEMENT in value else value

    def execute_script(self, script, *arguments):
        return self._script("ExecuteScript", script, arguments)

    def execute_async_script(self, script, *arguments):
        return self._script("ExecuteAsyncScript", script, arguments)

    # Firefox's own

    def in_browser(self, script, *arguments):
        """What a script with the rights of the browser itself gives."""
        self.call("Marionette:SetContext", value="chrome")
        try:
            return self._script("ExecuteAsyncScript", script, arguments)
        finally:
            self.call("Marionette:SetContext", value="content")

    def install(self, path):
        """An add-on of a folder or file, until Firefox ends; gives its id."""
        return self.call("Addon:Install", path=str(path), temporary=True)["value"]

    def quit(self):
        try:
            self.call("Marionette:Quit", flags=["eForceQuit"])
        except (exceptions.WebDriverException, OSError):
            pass
        self._connection.close()
