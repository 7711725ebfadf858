# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures of the browser's own wallet: a buyer with the extension, from the bank to the coins."""

from bank import open_account
from extension import address, answer_question, ask_for_withdrawal, confirm_withdrawal, wait_settled
from purchase import PAY, open_product

WIDTH, HEIGHT = 900, 1000
WINDOW, TALL = 400, 760


class ExtensionStudio:
    """A browser with the extension. Its pictures are taken in their order, as each begins where the one before ended."""

    def __init__(self, sandbox, browser):
        self.sandbox = sandbox
        self.browser = browser

    def picture(self, width, height, dark=False):
        browser = self.browser
        browser.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        browser.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        browser.dark(dark)
        browser.run("document.activeElement?.blur()")
        taken = browser.driver.execute_cdp_cmd("Page.captureScreenshot", {})["data"]
        browser.dark(False)
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        return taken

    def withdrawal(self):
        """The wallet's question before the bank sends money; afterwards the coins are there."""
        browser = self.browser
        open_account(browser, self.sandbox.bank_url, "gallery")
        ask_for_withdrawal(browser, self.sandbox, "20")
        taken = self.picture(WIDTH, HEIGHT)
        confirm_withdrawal(browser)
        answer_question(browser)
        wait_settled(browser)
        return taken

    def consent(self):
        """The wallet's window before a payment; afterwards it is paid."""
        browser = self.browser
        open_product(browser, self.sandbox.shop_without_wallet(), "tally-sticks")
        browser.click(PAY)
        browser.to_popup()
        browser.wait("#pay")
        taken = self.picture(WINDOW, TALL)
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait(".receipt")
        browser.wait_closed()
        wait_settled(browser)
        return taken

    def popup(self, dark=False):
        self.browser.open(address("popup.html"))
        self.browser.wait("#history")
        return self.picture(WINDOW, TALL, dark)
