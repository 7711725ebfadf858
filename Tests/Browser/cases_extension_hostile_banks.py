# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Banks that ask the wallet for what makes no sense."""

import json

from extension import extension_page
from hostile import money, probe, take_money
from hostile_site import HostileSite
from report import wait_for

# What the wallet was asked by pages, and waits for a person's answer.
SESSIONS = "const [done] = arguments; chrome.storage.session.get(null).then((all) => done(Object.keys(all).filter((key) => key.startsWith('session:'))))"


def extension_hostile_banks(test):
    """Banks that ask for what makes no sense: the tab stays where it is, and no reserve is made."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as bank, HostileSite() as other, test.browser("ext-hostile-banks", extension=True) as browser:
        take_money(browser, sandbox, "banks")
        before = money(browser)
        bank.page("/callback", "The bank's question")
        address = bank.page("/", "A bank of another kind")
        amount = {"value": 5, "fraction": 0, "currency": "KUDOS"}
        good = {"amount": amount, "callback_url": bank.origin + "/callback", "wt_types": ["test"]}
        for what, detail in [
                ("another site's address", {**good, "callback_url": other.origin + "/callback"}),
                ("an address that is a script", {**good, "callback_url": "javascript:alert(1)"}),
                ("an address that is data", {**good, "callback_url": "data:text/html,x"}),
                ("the wallet's own address", {**good, "callback_url": f"chrome-extension://{'a' * 32}/x"}),
                ("no address", {**good, "callback_url": None}),
                ("no amount", {**good, "amount": None}),
                ("nothing", {**good, "amount": {**amount, "value": 0}}),
                ("less than nothing", {**good, "amount": {**amount, "value": -5}}),
                ("more than there is", {**good, "amount": {**amount, "value": 2 ** 53 + 2}}),
                ("a text of digits", {**good, "amount": "KUDOS:99999999999999999999"}),
                ("a fraction above one", {**good, "amount": {**amount, "fraction": 10 ** 8}}),
                ("a currency that is none", {**good, "amount": {**amount, "currency": "<b>KUDOS</b>"}}),
                ("a text", "KUDOS:5"),
                ("null", None)]:
            browser.open(address)
            probe(browser)
            browser.run("say('taler-create-reserve', arguments[0])", detail)
            probe(browser)
            report.equal(f"a withdrawal of {what}: the tab stays at the bank", browser.address, address)
        check_accepted(test, browser, bank, amount, before)


def check_accepted(test, browser, bank, amount, before):
    """The header of seed 001: only of a page in a tab, and only in a shape that makes sense."""
    report = test.report
    fields = {"X_Taler_Operation": "create-reserve", "X_Taler_Callback_Url": bank.origin + "/callback", "X_Taler_Wt_Types": '["test"]',
              "X_Taler_Amount": json.dumps(amount)}
    bank.page("/accepted", "Accepted", status=202, **fields)
    address = bank.page("/frames", "A bank with frames", '<iframe src="/accepted"></iframe><img src="/accepted?image" alt="">',
                        script="fetch('/accepted?text').then((answer) => { window.status202 = answer.status; });")
    browser.open(address)
    wait_for("everything of the page is there", lambda: browser.run("return window.status202 === 202 && document.readyState === 'complete'"))
    probe(browser)
    report.equal("202 for a frame, a picture and a script's question: the tab stays at the bank", browser.address, address)
    for what, broken in [("another site's address", {"X_Taler_Callback_Url": "http://127.0.0.1:9/callback"}), ("no address", {"X_Taler_Callback_Url": ""}),
                         ("a broken amount", {"X_Taler_Amount": '{"value": "x"}'}), ("two amounts", {"X_Taler_Amount": "KUDOS:1, KUDOS:2"}),
                         ("another operation", {"X_Taler_Operation": "take-everything"}), ("an amount of nothing", {"X_Taler_Amount": "KUDOS:0"})]:
        address = bank.page("/broken", "Accepted, and broken", status=202, **{**fields, **broken})
        browser.open(address)
        probe(browser)
        report.equal(f"202 with {what}: the tab stays at the bank", browser.address, address)
    browser.shot("broken")
    report.equal("no bank's nonsense has changed the wallet", money(browser), before)
    with extension_page(browser):
        report.equal("and nothing waits for an answer", browser.run_async(SESSIONS), [])
    browser.open(bank.origin + "/")
    probe(browser)
    browser.run("say('taler-create-reserve', arguments[0])", {"amount": amount, "callback_url": bank.origin + "/callback", "wt_types": ["test"]})
    browser.wait_address("/extension/pages/withdraw.html")
    browser.open(bank.origin + "/accepted")
    wait_for("the wallet asks again", lambda: "/extension/pages/withdraw.html" in browser.address)
    browser.wait_any(["#look-suggested", "#confirm"])
    browser.shot("accepted")
    report.equal("a proper 202 asks the person, and has made nothing yet", money(browser)["reserves"], before["reserves"])
    report.contains("and says which site asks", browser.text("main"), bank.origin.removeprefix("http://"))
