# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser that is killed with a payment in its hands: before the shop has it, and before the shop's answer is there."""

import signal

import chromium
from cases_failures import unread_bytes
from extension import balance, check_books, extension_page, in_wallet, stored, wait_settled, withdraw
from purchase import PAY, open_product, to_wallet, value, wait_state
from report import wait_for


def extension_killed_before_sending(test):
    """The permission is on the disk, the shop's page has not got it: killed there, finished by the popup, and once more by the page."""
    shop = test.sandbox.shop_without_wallet()
    with test.browser("ext-killed-signed", extension=True) as browser:
        withdraw(browser, test.sandbox, "6", "ext-signed")
        for product, finish in (("curtains", by_popup), ("whose-well", by_page)):
            killed_before_sending(test, browser, shop, product, finish)


def killed_before_sending(test, browser, shop, product, finish):
    report, sandbox = test.report, test.sandbox
    case = Killed(test, browser, shop, product)
    # The page that is to post the permission hears nothing any more; the wallet's own window goes on.
    chromium.hold_pages(browser.driver)
    browser.click("#pay")
    purchase = wait_for("the wallet has stored its payment", lambda: newest(browser.stored("purchases"), case.known))
    browser.shot("signed")
    browser.kill()
    report.equal("killed before sending: the backend has seen no coins",
                 (sandbox.order(purchase["id"])["state"], sandbox.order(purchase["id"])["deposits"]), ("offered", []))
    browser.start()
    case.check_kept(purchase)
    finish(case, purchase)
    case.check_paid_once(purchase)


