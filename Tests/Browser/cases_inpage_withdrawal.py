# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bank's page that loads the in-page wallet: what it asks for, what it may not ask for, and how the coins come."""

import json
import urllib.request
from urllib.parse import parse_qsl, urlsplit

from browser import NOT_YET
from hostile_site import HostileSite
from purchase import value, wallet_page
from report import wait_for

ASK = """
document.querySelector("#ask").addEventListener("click", () => say("taler-create-reserve", {
    amount: {value: 8, fraction: 50000000, currency: "KUDOS"}, callback_url: window.callback ?? "/callback?session=7#top", wt_types: ["test"],
}));
"""


def bank_page(site, sandbox):
    body = f'<button id="ask">Withdraw</button><script type="module" src="{sandbox.wallet}inpage/agent.js" crossorigin></script>'
    return site.page("/", "A small bank", body=body, script=ASK)


def transfer(sandbox, name, amount, reserve):
    """A customer of the sandbox bank sends the money: what a bank does after its own question."""
    credentials = {"username": name, "password": "correct horse"}
    headers = {"X-Taler-Bank-Username": name, "X-Taler-Bank-Password": "correct horse"}
    for path, body in (("register", credentials), ("taler/withdraw", {"auth": {"type": "basic"}, "amount": amount, "reserve_pub": reserve})):
        request = urllib.request.Request(sandbox.bank_url + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200, path


def ask(browser, address):
    """To the wallet's window, as the bank's button opens it."""
    browser.open(address)
    wait_for("the wallet is in the page", lambda: browser.run("return window.present") > 0)
    browser.click("#ask")
    browser.to_popup()


def inpage_withdrawal(test):
    """From a bank's page to coins, with the window open and with the window closed."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as site, test.browser("inpage-bank") as browser:
        address = bank_page(site, sandbox)
        site.page("/callback", "Are you sure?")
        elsewhere(test, browser, address)

        ask(browser, address)
        browser.wait("#confirm")
        report.equal("the wallet's window names the bank's origin", browser.text("#origin"), site.origin)
        report.equal("and what the bank wants to send", browser.amount("#withdraw-amount"), "KUDOS:8.5")
        coins = value(browser.amount("#withdraw-coins"))
        report.check("what arrives is less by the fees", coins + value(browser.amount("#withdraw-fees")) <= value("KUDOS:8.5") and coins > 8, coins)
        report.equal("nothing is stored before there is consent", browser.stored("reserves"), [])
        browser.shot("offer")
        browser.click("#confirm")
        browser.wait_text("h1", "Confirm at your bank")
        browser.shot("handed")
        window = browser.driver.current_window_handle
        [reserve] = browser.stored("reserves")
        browser.to_tab()
        where = browser.wait_address("/callback")
        query = dict(parse_qsl(urlsplit(where).query))
        report.equal("the tab is at the bank's question, with what the bank needs to know", query, {
            "session": "7", "amount_value": "8", "amount_fraction": "50000000", "amount_currency": "KUDOS", "exchange": reserve["exchange"],
            "reserve_pub": reserve["reservePub"]})
        transfer(sandbox, "small-bank", "KUDOS:8.5", reserve["reservePub"])
        browser.to(window)
        browser.wait("#arrived")
        report.equal("the coins arrive in the window that is open", value(browser.amount("#balance")), coins)
        browser.shot("arrived")
        browser.close_popup()

        ask(browser, address)
        browser.click("#confirm")
        browser.wait_text("h1", "Confirm at your bank")
        second = next(one for one in browser.stored("reserves") if one["reservePub"] != reserve["reservePub"])
        browser.close_popup()
        transfer(sandbox, "small-bank-2", "KUDOS:8.5", second["reservePub"])
        with wallet_page(browser, sandbox):
            wait_for("the wallet has looked", lambda: value(browser.amount("#balance")) == 2 * coins)
            report.check("a window that was closed loses nothing: the coins come when the wallet is opened", True)
            lines = "#history li[data-kind='withdrawal']"
            wait_for("the history has both", lambda: browser.count_of(lines) == 2, ignore=NOT_YET)
            report.equal("and nothing else", browser.count_of("#history li"), 2)
            browser.shot("home", whole=True)


def elsewhere(test, browser, address):
    """A bank's page that wants the wallet to go to another site, and one that asks for no money."""
    report = test.report
    for what, callback in (("another site", "https://elsewhere.example/callback"), ("a script", "javascript:alert(1)")):
        browser.open(address)
        wait_for("the wallet is in the page", lambda: browser.run("return window.present") > 0)
        browser.run("window.callback = arguments[0]", callback)
        browser.click("#ask")
        browser.to_popup()
        report.contains(f"a bank that leads to {what} is refused", browser.wait_text("#error", "bank"), "another site than the bank’s")
        report.check(f"and there is nothing to agree to ({what})", not browser.shows("#confirm"))
        browser.close_popup()
    ask(browser, address)
    browser.click_and_leave("#cancel")
    browser.wait_closed()
    report.equal("a withdrawal that was cancelled leads nowhere", browser.address, address)
