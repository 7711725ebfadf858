# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Purchases that go well: an essay, a donation, a file."""

import urllib.parse
from decimal import Decimal

from purchase import GIFT, PAY, booked, buy, classic, offer_of, open_product, order_of, pay, to_wallet, value, wallet_page
from report import wait_for
from sandbox import REPOSITORY, decode_base32, fetch

ESSAY = "tally-sticks"
PRICE = Decimal("1")


def essay(test):
    """A first purchase, from the front page to the last sentence of the essay."""
    report, sandbox = test.report, test.sandbox
    with test.browser("essay") as browser:
        browser.open(sandbox.shop)
        browser.shot("front", whole=True)
        report.check("a page without a form sets no cookie", browser.driver.get_cookies() == [])
        browser.click("a[href$='/product/" + ESSAY + "']")
        browser.wait_address("/product/" + ESSAY)
        browser.wait(PAY)
        browser.shot("product", whole=True)
        cookies = [(one["httpOnly"], one["sameSite"]) for one in browser.driver.get_cookies()]
        report.check("a page with a form sets cookies that no script and no other site can use", set(cookies) <= {(True, "Lax"), (True, "Strict")}, cookies)
        last = last_words(ESSAY)
        report.check("the product page does not hold what is sold", last not in browser.driver.page_source)

        to_wallet(browser, pictures=True)
        report.contains("the wallet's window names the merchant", browser.text("#merchant"), "The Lamplight Press")
        report.contains("the wallet's window names what is bought", browser.text("#products"), "The Night the Tallies Burned")
        report.equal("the wallet's window shows the price", value(browser.amount("#price")), PRICE)
        total = value(browser.amount("#total"))
        report.equal("price and fees make the total", total, PRICE + value(browser.amount("#fees")))
        before = value(browser.amount("#balance"))
        report.check("the coins hold nearly what was withdrawn", Decimal("19") < before <= value(GIFT), before)

        browser.click_and_leave("#pay")
        browser.to_tab()
        link = browser.wait_address("/fulfillment/")
        browser.wait(".receipt")
        browser.shot("fulfillment", whole=True)
        report.contains("the shop's tab shows the essay to its last sentence", browser.text("article"), last)
        report.contains("the page says what was paid", browser.text(".paid"), "1.00 KUDOS")
        browser.wait_closed()
        report.check("the wallet's window closes by itself", True)

        with wallet_page(browser, sandbox):
            report.equal("the wallet's ledger says that the total was paid", [paid for _, paid in booked(browser, "payment")], [total])
            report.check("the wallet's balance went down by the total, and at most by a fee for the change", before - total - Decimal("0.1")
                         <= value(browser.amount("#balance")) <= before - total, (before, total, browser.amount("#balance")))
            report.contains("the wallet lists the purchase as paid", browser.text("#purchases"), "paid")
            browser.shot("wallet-home")
            [purchase] = browser.stored("purchases")
            [reserve] = browser.stored("reserves")
        check_bank(report, sandbox, reserve)
        check_record(report, sandbox, purchase, total)
        check_way_back(test, browser, link, purchase, last)
        check_console(report, browser)


def last_words(product):
    """The end of what is sold, as it stands in the catalog."""
    text = (REPOSITORY / "catalog" / f"{product}.md").read_text()
    return text.rstrip().rsplit(". ", 1)[-1]


def check_bank(report, sandbox, reserve):
    """The withdrawal in the bank's books, from both sides."""
    credits = [row for row in sandbox.exchange_history() if reserve["reservePub"] in row["wt_subject"]]
    report.check("the exchange's bank account was credited once with the reserve's key", len(credits) == 1, credits)
    report.equal("the credit is what the wallet withdrew", [(row["sign"], value(row["amount"])) for row in credits], [("+", value(GIFT))])
    rows = sandbox.history(reserve["source"]["username"], reserve["source"]["password"])
    debits = [value(row["amount"]) for row in rows if row["sign"] == "-"]
    balance = sum(value(row["amount"]) for row in rows if row["sign"] == "+") - sum(debits)
    report.equal("the customer's bank account was debited once", debits, [value(GIFT)])
    report.equal("the customer's bank balance is the gift less what was withdrawn", balance, Decimal(100) - value(GIFT))


def check_record(report, sandbox, purchase, total):
    """The backend's and the exchange's record of the payment."""
    record = sandbox.order(purchase["id"])
    report.equal("the backend's record says paid", record["state"], "paid")
    report.equal("the backend's record has the price", value(record["amount"]), PRICE)
    report.equal("the backend's contract has the price", classic(record["contract"]["amount"]), PRICE)
    report.equal("there is one deposit, and the exchange accepted it", [one["state"] for one in record["deposits"]], ["accepted"])
    [deposit] = record["deposits"]
    paid = sum(value(coin["contribution"]) for coin in deposit["coins"])
    report.equal("the coins contributed the wallet's total", paid, total)
    report.equal("the backend holds the exchange's signature", len(decode_base32(deposit.get("exchange_sig", ""))), 64)
    keys = [key["key"] for key in sandbox.exchange_keys()["signkeys"]]
    report.check("the signature is by a key that the exchange announces", deposit.get("exchange_pub") in keys, deposit.get("exchange_pub"))
    report.equal("the exchange has written down one deposit", sandbox.deposits(purchase["id"]), 1)


