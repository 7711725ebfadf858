# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The extension's own pages: axe-core in five languages, light and dark; small windows; withdrawing with the keyboard alone."""

from selenium.webdriver.common.keys import Keys

from accessibility import measure
from axe import Axe
from bank import open_account
from every_page import LANGUAGES
from extension import (EXTENSION_CALL, address, answer_question, ask_for_withdrawal, begin_withdrawal, confirm_withdrawal, extension_page, in_wallet,
                       look_at_suggestion, stored, wait_settled, withdraw)
from keyboard import start, tab_to, walk
from purchase import PAY, buy, open_product

# An open session of a withdrawal, as the background makes one; a page of the extension puts it there.
SESSION = "0123456789abcdef0123456789abcdef"
BAD_SESSION = "fedcba9876543210fedcba9876543210"

# A payment without an answer, as it is after a power cut: a copy of one that is there.
PENDING = """
const done = arguments[arguments.length - 1];
const request = indexedDB.open("taler-wallet");
request.onerror = () => done({error: String(request.error)});
request.onsuccess = () => {
    const transaction = request.result.transaction("purchases", "readwrite");
    const purchases = transaction.objectStore("purchases");
    purchases.getAll().onsuccess = ({target}) => {
        const paid = target.result.find(({state}) => state === "paid");
        purchases.put({...paid, id: "0".repeat(103), state: "pending", title: "An essay on lamps", correlation: null, coins: [], expiry: null, refunds: []});
    };
    transaction.oncomplete = () => { request.result.close(); done(null); };
    transaction.onabort = () => done({error: String(transaction.error)});
};
"""

POPUP = {"width": 380, "height": 600, "deviceScaleFactor": 2, "mobile": True}
PAGE = {"width": 900, "height": 800, "deviceScaleFactor": 1, "mobile": False}
NARROW = {"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": True}


def extension_pages(test):
    """One buyer's wallet with something of everything in it, looked at by readers of five languages."""
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-pages", extension=True) as browser:
        fill(test, browser)
        axe = Axe(browser, test.axe)
        for language in LANGUAGES:
            speak(browser, language)
            Looks(test, browser, axe, language).all()
    report.check("axe-core has looked at each page in each language, light and dark", axe.pages >= 20 * len(LANGUAGES), axe.pages)
    report.equal(f"axe-core finds nothing on {axe.pages} looks at the extension's pages", axe.found, [])


def speak(browser, language):
    """What the reader prefers, as pages of this tab see it from now on."""
    agent = browser.run("return navigator.userAgent")
    browser.driver.execute_cdp_cmd("Emulation.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": language})


def fill(test, browser):
    """Coins, a purchase, a payment without an answer, and a withdrawal that the bank has not been told to send."""
    sandbox = test.sandbox
    withdraw(browser, sandbox, "15", "ext-pages")
    buy(browser, sandbox.shop_without_wallet(), "margins")
    wait_settled(browser)
    ask_for_withdrawal(browser, sandbox, "3")
    confirm_withdrawal(browser)
    with extension_page(browser):
        browser.run_async(PENDING)


