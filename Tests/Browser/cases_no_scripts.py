# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buying without scripts, as far as it goes: all but the payment, which another browser makes by the order's link."""

from purchase import PAY, pay, to_wallet
from shop import CANCEL, GOODS, OTHER_GOODS, change_quantity, check_out, lines_of, purchases, put_in_cart, shared_link, submit


def buying_without_scripts(test):
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop
    with test.browser("scriptless", scripts=False) as browser, test.browser("scriptless-helper") as helper:
        browser.open(f"{shop}?q=lamp")
        report.check("without scripts the search finds something", browser.count_of("main h2 a") > 0, browser.text("main"))
        put_in_cart(browser, shop, GOODS)
        put_in_cart(browser, shop, OTHER_GOODS)
        change_quantity(browser, GOODS, 2)
        report.equal("without scripts the cart takes a changed quantity", lines_of(browser), [(GOODS, "2"), (OTHER_GOODS, "1")])
        browser.shot("cart", whole=True)
        order = check_out(browser, shop)
        report.check("without scripts the order's page has no button to pay", not browser.shows(PAY))
        report.check("and says that paying needs scripts", browser.shows("noscript .message"), browser.text("main"))
        report.check("and nothing of a wallet that nobody has looked for",
                     not browser.shows(".presence.taler-installed-hide") and not browser.shows(".buy .taler-installed-hide"), browser.text("body"))
        browser.shot("order", whole=True)
        link = shared_link(browser, order)

        helper.open(link)
        helper.wait(PAY)
        to_wallet(helper)
        pay(helper)
        browser.open(f"{shop}order/{order}")
        browser.wait("main a[href*='/fulfillment/']")
        browser.shot("paid", whole=True)
        browser.click("main a[href*='/fulfillment/']")
        browser.wait_address("/fulfillment/")
        report.check("without scripts what another device has paid is there", browser.shows(".paid"))
        report.equal("without scripts it is listed", purchases(browser, shop), [order])

        put_in_cart(browser, shop, GOODS)
        other = check_out(browser, shop)
        submit(browser, CANCEL)
        browser.open(f"{shop}order/{other}")
        report.check("without scripts an order is cancelled", browser.count_of(CANCEL) == 0)
