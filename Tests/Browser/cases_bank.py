# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bank's pages: an account, a withdrawal with a wallet that listens, the same without scripts, and what the pages look like."""

import json
import urllib.parse

from selenium.webdriver.common.keys import Keys

from accessibility import measure, tab_order
from axe import Axe
from bank import Customer, heard, listening_wallet, open_account, solve, wait_reserve

RESERVE = "0" * 52


def bank_withdrawal(test):
    """Register, withdraw, event, callback, question, confirmation, and the money is at the exchange."""
    report, sandbox = test.report, test.sandbox
    with test.browser("bank") as browser:
        listening_wallet(browser, sandbox.exchange_url)
        browser.open(sandbox.bank_url)
        browser.wait(".hero")
        browser.shot("front", whole=True)
        report.check("the bank's front page sets no cookie", browser.driver.get_cookies() == [])
        open_account(browser, sandbox.bank_url, "annie")
        report.equal("a new account has the gift", browser.text("#balance"), "100.00 KUDOS")
        browser.shot("account", whole=True)

        browser.click("main a[href$='/account/withdraw']")
        browser.wait(".taler-installed-show")
        report.check("the page knows that a wallet is there", not browser.shows(".taler-installed-hide"))
        browser.run("document.body.dispatchEvent(new CustomEvent('taler-wallet-unload', {bubbles: true}))")
        report.check("and when it is gone", browser.shows(".taler-installed-hide") and not browser.shows(".taler-installed-show"))
        browser.run("document.body.dispatchEvent(new CustomEvent('taler-wallet-load', {bubbles: true}))")
        report.check("and when it is back", not browser.shows(".taler-installed-hide") and browser.shows(".taler-installed-show"))
        browser.wait("#amount").send_keys("1000")
        browser.click("main button[type=submit]")
        said = browser.wait_text("[data-taler-status]", "balance")
        report.contains("more than there is: the page says what there is", said, "100.00 KUDOS")
        browser.shot("withdraw-too-much")
        report.equal("no event without credit", heard(browser, "taler-create-reserve"), [])
        browser.find("#amount").clear()
        browser.find("#amount").send_keys("12.5", Keys.ENTER)

        browser.wait_address("/withdrawals/")
        browser.wait("#answer")
        browser.shot("question", whole=True)
        [detail] = heard(browser, "taler-create-reserve")
        report.equal("the event's detail has the members of CreateReserveDetail, and the suggested exchange",
                     sorted(detail), ["amount", "callback_url", "suggested_exchange_url", "wt_types"])
        report.equal("the amount is an object", detail["amount"], {"value": 12, "fraction": 50000000, "currency": "KUDOS"})
        report.equal("the wire type is test", detail["wt_types"], ["test"])
        reserve = browser.run("return sessionStorage.getItem('reserve')")
        report.equal("the page shows amount, exchange and reserve",
                     [browser.text(one) for one in ("#amount", "#exchange", "#reserve")], ["12.50 KUDOS", sandbox.exchange_url, reserve])
        callback = browser.address

        browser.find("#answer").send_keys(str(solve(browser.text("#question")) + 1), Keys.ENTER)
        browser.wait("#answer-problem")
        report.contains("a wrong answer is not taken", browser.text("#answer-problem"), "not right")
        browser.shot("wrong-answer", whole=True)
        report.equal("a wrong answer moves nothing", credits(sandbox, reserve), [])
        browser.find("#answer").send_keys(str(solve(browser.text("#question"))), Keys.ENTER)
        browser.wait("#outcome")
        browser.shot("sent", whole=True)
        report.contains("the account's page says where the money went", browser.text("#outcome"), sandbox.exchange_url)
        report.equal("the balance is less by the amount", browser.text("#balance"), "87.50 KUDOS")
        report.equal("the wallet hears of its reserve", heard(browser, "taler-confirm-reserve"), [{"reserve_pub": reserve}])

        balance = wait_reserve(sandbox, reserve)["balance"]
        report.equal("the reserve at the exchange holds the amount", balance, "KUDOS:12.5")
        browser.open(callback)
        browser.wait("#outcome")
        report.equal("the callback page again moves nothing", len(credits(sandbox, reserve)), 1)
        severe = [entry["message"] for entry in browser.log() if entry["level"] == "SEVERE" and "/withdrawals/" not in entry["message"]
                  and "/account/withdraw" not in entry["message"]]
        report.check("the bank's pages make no errors in the console", severe == [], severe)
        check_end(test, browser, callback)


def credits(sandbox, reserve):
    return [row for row in sandbox.exchange_history() if reserve in row["wt_subject"]]


def check_end(test, browser, callback):
    """After the log-out neither the way back nor the old cookie opens anything; another browser has nothing from the address."""
    report, sandbox = test.report, test.sandbox
    old = {cookie["name"]: cookie["value"] for cookie in browser.driver.get_cookies()}
    with test.browser("bank-elsewhere") as other:
        other.open(callback)
        report.contains("another browser is told that nobody is logged in", other.text("#explanation"), "Nobody is logged in")
        other.shot("callback")
    browser.click(".who button")
    browser.wait(".hero")
    browser.driver.back()
    browser.open(sandbox.bank_url + "account")
    browser.wait_address("/login")
    browser.open(sandbox.bank_url + "login")
    for name, content in old.items():
        browser.driver.add_cookie({"name": name, "value": content})
    browser.open(sandbox.bank_url + "account")
    report.check("the cookie of a session that has ended opens nothing", "/login" in browser.address, browser.address)


