# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A backend that dies while it takes a payment."""

import pathlib
import signal
from urllib.parse import urlsplit

from purchase import PAY, STATUS, arrive, booked, open_product, to_wallet, value, wait_state, wallet_page
from report import wait_for


def unread_bytes(address):
    """Bytes that have come for the program at this address and that it has not read (Linux)."""
    port = urlsplit(address).port
    total = 0
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        columns = line.split()
        if int(columns[1].split(":")[1], 16) == port and columns[3] == "01":
            total += int(columns[4].split(":")[1], 16)
    return total


def killed_while_paying(test):
    """The backend is killed when the exchange has its deposit and has not answered; the exchange takes the money meanwhile."""
    report, sandbox = test.report, test.sandbox
    with test.browser("killed") as browser:
        open_product(browser, sandbox.shop, "whose-well")
        to_wallet(browser)
        total = value(browser.amount("#total"))
        browser.to_tab()
        deposits = sandbox.all_deposits()
        browser.to_popup()
        sandbox.exchange.signal(signal.SIGSTOP)
        try:
            browser.click("#pay")
            wait_for("the deposit has reached the exchange", lambda: unread_bytes(sandbox.exchange_url) > 0)
            [purchase] = wait_for("the wallet has stored its payment", lambda: browser.stored("purchases"))
            wait_state(sandbox, purchase["id"], "paying")
            sandbox.backend.kill()
        finally:
            sandbox.exchange.signal(signal.SIGCONT)

        browser.wait("#try-again")
        browser.shot("wallet-unknown")
        report.contains("the wallet says that trying again never pays twice", browser.text("#error"), "never pays twice")
        browser.click("#try-again")
        # The button that was pressed stays, disabled, until another one takes its place.
        browser.wait("#try-again:enabled")
        said = browser.text("#error")
        report.contains("while the backend is down a new try ends in the same words", said, "never pays twice")
        report.contains("the coins are reserved for the payment", browser.text("#locked"), "under way")
        wait_for("the exchange has taken the deposit", lambda: sandbox.deposits(purchase["id"]) == 1)

        browser.to_tab()
        said = browser.wait_text(STATUS, "not pay twice")
        report.check("the shop's page says that it is not known yet", "known" in said, said)
        browser.shot("page-unknown")
        browser.to_popup()
        browser.close_popup()

        sandbox.backend.start()
        browser.click(PAY)
        arrive(browser)
        browser.shot("fulfillment")
        report.check("after the restart the same click leads to what was bought", browser.shows(".receipt"))
        check_paid_once(test, browser, purchase["id"], total, deposits)


def down_before_paying(test):
    """The backend is gone when the buyer agrees, and back when the buyer tries again."""
    report, sandbox = test.report, test.sandbox
    with test.browser("down") as browser:
        open_product(browser, sandbox.shop, "night-loaf")
        to_wallet(browser)
        total = value(browser.amount("#total"))
        deposits = sandbox.all_deposits()
        sandbox.backend.kill()
        browser.click("#pay")
        browser.wait("#try-again")
        [purchase] = browser.stored("purchases")
        report.equal("the wallet keeps the payment that was not answered", purchase["state"], "pending")
        browser.to_tab()
        browser.wait_text(STATUS, "not pay twice")
        browser.driver.refresh()
        browser.wait(".buy")
        browser.shot("page-reloaded", whole=True)
        report.check("a reloaded page says that the payment is under way", "under way" in browser.text(".buy"), browser.text(".buy"))

        with test.browser("down-newcomer") as other:
            open_product(other, sandbox.shop, "curtains")
            other.click(PAY)
            said = other.wait_text(STATUS, "try again")
            report.check("who wants an offer from a shop without its backend is told to try again", "Nothing was charged" in said, said)
            report.check("and no wallet opens for it", not other.has_popup())
            other.shot("no-offer")

        sandbox.backend.start()
        finish(test, browser)
        check_paid_once(test, browser, purchase["id"], total, deposits)


def finish(test, browser):
    """From the wallet's list of purchases to the shop's execution page, which has the stored payment sent again. It asks for the
    wallet's window without a click, so the browser holds that back."""
    browser.to_popup()
    browser.close_popup()
    browser.open(test.sandbox.wallet + "inpage/wallet.html")
    browser.wait("#purchases")
    browser.shot("wallet-unfinished")
    browser.open(browser.find("#purchases a").get_attribute("href"))
    browser.wait("#taler-wallet-open")
    browser.shot("execution")
    browser.click("#taler-wallet-open")
    arrive(browser)
    test.report.check("after the restart the payment is finished with the coins that were promised", browser.shows(".receipt"))


def check_paid_once(test, browser, contract, total, deposits):
    report, sandbox = test.report, test.sandbox
    record = sandbox.order(contract)
    report.equal("the backend's record has one deposit, accepted", [one["state"] for one in record["deposits"]], ["accepted"])
    report.equal("the exchange's ledger has one deposit for the contract", sandbox.deposits(contract), 1)
    report.equal("the exchange's ledger has no other new deposit", sandbox.all_deposits() - deposits, 1)
    with wallet_page(browser, sandbox):
        report.equal("the wallet's ledger has the payment once", booked(browser, "payment"), [(contract, total)])
        report.equal("no coins stay reserved", browser.text("#locked"), "")
