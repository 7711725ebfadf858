# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another device with the link, and a browser that has lost its cookies."""

from purchase import PAY, booked, buy, open_product, order_of, pay, to_wallet, wallet_page
from sandbox import fetch
from shop import ARTICLE, check_out, purchases, put_in_cart, shared_link


def second_device(test):
    """An order of one browser is looked at and paid by another one that has its link; the first moves on by itself."""
    report, sandbox = test.report, test.sandbox
    with test.browser("first-device") as first, test.browser("second-device") as second:
        put_in_cart(first, sandbox.shop, ARTICLE)
        order = check_out(first, sandbox.shop, None)
        first.wait(PAY)
        link = shared_link(first, order)
        first.shot("order", whole=True)

        report.equal("the order's name alone opens nothing", fetch(f"{sandbox.shop}order/{order}")[0], 403)
        second.open(f"{sandbox.shop}order/{order}")
        report.check("a stranger does not see the order", not second.shows(PAY) and not second.shows("table.lines"), second.text("main"))
        second.open(link)
        second.wait(PAY)
        second.shot("order", whole=True)
        to_wallet(second)
        bought = pay(second)
        second.shot("bought", whole=True)
        report.equal("the second device has paid the order", order_of(bought), order)

        first.wait_address("/fulfillment/")
        first.wait("article")
        first.shot("moved-on", whole=True)
        report.equal("the first device's page moves on by itself", order_of(first.address), order)
        first.driver.back()
        first.driver.refresh()
        first.wait("a[href*='/fulfillment/']")
        report.check("the first device has nothing left to pay", not first.shows(PAY))
        with wallet_page(second, sandbox):
            [purchase] = second.stored("purchases")
        report.equal("the exchange's ledger has one deposit", sandbox.deposits(purchase["id"]), 1)


def cookies_deleted(test):
    """A buyer without the shop's cookies is a stranger to the shop, and is not made to pay again."""
    report, sandbox = test.report, test.sandbox
    with test.browser("no-cookies") as browser:
        link = buy(browser, sandbox.shop, ARTICLE)
        deposits = sandbox.all_deposits()
        with wallet_page(browser, sandbox):
            paid = booked(browser, "payment")
        browser.driver.delete_all_cookies()
        report.equal("the shop lists nothing for a stranger", purchases(browser, sandbox.shop), [])
        open_product(browser, sandbox.shop, ARTICLE)
        browser.click(PAY)
        browser.to_popup()
        said = browser.wait_text("#view", "already")
        report.contains("the wallet says that this was bought before", said, "You have bought this already")
        browser.shot("wallet-again")
        browser.to_tab()
        again = browser.wait_address("/fulfillment/")
        browser.wait("article")
        browser.wait_closed()
        browser.shot("bought", whole=True)
        report.equal("the tab is at what was bought before", order_of(again), order_of(link))
        report.equal("no new deposit was made", sandbox.all_deposits(), deposits)
        with wallet_page(browser, sandbox):
            report.equal("nothing more was paid", (len(paid), booked(browser, "payment")), (1, paid))
            report.equal("the wallet still has one purchase", len(browser.stored("purchases")), 1)
            browser.shot("wallet-home")
            way = browser.find("#purchases a")
            report.contains("the wallet offers to open it again", way.text, "Open again")
            address = way.get_attribute("href")
        browser.driver.delete_all_cookies()
        browser.open(address)
        browser.wait("article")
        report.equal("the wallet's link opens it without cookies", order_of(browser.address), order_of(link))
