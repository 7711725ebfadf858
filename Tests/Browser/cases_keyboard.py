# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything with the keyboard alone: search, cart, checkout, payment, language; the owner's log-in and refund."""

from selenium.webdriver.common.keys import Keys

from keyboard import start, tab_to
from office import REFUND
from purchase import PAY, buy, order_of
from shop import ADD, ADDRESS, AGAIN, CANCEL, CART, CHECKOUT, GOODS, QUANTITY, order_name


class Hands:
    """Tab, letters, Enter and Space; `hidden` collects what had the focus without showing it."""

    def __init__(self, browser):
        self.browser = browser
        self.hidden = []

    def go(self, selector):
        self.hidden += tab_to(self.browser, selector)

    def write(self, selector, text):
        self.go(selector)
        self.browser.press(Keys.CONTROL, "a")
        self.browser.press(text)

    def fill_address(self):
        """The checkout's fields as far as there are any; of a list the option is chosen by its first letters."""
        for name, text in ADDRESS.items():
            field = f"{CHECKOUT} [name={name}]"
            if self.browser.count_of(field) == 0:
                continue
            if self.browser.find(field).tag_name == "select":
                self.go(field)
                self.browser.press(self.browser.find(f"{field} option[value={text}]").text)
            else:
                self.write(field, text)

    def press(self, selector, key=Keys.ENTER):
        """A key on an element that leads to another page."""
        self.go(selector)
        before = self.browser.find("html")
        self.browser.press(key)
        self.browser.wait_gone(before)
        self.browser.wait("h1")


def keyboard_buying(test):
    """From the search to what was bought, and back into English."""
    report, sandbox = test.report, test.sandbox
    with test.browser("keyboard") as browser:
        hands = Hands(browser)
        browser.open(sandbox.shop)
        start(browser)
        browser.press(Keys.TAB)
        report.contains("the first step of the tab key is the way past the head", browser.run("return document.activeElement.className"), "skip")
        browser.press(Keys.ENTER)
        report.equal("it leads to the content", browser.run("return document.activeElement.id"), "main")

        start(browser)
        hands.write("[name=q]", "lamp")
        hands.press("[name=q]")
        report.contains("the search is sent by Enter", browser.address, "q=lamp")
        browser.shot("search")
        browser.open(f"{sandbox.shop}product/{GOODS}")
        hands.write(f"{ADD} [name=quantity]", "2")
        browser.shot("focus")
        hands.press(f"{ADD} [type=submit]", Keys.SPACE)
        browser.open(f"{sandbox.shop}cart")
        hands.write(f"{CART} {QUANTITY}", "1")
        hands.press(f"{CART} {QUANTITY}")
        hands.press("main a[href$='/checkout']")
        hands.fill_address()
        hands.press(f"{CHECKOUT} [type=submit]")
        browser.wait_address("/order/")
        browser.wait(PAY)
        hands.go(PAY)
        browser.shot("focus-pay")
        browser.press(Keys.SPACE)
        pay_by_keyboard(report, browser, hands)
        report.equal("what has the focus shows it, on every page of the purchase", hands.hidden, [])


def pay_by_keyboard(report, browser, hands):
    """In the wallet's window: money, then the payment."""
    browser.to_popup()
    browser.wait_any(["#get-money", "#pay"])
    hands.go("#get-money")
    browser.press(Keys.ENTER)
    browser.wait("#pay")
    hands.go("#pay")
    browser.shot("focus-wallet")
    try:
        browser.press(Keys.SPACE)
    finally:
        browser.to_tab()
    browser.wait_address("/fulfillment/")
    browser.wait("main h1")
    browser.wait_closed()
    report.check("a purchase by keyboard alone comes to its end", True)


def keyboard_language(test):
    """The switch of languages, and the cancelling of an order."""
    report, sandbox = test.report, test.sandbox
    with test.browser("keyboard-language") as browser:
        hands = Hands(browser)
        browser.open(sandbox.shop)
        start(browser)
        choose_language(browser, hands, "de")
        report.equal("the language is switched by keyboard", browser.run("return document.documentElement.lang"), "de")
        browser.shot("german")
        browser.open(f"{sandbox.shop}product/{GOODS}")
        report.equal("the next page keeps the language", browser.run("return document.documentElement.lang"), "de")
        hands.press(f"{ADD} [type=submit]")
        browser.open(f"{sandbox.shop}checkout")
        hands.fill_address()
        hands.press(f"{CHECKOUT} [type=submit]")
        order = order_name(browser.address)
        hands.press(f"{CANCEL} [type=submit]", Keys.SPACE)
        report.check("an order is cancelled by keyboard", not browser.shows(PAY), browser.text("main"))
        browser.open(f"{sandbox.shop}order/{order}")
        browser.shot("cancelled", whole=True)
        hands.press(f"{AGAIN} [type=submit]")
        report.contains("its things go back into the cart by keyboard", browser.address, "/cart")
        report.equal("what has the focus shows it", hands.hidden, [])


def choose_language(browser, hands, language):
    """A switch of links, or of a list with a button."""
    if browser.count_of(f"a[href*='lang={language}']"):
        hands.press(f"a[href*='lang={language}']")
    else:
        hands.go("select[name=lang]")
        browser.press(browser.run("return document.querySelector(`select[name=lang] option[value=${arguments[0]}]`).textContent", language))
        hands.press("form:has(select[name=lang]) button")


def keyboard_office(test):
    """The owner's log-in, the search for an order, and a refund."""
    report, sandbox = test.report, test.sandbox
    with test.browser("keyboard-buyer") as buyer:
        order = order_of(buy(buyer, sandbox.shop, "carbon-paper"))
    with test.browser("keyboard-office") as browser:
        hands = Hands(browser)
        browser.open(sandbox.office_url)
        browser.wait("#token")
        hands.write("#token", sandbox.secret("office.token"))
        hands.press("#token")
        browser.wait("nav")
        browser.open(f"{sandbox.office_url}orders")
        start(browser)
        hands.write("main form input[type=search], main form input[name=q]", order)
        hands.press("main form input[type=search], main form input[name=q]")
        hands.press(f"main a[href*='/orders/{order}']")
        hands.write(f"{REFUND} [name=amount]", "0.05")
        hands.write(f"{REFUND} [name=reason]", "By hand")
        browser.shot("refund")
        hands.press(f"{REFUND} [type=submit]")
        hands.press(f"{REFUND} [type=submit]", Keys.SPACE)
        report.contains("a refund is given by keyboard", browser.text("main"), "By hand")
        report.equal("what has the focus shows it", hands.hidden, [])
