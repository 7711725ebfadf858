# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever a buyer does twice is paid once: clicks, tabs, reloads, steps back."""

import contextlib

from purchase import PAY, arrive, buy, open_product, order_of, to_wallet, wallet_page
from shop import ADDRESS, CHECKOUT, GOODS, check_out, fill, ordered, pay_order, purchases, put_in_cart

ESSAY = "curtains"


def paid_once(test, browser, deposits, what):
    """One purchase more in the exchange's ledger than `deposits`, and one in the wallet."""
    report, sandbox = test.report, test.sandbox
    report.equal(f"{what}: the exchange's ledger has one new deposit", sandbox.all_deposits() - deposits, 1)
    with wallet_page(browser, sandbox):
        report.equal(f"{what}: the wallet has one purchase, paid", [one["state"] for one in browser.stored("purchases")], ["paid"])
        report.equal(f"{what}: no coins stay reserved", browser.text("#locked"), "")


def double_click(test):
    """Two clicks on the shop's button, on the checkout's, and on the wallet's."""
    report, sandbox = test.report, test.sandbox
    with test.browser("double-click") as browser:
        deposits = sandbox.all_deposits()
        put_in_cart(browser, sandbox.shop, GOODS)
        browser.open(f"{sandbox.shop}checkout")
        browser.wait(f"{CHECKOUT} button")
        fill(browser, CHECKOUT, ADDRESS)
        browser.double_click(f"{CHECKOUT} [type=submit]")
        order = ordered(browser)
        report.equal("a double click at the checkout makes one order", purchases(browser, sandbox.shop), [order])
        browser.open(f"{sandbox.shop}order/{order}")
        browser.wait(PAY)
        browser.double_click(PAY)
        browser.to_popup()
        if browser.wait_any(["#get-money", "#pay"]) == "#get-money":
            browser.click("#get-money")
        browser.wait("#pay")
        report.equal("a double click on pay leaves one wallet window", len(browser.windows()), 2)
        browser.shot("wallet")
        browser.double_click_and_leave("#pay")
        link = arrive(browser)
        browser.shot("bought", whole=True)
        report.equal("it is the order that was paid", order_of(link), order)
        paid_once(test, browser, deposits, "a double click")


def two_tabs(test):
    """The same essay in two tabs, with a wallet window each, and the button pressed in both."""
    report, sandbox = test.report, test.sandbox
    with test.browser("two-tabs") as browser:
        deposits = sandbox.all_deposits()
        open_product(browser, sandbox.shop, ESSAY)
        to_wallet(browser)
        first_wallet = browser.driver.current_window_handle
        second = browser.new_tab(f"{sandbox.shop}product/{ESSAY}")
        browser.wait(PAY)
        known = browser.windows()
        browser.click(PAY)
        second_wallet = browser.to_new(known)
        browser.wait("#pay")
        browser.shot("second-offer")

        browser.to(first_wallet)
        browser.click_and_leave("#pay")
        browser.to_tab()
        link = browser.wait_address("/fulfillment/")
        # The second window follows by itself when the first one's purchase is paid.
        with contextlib.suppress(Exception):
            browser.to(second_wallet)
            browser.click_and_leave("#pay")
        browser.to(second)
        again = browser.wait_address("/fulfillment/")
        report.equal("both tabs come to one purchase", order_of(again), order_of(link))
        browser.shot("second-tab", whole=True)
        browser.driver.close()
        browser.wait_closed()
        paid_once(test, browser, deposits, "two tabs")


def other_tab_moves_on(test):
    """An order's page in a second tab goes to what was bought when the first has paid."""
    report, sandbox = test.report, test.sandbox
    with test.browser("moves-on") as browser:
        put_in_cart(browser, sandbox.shop, ESSAY)
        order = check_out(browser, sandbox.shop, None)
        watching = browser.new_tab(f"{sandbox.shop}order/{order}")
        browser.wait(PAY)
        browser.to_tab()
        to_wallet(browser)
        browser.click_and_leave("#pay")
        browser.to(watching)
        link = browser.wait_address("/fulfillment/")
        report.equal("a page that waits goes to what was bought by itself", order_of(link), order)
        browser.driver.close()
        browser.wait_closed()


def back_and_reload(test):
    """After paying: reload, the way back, the way forward, a reload there."""
    report, sandbox = test.report, test.sandbox
    with test.browser("back") as browser:
        deposits = sandbox.all_deposits()
        link = buy(browser, sandbox.shop, ESSAY)
        browser.driver.refresh()
        browser.wait("article")
        report.equal("a reload stays at what was bought", order_of(browser.address), order_of(link))
        browser.driver.back()
        way = browser.wait_any(["a[href*='/fulfillment/']", "article.bought"])
        report.check("the page before has the way to what was bought", browser.shows(way))
        report.check("the page before has no button to pay", not browser.shows(PAY))
        browser.shot("back", whole=True)
        browser.driver.refresh()
        browser.wait("a[href*='/fulfillment/']")
        report.check("nor has it after a reload", not browser.shows(PAY))
        browser.click("main a[href*='/fulfillment/']")
        browser.wait_address("/fulfillment/")
        browser.driver.back()
        browser.driver.forward()
        browser.wait_address("/fulfillment/")
        paid_once(test, browser, deposits, "back and reload")

        put_in_cart(browser, sandbox.shop, GOODS)
        order = check_out(browser, sandbox.shop)
        pay_order(browser)
        browser.driver.back()
        browser.driver.refresh()
        browser.wait_any(["a[href*='/fulfillment/']"])
        report.check("back at the order's page there is nothing to pay", not browser.shows(PAY))
        report.equal("the order is listed once", purchases(browser, sandbox.shop).count(order), 1)
        report.equal("back and reload: two purchases, two deposits", sandbox.all_deposits() - deposits, 2)