def check_way_back(test, browser, link, purchase, last):
    """What was bought stays bought: reload, another browser, and the product's page."""
    report, sandbox = test.report, test.sandbox
    browser.driver.refresh()
    browser.wait(".receipt")
    report.contains("a reload of the fulfillment page shows the essay", browser.text("article"), last)

    with test.browser("essay-elsewhere") as other:
        other.open(link)
        report.contains("the same link opens the essay in a browser without cookies", other.text("article"), last)
        other.open(link.split("?")[0])
        report.check("without the link's key there is no essay", last not in other.driver.page_source and not other.shows(".paid"))
        other.shot("forbidden")
    status, _ = fetch(link.split("?")[0])
    report.equal("without the link's key the answer is 403", status, 403)

    browser.open(f"{sandbox.shop}product/{ESSAY}")
    browser.wait(".buy a.button")
    browser.shot("bought", whole=True)
    report.check("the product page of a buyer has no button to pay", not browser.shows(PAY))
    status, offer = offer_of(browser, sandbox.shop, "product=" + ESSAY)
    report.equal("the shop makes this browser no second offer", (status, offer.get("H_contract")), (200, purchase["id"]))
    browser.click(".buy a.button")
    address = browser.wait_address("/fulfillment/")
    report.equal("the product page leads to what was bought", order_of(address), order_of(link))


def check_console(report, browser):
    severe = [entry["message"] for entry in browser.log() if entry["level"] == "SEVERE"]
    report.check("the console got no errors during the purchase", severe == [], severe)


def donation(test):
    """An amount of the buyer's own choice."""
    report, sandbox = test.report, test.sandbox
    with test.browser("donation") as browser:
        open_product(browser, sandbox.shop, "keep-the-lamp-lit")
        own = browser.find("input[name='own']")
        own.send_keys("lots")
        browser.click(PAY)
        browser.wait_text("#own-problem", "digits")
        report.check("an amount that is no number is complained about, and no window opens", not browser.has_popup())
        own.clear()
        own.send_keys("60")
        browser.click(PAY)
        browser.wait_text("#own-problem", "choose an amount from")
        report.check("an amount beyond the limit is refused in words, and no window opens", not browser.has_popup())
        browser.shot("too-much")
        own.clear()
        own.send_keys("1,70")
        browser.shot("chosen", whole=True)
        to_wallet(browser)
        report.equal("the wallet shows the amount that was chosen", value(browser.amount("#price")), Decimal("1.70"))
        browser.shot("wallet")
        pay(browser)
        report.contains("the shop says thank you", browser.text("h1"), "Thank you")
        report.contains("the page says the amount that was chosen", browser.text(".paid"), "1.70 KUDOS")
        browser.shot("fulfillment", whole=True)

        open_product(browser, sandbox.shop, "keep-the-lamp-lit")
        browser.click("input[name='choice'][value='KUDOS:0.5']")
        to_wallet(browser)
        report.equal("a second donation of another amount is a new offer", value(browser.amount("#price")), Decimal("0.5"))
        pay(browser)
        with wallet_page(browser, sandbox):
            states = [(one["amount"], one["state"]) for one in browser.stored("purchases")]
        report.equal("both donations are paid", sorted(states), [("KUDOS:0.5", "paid"), ("KUDOS:1.7", "paid")])


def download(test):
    """A file, byte by byte."""
    report, sandbox = test.report, test.sandbox
    expected = (REPOSITORY / "catalog" / "files" / "keep-it-to-yourself.svg").read_bytes()
    with test.browser("download") as browser:
        link = buy(browser, sandbox.shop, "pocket-zine")
        browser.shot("fulfillment", whole=True)
        target = browser.find("a[download]").get_attribute("href")
        browser.click("a[download]")
        saved = browser.downloads / "keep-it-to-yourself.svg"
        wait_for("the file is saved", lambda: saved.is_file() and saved.stat().st_size >= len(expected))
        report.check("the file arrives as it is in the catalog", saved.read_bytes() == expected)
        report.check("the file's link works without the browser", fetch(target) == (200, expected))
        parts = urllib.parse.urlsplit(target)
        report.equal("without its key the file is not given", fetch(parts._replace(query="").geturl())[0], 403)
        key = urllib.parse.urlsplit(link).query
        report.equal("the fulfillment page's key does not open the file", fetch(parts._replace(query=key).geturl())[0], 403)
