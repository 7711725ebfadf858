# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paying with the wallet's extension: with exact coins, with change, and with a wallet that is filled while the offer waits."""

from decimal import Decimal

from extension import balance, check_books, extension_page, in_wallet, stored, wait_settled, withdraw
from purchase import PAY, arrive, open_product, order_of, posts, to_wallet, value

# Of the product small-change.
PRICE = Decimal("0.5")


def exact_coins(sandbox, price):
    """What to withdraw so that the coins are worth the price, no more and no less: the values of the price, and their withdrawal fees.
    The values are binary multiples of the smallest coin, so each is taken at most once."""
    fees = {}
    for group in sandbox.exchange_keys()["denominations"]:
        fees[value(group["value"])] = value(group["fee_withdraw"])
    left, cost, count = price, Decimal(0), 0
    for worth in sorted(fees, reverse=True):
        while left >= worth:
            left, cost, count = left - worth, cost + worth + fees[worth], count + 1
    assert left == 0, (price, fees)
    return cost, count


def extension_exact_coins(test):
    """The wallet holds just what the essay costs: all coins are spent whole, and nothing is refreshed."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-exact", extension=True) as browser:
        amount, count = exact_coins(sandbox, PRICE)
        held = withdraw(browser, sandbox, str(amount), "ext-exact")["free"]
        report.equal("the wallet holds just the price", (held, len(stored(browser, "coins"))), (PRICE, count))
        open_product(browser, shop, "small-change")
        browser.shot("product")
        to_wallet(browser)
        check_offer(test, browser, shop)
        browser.shot("offer", whole=True)
        total = value(browser.amount("#total"))
        report.equal("the total is what the wallet holds", total, held)
        browser.click_and_leave("#pay")
        link = arrive(browser)
        browser.shot("bought", whole=True)
        [purchase] = stored(browser, "purchases")
        report.equal("exact coins: the wallet's purchase is paid", purchase["state"], "paid")
        report.equal("exact coins: all coins are spent whole", {(coin["state"], coin["remaining"]) for coin in stored(browser, "coins")},
                     {("spent", "KUDOS:0")})
        report.equal("exact coins: nothing is left, locked or changed", balance(browser), dict.fromkeys(("free", "locked", "change", "arriving"), 0))
        report.equal("exact coins: nothing was refreshed", stored(browser, "refreshes"), [])
        report.equal("exact coins: the exchange has one deposit for the contract", sandbox.deposits(purchase["id"]), 1)
        report.equal("exact coins: the backend's record says paid", sandbox.order(purchase["id"])["state"], "paid")
        check_books(report, browser, sandbox, "exact coins")
        check_replay(test, browser, shop, purchase, link)


def check_offer(test, browser, shop):
    """In the window of the extension's own origin: who is paid, for what, with which fees."""
    report = test.report
    report.check("the wallet's window is a page of the extension", browser.address.startswith("chrome-extension://"), browser.address)
    report.contains("the wallet's window names the merchant", browser.text("#merchant"), "The Lamplight Press")
    report.contains("the wallet's window names the shop's origin", browser.text("body"), shop.removeprefix("http://").rstrip("/"))
    report.equal("the wallet's window shows the price", value(browser.amount("#price")), PRICE)
    report.equal("price and fees make the total", value(browser.amount("#total")), PRICE + value(browser.amount("#fees")))


def check_replay(test, browser, shop, purchase, link):
    """Without its cookies the shop offers the essay again: the wallet answers with the payment that it has made, and asks nothing."""
    report, sandbox = test.report, test.sandbox
    browser.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    open_product(browser, shop, "small-change")
    deposits = sandbox.all_deposits()
    known = browser.windows()
    browser.click(PAY)
    browser.to_popup(known)
    browser.wait("#bought-before")
    browser.shot("bought-before")
    again = arrive(browser)
    report.equal("what was bought is opened by the first payment, without another one", order_of(again), order_of(link))
    report.equal("and the exchange has no more deposits than before", sandbox.all_deposits(), deposits)
    report.equal("nor the wallet another purchase", [one["id"] for one in stored(browser, "purchases")], [purchase["id"]])


def extension_change(test):
    """A coin is split for the payment; what is left of it is melted, and comes back as fresh coins."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-change", extension=True) as browser:
        before = withdraw(browser, sandbox, "5.5", "ext-change")["free"]
        open_product(browser, shop, "margins")
        to_wallet(browser)
        total = value(browser.amount("#total"))
        browser.shot("offer", whole=True)
        browser.click_and_leave("#pay")
        arrive(browser)
        browser.shot("bought", whole=True)
        [purchase] = stored(browser, "purchases")
        split = [part for part in purchase["coins"] if part["contribution"] != part["remaining"]]
        report.equal("one coin was split for the payment", len(split), 1)
        after = wait_changed(test, browser)
        [refresh] = stored(browser, "refreshes")
        report.equal("the split coin was melted", (refresh["state"], refresh["coinPub"]), ("done", split[0]["coinPub"]))
        entries = in_wallet(browser, "return wallet.history({limit: 10})")
        cost = value(next(entry["amount"] for entry in entries if entry["kind"] == "refresh"))
        report.equal("the balance is less by the total and by what the change cost", after, before - total - cost)
        report.check("the change costs cents, no more", cost <= Decimal("0.1"), cost)
        check_books(report, browser, sandbox, "with change")
        with extension_page(browser):
            browser.wait_text("#balance", "KUDOS")
            browser.shot("popup", whole=True)

        open_product(browser, shop, "whose-well")
        to_wallet(browser)
        browser.click_and_leave("#pay")
        arrive(browser)
        wait_changed(test, browser)
        report.equal("fresh coins pay as others do", sorted(one["state"] for one in stored(browser, "purchases")), ["paid", "paid"])
        check_books(report, browser, sandbox, "with change, twice")


def wait_changed(test, browser):
    """As soon as no coin is half spent; gives the balance."""
    held = wait_settled(browser)["free"]
    coins = [coin for coin in stored(browser, "coins") if coin["state"] != "spent"]
    test.report.check("no coin of the wallet is half spent", all(coin["state"] == "free" and coin["exposed"] is None and coin["remaining"] == coin["value"]
                                                             for coin in coins), coins)
    return held


def extension_insufficient(test):
    """The offer waits on the screen while the wallet is filled in another tab."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-insufficient", extension=True) as browser:
        open_product(browser, shop, "curtains")
        known = browser.windows()
        browser.click(PAY)
        browser.to_popup(known)
        wallet = browser.driver.current_window_handle
        browser.wait("#insufficient")
        browser.shot("empty", whole=True)
        report.equal("who has too little sees the price all the same", value(browser.amount("#price")), Decimal("0.5"))
        report.check("and has no button to pay", not browser.shows("#pay"))

        browser.new_tab("about:blank")
        bank = browser.driver.current_window_handle
        withdraw(browser, sandbox, "3", "ext-insufficient")
        browser.to(wallet)
        browser.wait("#pay")
        browser.shot("filled", whole=True)
        report.check("when the coins are there the same window offers to pay", not browser.shows("#insufficient"))
        browser.to_tab()
        report.equal("nothing was sent to the shop meanwhile", posts(browser), 0)
        browser.to(bank)
        browser.driver.close()
        browser.to(wallet)
        browser.click_and_leave("#pay")
        arrive(browser)
        browser.shot("bought")
        [purchase] = stored(browser, "purchases")
        report.equal("filled meanwhile: the purchase is paid", purchase["state"], "paid")
        wait_settled(browser)
        check_books(report, browser, sandbox, "filled while the offer waits")