def bank_without_scripts(test):
    """The same by forms alone: 202 with the header fields of the wallet's document, and the way to the end."""
    report, sandbox = test.report, test.sandbox
    customer = Customer(sandbox.bank_url)
    report.equal("without scripts: an account is opened", customer.open_account("berta").status, 303)
    page = customer.send("/account/withdraw")
    answer = customer.submit(page, "/account/withdraw", amount="7")
    report.equal("without scripts: the confirmation is 202", answer.status, 202)
    fields = answer.fields
    report.equal("X-Taler-Operation", fields["X-Taler-Operation"], "create-reserve")
    report.equal("X-Taler-Wt-Types", fields["X-Taler-Wt-Types"], '["test"]')
    report.equal("X-Taler-Amount", json.loads(fields["X-Taler-Amount"]), {"value": 7, "fraction": 0, "currency": "KUDOS"})
    sender = json.loads(fields["X-Taler-Sender-Wire"])
    report.equal("X-Taler-Sender-Wire", (sender["type"], sender["bank_uri"]), ("test", sandbox.bank_url))
    report.check("X-Taler-Sender-Wire has a number", isinstance(sender["account_number"], int))
    report.equal("X-Taler-Suggested-Exchange", fields["X-Taler-Suggested-Exchange"], sandbox.exchange_url)
    callback = fields["X-Taler-Callback-Url"] + "?" + urllib.parse.urlencode({
        "amount_value": 7, "amount_fraction": 0, "amount_currency": "KUDOS", "exchange": fields["X-Taler-Suggested-Exchange"],
        "reserve_pub": RESERVE})
    page = customer.send(callback)
    done = customer.submit(page, None, callback, "application/json", answer=solve(page.texts["question"]))
    report.equal("a wallet that asks for JSON gets ReserveCreated", (done.status, list(json.loads(done.text))), (200, ["redirect_url"]))
    report.equal("the reserve at the exchange holds the amount", wait_reserve(sandbox, RESERVE)["balance"], "KUDOS:7")
    with test.browser("bank-no-scripts", scripts=False) as browser:
        open_account(browser, sandbox.bank_url, "carla")
        browser.open(sandbox.bank_url + "account/transfer")
        for field, text in (("to", "berta"), ("amount", "2.25"), ("subject", "Tea <b>& cake</b>")):
            browser.find("#" + field).send_keys(text)
        browser.click("main button[type=submit]")
        browser.wait("#outcome")
        report.contains("without scripts: a transfer arrives", browser.text("#outcome"), "2.25 KUDOS were transferred to berta")
        report.contains("a subject is shown as it was written", browser.text(".history"), "Tea <b>& cake</b>")
        browser.open(sandbox.bank_url + "account/withdraw")
        browser.find("#amount").send_keys("3")
        browser.click("main button[type=submit]")
        browser.wait("#callback")
        browser.shot("handover", whole=True)
        report.contains("without scripts: the page names the callback address", browser.text("#callback"), "/withdrawals/")


def bank_looks(test):
    """Each page by day, by night and on a phone; what can be measured is measured."""
    report, sandbox = test.report, test.sandbox
    customer = Customer(sandbox.bank_url)
    customer.open_account("dora")
    for number in range(23):
        form = customer.send("/account/transfer")
        customer.submit(form, "/account/transfer", to="shop", amount=f"0.{number + 10}", subject=f"Subscription, part {number + 1}")
    with test.browser("bank-looks") as browser:
        axe = Axe(browser, test.axe)
        pages = [("front", ""), ("log-in", "login"), ("open", "open-account"), ("public", "public"), ("public-shop", "public/shop"),
                 ("lost", "nothing/here")]
        look(report, browser, axe, sandbox.bank_url, pages)
        browser.open(sandbox.bank_url + "login")
        browser.find("#username").send_keys("dora")
        browser.find("#password").send_keys("wrong", Keys.ENTER)
        browser.wait("#trouble")
        browser.shot("wrong-password")
        measure(report, browser, "a wrong password")
        browser.find("#password").send_keys("correct horse", Keys.ENTER)
        browser.wait("#balance")
        pages = [("account", "account"), ("transfer", "account/transfer?to=shop&amount=1"), ("withdraw", "account/withdraw")]
        look(report, browser, axe, sandbox.bank_url, pages)
        browser.open(sandbox.bank_url + "account")
        browser.click(".pager a[rel=next]")
        browser.wait(".pager a[rel=prev]")
        report.equal("the second page of the history has the rest", browser.count_of(".history tbody tr"), 4)
        browser.open(sandbox.bank_url + "account/transfer")
        reached = tab_order(browser)
        names = [name for name, _ in reached]
        report.check("the keyboard reaches every field of the form in order",
                     [name for name in names if name in ("to", "amount", "subject")] == ["to", "amount", "subject"], names)
        report.check("what has the focus shows it", all(visible for _, visible in reached), reached)
        for field, text in (("to", "nobody"), ("amount", "1,000"), ("subject", "x")):
            browser.find("#" + field).send_keys(text)
        browser.find("#subject").send_keys(Keys.ENTER)
        browser.wait("#to-problem")
        browser.dark()
        browser.shot("transfer-problem-dark", whole=True)
        measure(report, browser, "a form with a problem, in the dark")
        report.equal("the field with the problem has the focus", browser.run("return document.activeElement.id"), "to")
        report.equal("what was typed is kept", browser.find("#amount").get_attribute("value"), "1,000")


def look(report, browser, axe, bank, pages):
    for what, path in pages:
        browser.open(bank + path)
        browser.wait("h1")
        for light, prepare in (("day", None), ("night", browser.dark), ("phone", browser.phone)):
            if prepare:
                prepare()
            measure(report, browser, f"{what}, {light}")
            report.equal(f"axe-core finds nothing in {what}, {light}", axe.look(what), [])
            browser.shot(f"{what}-{light}", whole=True)
            if prepare:
                prepare(False)