class Looks:
    """The pages, one after the other, in one language."""

    def __init__(self, test, browser, axe, language):
        self.test = test
        self.sandbox = test.sandbox
        self.browser = browser
        self.axe = axe
        self.language = language
        self.has_pictures = language in ("en", "de")

    def all(self):
        self.size(POPUP)
        self.look("popup", "popup.html", "#history")
        self.size(PAGE)
        self.look("full", "popup.html#full", "#purchases", lambda: self.browser.click("#all-coins summary"))
        self.look("get-money", "withdraw.html", "#how")
        self.withdrawal()
        self.look("gone", f"withdraw.html#{'0' * 32}", "#error")
        self.look("exchanges", "exchanges.html", "#list .facts", lambda: self.browser.wait("#remove, .exchange .note"))
        self.look("exchanges-problem", "exchanges.html", "#exchange-address", self.wrong_address)
        self.look("backup", "backup.html", "#passphrase", self.wrong_passphrases)

    def size(self, metrics):
        self.browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.metrics = metrics

    def look(self, what, page, selector, action=None):
        """Light and dark, and for the longest words in a narrow window."""
        browser = self.browser
        browser.open("about:blank")
        browser.open(address(page))
        browser.wait(selector)
        if action is not None:
            action()
        spoken = browser.run("return document.documentElement.lang")
        if spoken != self.language:
            self.test.report.check(f"{what} is in {self.language}", False, spoken)
        for scheme in ("light", "dark"):
            browser.dark(scheme == "dark")
            self.axe.look(f"{what}, {self.language}, {scheme}")
            if self.has_pictures:
                browser.shot(f"{self.language}-{what}-{scheme}", whole=True)
        browser.dark(False)
        if self.language == "de":
            before = self.metrics
            self.size(NARROW)
            measure(self.test.report, browser, f"the extension's {what} in a window of 320")
            browser.shot(f"{self.language}-{what}-narrow", whole=True)
            self.size(before)

    def withdrawal(self):
        """A bank's page asks: an exchange that is known, one that is not, addresses that are none, a bank that asks for nonsense."""
        browser, sandbox = self.browser, self.sandbox
        detail = {"amount": "KUDOS:12.505", "callbackURL": sandbox.bank_url + "callback", "wireTypes": ["test"],
                  "suggestedExchange": sandbox.exchange_url}
        self.session(SESSION, detail)
        self.session(BAD_SESSION, {**detail, "callbackURL": "http://elsewhere.example/"})
        self.look("withdrawal", f"withdraw.html#{SESSION}", "#confirm", self.other_address)
        in_wallet(browser, "for (const {url} of await wallet.exchanges.list()) await wallet.store.exchanges.forget(url)")
        self.look("suggestion", f"withdraw.html#{SESSION}", "#look-suggested")
        self.look("first-use", f"withdraw.html#{SESSION}", "#look-suggested", self.without_trust)
        in_wallet(browser, "await wallet.exchanges.accept(await wallet.exchanges.preview(parameters[0]))", sandbox.exchange_url)
        self.look("refused", f"withdraw.html#{BAD_SESSION}", "#refused")

    def session(self, name, detail):
        bank = self.sandbox.bank_url
        content = {"id": name, "kind": "withdraw", "detail": detail, "origin": bank.rstrip("/"), "page": bank + "account/withdraw", "tabId": -1,
                   "documentId": None, "created": 0, "walletTabId": -1, "walletWindowId": None}
        with extension_page(self.browser):
            self.browser.run_async(EXTENSION_CALL, "storage.session.set", {f"session:{name}": content})

    def other_address(self):
        """What is written by hand and cannot be reached; what the known exchange makes of it goes."""
        self.browser.click("#exchange input[value=other]")
        self.wrong_address()

    def without_trust(self):
        look_at_suggestion(self.browser)
        self.browser.click("#confirm")
        self.browser.wait("#trust-problem")

    def wrong_address(self):
        self.browser.wait("#exchange-address").send_keys("http://127.0.0.1:1/", Keys.ENTER)
        self.browser.wait("#exchange-problem")

    def wrong_passphrases(self):
        self.browser.find("#passphrase").send_keys("1234")
        self.browser.click("#save")
        self.browser.wait("#save-problem")
        self.browser.click("#restore")
        self.browser.wait("#error")


def extension_keyboard(test):
    """Every page of the extension by the tab key; and a withdrawal and a payment without a mouse."""
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-keyboard", extension=True) as browser:
        open_account(browser, sandbox.bank_url, "ext-keys")
        begin_withdrawal(browser, sandbox, "6")
        browser.wait("#look-suggested")
        hidden = by_key(browser, "#look-suggested", Keys.ENTER)
        browser.wait("#confirm")
        report.equal("what the exchange offers has the focus when it has come", browser.run("return document.activeElement.id"), "quote-title")
        # From there on, not from the page's beginning.
        hidden += tab_to(browser, "#trust")
        browser.press(Keys.SPACE)
        browser.wait("#confirm")
        browser.shot("accepted")
        hidden += by_key(browser, "#confirm", Keys.ENTER)
        browser.wait("#question")
        [reserve] = stored(browser, "reserves")
        report.equal("a withdrawal is confirmed by keyboard", reserve["state"], "handed")
        answer_question(browser)
        wait_settled(browser, 5)

        open_product(browser, sandbox.shop_without_wallet(), "margins")
        browser.wait(PAY)
        hidden += by_key(browser, PAY, Keys.SPACE)
        browser.to_popup()
        browser.wait("#pay")
        start(browser)
        hidden += tab_to(browser, "#pay")
        browser.shot("focus-pay")
        try:
            browser.press(Keys.ENTER)
        finally:
            browser.to_tab()
        browser.wait_address("/fulfillment/")
        browser.wait(".receipt")
        report.check("a purchase is paid by keyboard in the extension's window", True)
        report.equal("what has the focus shows it", hidden, [])
        for page in ("popup.html", "popup.html#full", "withdraw.html", "exchanges.html", "backup.html"):
            with extension_page(browser, page):
                browser.wait("main h2")
                report.equal(f"the tab key goes through {page}", walk(browser), [])


def by_key(browser, selector, key):
    start(browser)
    hidden = tab_to(browser, selector)
    browser.press(key)
    return hidden
