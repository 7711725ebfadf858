# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An exchange that is gone when a payment comes, and back later."""

from purchase import PAY, arrive, booked, open_product, order_of, to_wallet, value, wait_state, wallet_page

ESSAY = "whose-well"


def exchange_down(test):
    """The buyer agrees while the exchange is gone: told in words, never charged twice, and brought to the essay when it is back."""
    report, sandbox = test.report, test.sandbox
    with test.browser("exchange-down") as browser:
        open_product(browser, sandbox.shop, ESSAY)
        to_wallet(browser)
        total = value(browser.amount("#total"))
        deposits = sandbox.all_deposits()
        sandbox.exchange.kill()
        try:
            browser.click("#pay")
            browser.wait("#try-again", seconds=200)
            browser.shot("wallet")
            report.contains("the wallet says that trying again never pays twice", browser.text("#error"), "never pays twice")
            [purchase] = browser.stored("purchases")
            report.equal("the wallet keeps the payment", purchase["state"], "pending")
            browser.to_tab()
            browser.driver.refresh()
            browser.wait("main h1")
            browser.shot("page", whole=True)
            record = sandbox.order(purchase["id"])
            report.check("the backend keeps the payment, too", record["state"] in ("paying", "offered"), record["state"])
        finally:
            sandbox.exchange.start()
        record = wait_state(sandbox, purchase["id"], "paid") if record["state"] == "paying" else record
        browser.open(f"{sandbox.shop}product/{ESSAY}")
        if browser.wait_any([PAY, "main a[href*='/fulfillment/']"]) == PAY:
            browser.click(PAY)
        else:
            browser.click("main a[href*='/fulfillment/']")
        link = browser.wait_address("/fulfillment/")
        browser.wait("article")
        browser.shot("bought", whole=True)
        report.check("when the exchange is back the buyer comes to the essay", bool(order_of(link)))
        report.equal("the exchange's ledger has one deposit for it", sandbox.deposits(purchase["id"]), 1)
        report.equal("and no other new one", sandbox.all_deposits() - deposits, 1)
        check_wallet(test, browser, total)


def check_wallet(test, browser, total):
    """A wallet that was not there when the shop heard of the payment's end finishes it from its own list."""
    report, sandbox = test.report, test.sandbox
    with wallet_page(browser, sandbox):
        [purchase] = browser.stored("purchases")
        way = browser.find("#purchases a").get_attribute("href")
    if purchase["state"] != "paid":
        browser.to_popup()
        browser.close_popup()
        browser.open(way)
        browser.click("#taler-wallet-open")
        arrive(browser)
    with wallet_page(browser, sandbox):
        report.equal("no more than the price was paid", booked(browser, "payment"), [(purchase["id"], total)])
        report.equal("no coins stay reserved", browser.text("#locked"), "")
