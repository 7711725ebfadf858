# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Offers that run out, in a shop whose offers are short."""

import time

from purchase import PAY, STATUS, to_wallet, wait_state, wallet_page
from report import wait_for
from shop import AGAIN, GOODS, check_out, pay_order, put_in_cart, submit, wait_for_words

# Long enough to get to the wallet's button on a busy machine.
SHORT = "20 s"


def contract_expired(test):
    """An offer that runs out before the wallet's button is pressed: nothing is paid, the goods are free again, the cart can be refilled."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.second_shop("short", OFFER_TIME=SHORT)
    books = "shop-short.sqlite"
    try:
        with test.browser("expired") as browser:
            # Money first, so that the offer is for the button alone.
            with wallet_page(browser, sandbox):
                browser.click("#get-money")
                browser.wait_text("#status", "has arrived")
            put_in_cart(browser, shop, GOODS)
            before = sandbox.available(GOODS, books)
            deposits = sandbox.all_deposits()
            order = check_out(browser, shop)
            report.equal("the order holds what it wants", sandbox.available(GOODS, books), before - 1)
            browser.wait(PAY)
            report.check("the page says until when it can be paid", browser.count_of("main time") > 0, browser.text("main"))
            browser.shot("order", whole=True)
            offer = hear_offer(browser)
            to_wallet(browser)
            wait_for("the offer runs out", lambda: time.time() > expiry_of(offer(browser)), seconds=120)
            browser.click("#pay")
            said = browser.wait_text("#error", "expired")
            report.check("the wallet does not pay an offer that has run out", not browser.shows("#pay"), said)
            browser.shot("wallet")
            browser.wait("#cancel")
            browser.click_and_leave("#cancel")
            browser.wait_closed()
            report.equal("nothing was paid", sandbox.all_deposits(), deposits)
            with wallet_page(browser, sandbox):
                report.equal("the wallet has signed nothing", browser.stored("purchases"), [])

            browser.wait(AGAIN)
            report.check("the page says that the order has run out, with nothing to pay", not browser.shows(PAY), browser.text("main"))
            browser.shot("closed", whole=True)
            report.equal("what was held is free again", sandbox.available(GOODS, books), before)
            submit(browser, AGAIN)
            browser.wait_address("/cart")
            browser.shot("cart-again", whole=True)
            again = check_out(browser, shop)
            report.check("the same things are another order", again != order)
            pay_order(browser)
            report.equal("what is paid is gone", sandbox.available(GOODS, books), before - 1)
    finally:
        sandbox.end(shop)


def hear_offer(browser):
    """Keeps the next offer of the tab's page; gives a function that returns its contract, whichever window is selected."""
    browser.run("document.addEventListener('taler-contract', (event) => { window.heardOffer = JSON.parse(event.detail); }, true)")
    heard = {}

    def contract(browser):
        if not heard:
            window = browser.driver.current_window_handle
            browser.to_tab()
            heard.update(browser.run("return window.heardOffer.contract"))
            browser.to(window)
        return heard
    return contract


def expiry_of(contract):
    """Seconds since 1970 in `/Date(…)/`."""
    return int(contract["expiry"].removeprefix("/Date(").removesuffix(")/"))