def extension_killed_before_answer(test):
    """The shop has the permission, the answer is on its way: killed there. The money is taken meanwhile, and once it is not."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    frontend = next(one for one in sandbox.programs if one.address == shop)
    with test.browser("ext-killed-sent", extension=True) as browser:
        withdraw(browser, sandbox, "6", "ext-sent")
        for product, finish in (("curtains", by_page_anew), ("whose-well", by_popup)):
            killed_while_exchange_holds(test, browser, shop, product, finish)

        case = Killed(test, browser, shop, "carbon-paper")
        frontend.signal(signal.SIGSTOP)
        browser.click("#pay")
        purchase = wait_for("the wallet has stored its payment", lambda: newest(browser.stored("purchases"), case.known))
        wait_for("the payment has reached the shop", lambda: unread_bytes(shop) > 0)
        browser.kill()
        # A shop that dies with the request unread.
        frontend.kill()
        frontend.start()
        report.equal("sent, and lost with the shop: the backend has seen no coins", sandbox.order(purchase["id"])["state"], "offered")
        browser.start()
        case.check_kept(purchase)
        by_popup(case, purchase)
        case.check_paid_once(purchase)


def killed_while_exchange_holds(test, browser, shop, product, finish):
    report, sandbox = test.report, test.sandbox
    case = Killed(test, browser, shop, product)
    sandbox.exchange.signal(signal.SIGSTOP)
    try:
        browser.click("#pay")
        wait_for("the deposit has reached the exchange", lambda: unread_bytes(sandbox.exchange_url) > 0)
        purchase = wait_for("the wallet has stored its payment", lambda: newest(browser.stored("purchases"), case.known))
        wait_state(sandbox, purchase["id"], "paying")
        browser.kill()
    finally:
        sandbox.exchange.signal(signal.SIGCONT)
    wait_state(sandbox, purchase["id"], "paid")
    browser.start()
    case.check_kept(purchase)
    finish(case, purchase)
    case.check_paid_once(purchase)


def newest(purchases, known):
    return next((one for one in purchases if one["id"] not in known), None)


class Killed:
    """One purchase that is interrupted: what there was before it, and what there must be after it."""

    def __init__(self, test, browser, shop, product):
        self.test = test
        self.browser = browser
        self.shop = shop
        self.product = product
        self.name = f"{browser.name}, {product}"
        self.before = wait_settled(browser)["free"]
        self.known = {one["id"] for one in stored(browser, "purchases")}
        self.deposits = test.sandbox.all_deposits()
        open_product(browser, shop, product)
        to_wallet(browser)
        self.total = value(browser.amount("#total"))

    def check_kept(self, purchase):
        """After the start with the same profile: nothing is lost, nothing can be spent a second time."""
        report, browser = self.test.report, self.browser
        kept = next(one for one in stored(browser, "purchases") if one["id"] == purchase["id"])
        report.equal(f"{self.name}: after the kill the payment is kept, to be sent again with the same text",
                     (kept["state"], kept["permission"]), ("pending", purchase["permission"]))
        locked = {coin["coinPub"] for coin in stored(browser, "coins") if coin["lockedFor"] == purchase["id"] and coin["state"] == "locked"}
        report.equal(f"{self.name}: its coins are locked", locked, {coin["coinPub"] for coin in purchase["coins"]})
        found = balance(browser)
        report.equal(f"{self.name}: what is free and what is locked is what there was", found["free"] + found["locked"], self.before)
        books = in_wallet(browser, "return wallet.checkBooks()")
        report.check(f"{self.name}: ledger and coins say the same", all(one["agrees"] for one in books), books)

    def check_paid_once(self, purchase):
        report, sandbox, browser = self.test.report, self.test.sandbox, self.browser
        browser.shot("finished", whole=True)
        record = wait_state(sandbox, purchase["id"], "paid")
        report.equal(f"{self.name}: the backend's record has one deposit, accepted", [one["state"] for one in record["deposits"]], ["accepted"])
        report.equal(f"{self.name}: the exchange has one deposit for the contract, and no other",
                     (sandbox.deposits(purchase["id"]), sandbox.all_deposits() - self.deposits), (1, 1))
        browser.open("about:blank")
        after = wait_settled(browser)["free"]
        purchases = {one["id"]: one for one in stored(browser, "purchases")}
        report.equal(f"{self.name}: the wallet has no other purchase", set(purchases), self.known | {purchase["id"]})
        report.equal(f"{self.name}: the wallet knows that it has paid", purchases[purchase["id"]]["state"], "paid")
        entries = in_wallet(browser, "return wallet.history({limit: 100})")
        paid = [value(one["amount"]) for one in entries if one["kind"] == "payment" and one["reference"] == purchase["id"]]
        report.equal(f"{self.name}: the ledger has it once", paid, [self.total])
        report.check(f"{self.name}: the balance is less by the total, and by no more than the change costs",
                     0 <= self.before - self.total - after <= value("KUDOS:0.1"), (self.before, self.total, after))
        check_books(report, browser, sandbox, self.name)


def by_popup(case, purchase):
    """The popup names what is not finished, and finishes it in a tab of the shop."""
    browser = case.browser
    browser.open("about:blank")
    known = browser.windows()
    with extension_page(browser):
        browser.wait(f"#finish-{purchase['id']}")
        browser.shot("unfinished", whole=True)
        browser.click(f"#finish-{purchase['id']}")
        def arrived():
            for handle in browser.windows():
                browser.to(handle)
                if "/fulfillment/" in browser.address:
                    return handle
            return None
        shop_tab = wait_for("a tab of the shop shows what was bought", arrived)
        browser.wait(".receipt")
        case.test.report.check(f"{case.name}: the popup's button leads to what was bought", browser.address.startswith(case.shop))
        browser.shot("by-popup", whole=True)
        popup = next((one for one in browser.windows() if one not in known and one != shop_tab), None)
        if shop_tab not in known:
            browser.driver.close()
        browser.to(popup)


def by_page(case, purchase):
    """The buyer comes back to the shop's page and presses its button: the same payment is sent, and nothing is asked."""
    browser = case.browser
    open_product(browser, case.shop, case.product)
    browser.click(PAY)
    browser.wait_address("/fulfillment/")
    browser.wait(".receipt")
    case.test.report.check(f"{case.name}: the shop's button leads to what was bought", browser.shows(".receipt"))
    browser.wait_closed()


def by_page_anew(case, purchase):
    """The same, at a shop that does not know the browser any more, and offers the thing under another contract."""
    case.browser.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    by_page(case, purchase)
