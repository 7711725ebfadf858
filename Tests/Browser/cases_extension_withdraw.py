# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money from the bank into the wallet's extension: by the bank's events, and without scripts by its answer of 202."""

from decimal import Decimal

from bank import open_account, wait_reserve
from extension import (answer_question, ask_for_withdrawal, check_books, confirm_withdrawal, extension_page, in_wallet, stored, wait_settled)
from purchase import value

AMOUNT = "12.5"


def extension_withdrawal(test):
    """An account is opened, the form sent, the exchange accepted, the question answered, and the coins are in the popup."""
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-withdraw", extension=True) as browser:
        with extension_page(browser):
            browser.wait("#balance")
            browser.shot("popup-empty")
        open_account(browser, sandbox.bank_url, "ext-annie")
        browser.open(sandbox.bank_url + "account/withdraw")
        browser.wait(".taler-installed-show")
        report.check("the bank's page knows that the extension is there", not browser.shows(".taler-installed-hide"))
        ask_for_withdrawal(browser, sandbox, AMOUNT)
        check_question(test, browser)
        confirm_withdrawal(browser)
        reserve = check_handed(test, browser)
        answer_question(browser)
        browser.shot("bank-sent")
        held = check_coins(test, browser, reserve)

        ask_for_withdrawal(browser, sandbox, "5")
        report.check("an exchange that was accepted is not asked for again", not browser.shows("#trust") and not browser.shows("#master-key"))
        browser.shot("second-withdrawal")
        confirm_withdrawal(browser)
        answer_question(browser)
        more = wait_settled(browser, held + Decimal("4.5"))["free"]
        report.check("a second withdrawal adds to the first", held + Decimal("4.5") <= more <= held + 5, more)
        check_books(report, browser, sandbox, "after two withdrawals")


def check_question(test, browser):
    """The wallet's page: who asks, how much, which exchange with which key, and what it costs."""
    report, sandbox = test.report, test.sandbox
    browser.shot("wallet-question", whole=True)
    report.contains("the wallet names the bank by its origin", browser.text("#bank"), sandbox.bank_url.rstrip("/"))
    report.equal("the wallet shows the amount", value(browser.amount("#amount")), Decimal(AMOUNT))
    report.equal("the wallet suggests the bank's exchange", chosen_exchange(browser), sandbox.exchange_url)
    key = "".join(browser.text("#master-key").split())
    report.equal("the wallet shows the exchange's master key before it is accepted", key, sandbox.exchange_keys()["master_public_key"])
    parts = {part: value(browser.amount(f"#quote-{part}")) for part in ("sent", "fees", "left", "coins") if browser.shows(f"#quote-{part}")}
    report.equal("fees, coins and what is left make the amount", sum(parts.values()) - parts["sent"], parts["sent"])
    browser.click("#confirm")
    report.check("without trust nothing is confirmed, and the page says so", browser.wait("#trust-problem").text != "" and browser.shows("#trust"))
    report.equal("nothing is stored before the answer", stored(browser, "reserves"), [])
    report.check("an exchange that is only looked at is not accepted", all(one["accepted"] is None for one in stored(browser, "exchanges")))


def chosen_exchange(browser):
    return browser.find("[name=exchange]:checked").get_attribute("value")


def check_handed(test, browser):
    """At the bank's question: the reserve's secret is on the disk, the bank has moved nothing yet."""
    report, sandbox = test.report, test.sandbox
    browser.shot("bank-question")
    report.check("the tab is at the bank's callback address", browser.address.startswith(sandbox.bank_url), browser.address)
    [reserve] = stored(browser, "reserves")
    report.equal("the bank's page shows the wallet's reserve, amount and exchange",
                 [browser.text(one) for one in ("#reserve", "#amount", "#exchange")], [reserve["reservePub"], "12.50 KUDOS", sandbox.exchange_url])
    report.equal("the wallet has stored the reserve as handed to the bank's page",
                 (reserve["state"], reserve["source"]["kind"], reserve["source"]["origin"]), ("handed", "page", sandbox.bank_url.rstrip("/")))
    report.equal("the exchange does not know the reserve before the answer", sandbox.reserve(reserve["reservePub"])[0], 404)
    return reserve["reservePub"]


def check_coins(test, browser, reserve):
    """Gives what the coins are worth."""
    report, sandbox = test.report, test.sandbox
    wait_reserve(sandbox, reserve)
    held = wait_settled(browser, Decimal("0.01"))["free"]
    left = value(wait_reserve(sandbox, reserve)["balance"])
    coins = stored(browser, "coins")
    report.equal("the coins are worth the balance", sum(value(coin["remaining"]) for coin in coins), held)
    [entry] = in_wallet(browser, "return wallet.history({limit: 10})")
    report.equal("the history has the withdrawal with the coins' value", (entry["kind"], entry["sign"], value(entry["amount"])), ("withdrawal", 1, held))
    report.equal("value, fees and what is left in the reserve make the amount", held + value(entry["fee"]) + left, Decimal(AMOUNT))
    with extension_page(browser):
        browser.wait_text("#balance", "KUDOS")
        report.equal("the popup shows the balance", value(browser.amount("#balance")), held)
        browser.shot("popup-balance", whole=True)
        report.equal("the popup's history shows the withdrawal", value(browser.amount("#history li[data-kind=withdrawal] .number")), held)
        browser.find("#all-coins summary").click()
        rows = browser.find("#coins").text
        report.equal("the popup counts the coins", browser.find("#all-coins").get_attribute("data-count"), str(len(coins)))
        report.contains("the popup lists the coins by their value", rows, "10.24")
        browser.shot("popup-coins", whole=True)
    return held


def extension_withdrawal_without_scripts(test):
    """Pages may run no scripts: the style sheet says that there is a wallet, and the bank's 202 brings the tab to it."""
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-no-scripts", extension=True, scripts=False) as browser:
        open_account(browser, sandbox.bank_url, "ext-berta")
        browser.open(sandbox.bank_url + "account/withdraw")
        browser.wait("#amount")
        report.check("without scripts: the style sheet says that a wallet is there",
                     browser.shows(".taler-installed-show") and not browser.shows(".taler-installed-hide"))
        browser.shot("bank-form", whole=True)
        ask_for_withdrawal(browser, sandbox, "7")
        browser.shot("wallet-question")
        report.equal("without scripts: the wallet shows the amount of the 202", value(browser.amount("#amount")), Decimal(7))
        report.contains("without scripts: the wallet names the bank by its origin", browser.text("#bank"), sandbox.bank_url.rstrip("/"))
        report.equal("without scripts: the exchange of the 202 is suggested", chosen_exchange(browser), sandbox.exchange_url)
        confirm_withdrawal(browser)
        [reserve] = stored(browser, "reserves")
        report.equal("without scripts: the bank's page shows the wallet's reserve", browser.text("#reserve"), reserve["reservePub"])
        answer_question(browser)
        browser.shot("bank-sent")
        held = wait_settled(browser, Decimal("6"))["free"]
        report.check("without scripts: the coins arrive, though no page says so", Decimal("6") <= held <= 7, held)
        check_books(report, browser, sandbox, "without scripts")
        shop = sandbox.shop_without_wallet()
        browser.open(shop + "product/tally-sticks")
        browser.wait(".buy")
        report.check("without scripts: nor does a shop's page say that there is no wallet", browser.count_of(".buy .taler-installed-hide") == 0)
        browser.shot("shop", whole=True)
