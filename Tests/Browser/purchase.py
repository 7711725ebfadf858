# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a buyer, and the arithmetic of the money."""

import contextlib
from decimal import Decimal
from urllib.parse import urlsplit

from report import wait_for

STATUS = "[data-taler-status]"
PAY = "[data-taler-pay]"
GIFT = "KUDOS:20"


def value(amount):
    """The number in `CUR:1.5`."""
    currency, digits = amount.split(":")
    assert currency == "KUDOS", amount
    return Decimal(digits)


def classic(amount):
    """The number in `{value, fraction, currency}`."""
    assert amount["currency"] == "KUDOS", amount
    return Decimal(amount["value"]) + Decimal(amount["fraction"]) / Decimal(10 ** 8)


def booked(browser, kind):
    """[(reference, amount)] of the entries of this kind in the wallet's ledger. The balance moves by itself: change is refreshed, for a fee."""
    return [(entry["reference"], value(entry["amount"])) for entry in browser.stored("ledger") if entry["kind"] == kind]


def open_product(browser, shop, product):
    browser.open(f"{shop}product/{product}")
    browser.wait(PAY)


def to_wallet(browser, pictures=None):
    """From the shop's button to the wallet's window with the offer in it, with money got if there is none. Leaves the window selected."""
    known = browser.windows()
    browser.click(PAY)
    browser.to_popup(known)
    if browser.wait_any(["#get-money", "#pay"]) == "#get-money":
        if pictures:
            browser.shot("wallet-empty")
        browser.click("#get-money")
        if pictures:
            browser.wait_text("#status", "…")
            browser.shot("wallet-withdrawing")
    browser.wait("#pay")
    if pictures:
        browser.shot("wallet-offer")


def pay(browser):
    """Presses the wallet's button; gives the address at which the shop's tab is after it."""
    browser.click_and_leave("#pay")
    return arrive(browser)


def arrive(browser):
    browser.to_tab()
    address = browser.wait_address("/fulfillment/")
    browser.wait(".receipt")
    browser.wait_closed()
    return address


def buy(browser, shop, product):
    open_product(browser, shop, product)
    to_wallet(browser)
    return pay(browser)


@contextlib.contextmanager
def wallet_page(browser, sandbox):
    """The plain wallet in a tab of its own, loaded."""
    before = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    opened = browser.driver.current_window_handle
    browser.open(sandbox.wallet + "inpage/wallet.html")
    browser.wait("#purchases")
    try:
        yield browser
    finally:
        browser.driver.switch_to.window(opened)
        browser.driver.close()
        browser.driver.switch_to.window(before)


def offer_of(browser, shop, query):
    """What the shop offers this browser: (status, answer)."""
    return tuple(browser.run_async(
        "const done = arguments[1];"
        "fetch(arguments[0]).then(async (answer) => done([answer.status, await answer.json()]), (error) => done({error: String(error)}));",
        f"{shop}taler/contract?{query}"))


def order_of(address):
    """The order in the address of a fulfillment page."""
    return urlsplit(address).path.rsplit("/", 1)[1]


def posts(browser):
    """How many requests to pay this page has sent."""
    return browser.run("return performance.getEntriesByType('resource').filter((one) => one.name.includes('/taler/pay')).length")


def wait_state(sandbox, contract_hash, state, tried=0):
    """The backend's record as soon as it is in `state`, with at least one batch sent `tried` times."""
    def record():
        found = sandbox.order(contract_hash)
        if found is None or found["state"] != state:
            return None
        return found if all(batch["attempts"] >= tried for batch in found["deposits"]) else None
    return wait_for(f"the backend's record is {state}", record, ignore=(OSError,))
