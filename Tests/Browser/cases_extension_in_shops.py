# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The extension and a shop's page: switched off and on, two tabs, contracts changed by the page, beside the demo's own wallet."""

import contextlib
import json

from cases_attacks import CASES, FORGE, TAMPER, check_refused
from extension import address, check_books, collect_errors, enable, errors, in_wallet, stored, switch, wait_settled, withdraw
from purchase import PAY, arrive, open_product, order_of, to_wallet, value
from report import wait_for

OFF = ".buy .taler-installed-hide"


def extension_switch(test):
    """Off and on while the shop's page is open, by the wallet's own switch and by the browser's page of extensions."""
    report = test.report
    shop = test.sandbox.shop_without_wallet()
    with test.browser("ext-switch", extension=True) as browser:
        collect_errors(browser)
        open_product(browser, shop, "margins")
        browser.shot("on")
        report.check("with the extension there are no words for buyers without a wallet", not browser.shows(OFF))
        for what, turn in (("switched off in the wallet", switch), ("switched off in the browser", enable)):
            turn(browser, False)
            browser.wait(OFF)
            browser.shot("off")
            wait_for("the pay button is gone", lambda: not browser.shows(PAY))
            report.check(f"{what}: the open page loses its pay button, and says what a wallet is", browser.shows(OFF))
            browser.open(f"{shop}product/margins")
            browser.wait(OFF)
            report.check(f"{what}: nor has a page that is opened meanwhile a pay button", not browser.shows(PAY))
            known = browser.windows()
            browser.run("document.body.dispatchEvent(new CustomEvent('taler-contract', {detail: '{}', bubbles: true}))")
            turn(browser, True)
            browser.wait(PAY)
            report.check(f"{what}, and on again: the open page has its pay button back", browser.shows(PAY) and not browser.shows(OFF))
            report.equal(f"{what}: a contract was not heard", browser.windows(), known)
        known = browser.windows()
        browser.click(PAY)
        browser.to_popup(known)
        browser.wait("#insufficient")
        report.contains("after all that the pay button leads to the wallet", browser.text("#merchant"), "The Lamplight Press")
        browser.shot("wallet")
        report.equal("the browser holds nothing against the extension", errors(browser), [])


def extension_two_tabs(test):
    """The same contract in two tabs, with a wallet's window each, and the button pressed in both."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-tabs", extension=True) as browser:
        before = withdraw(browser, sandbox, "4", "ext-tabs")["free"]
        deposits = sandbox.all_deposits()
        open_product(browser, shop, "carbon-paper")
        to_wallet(browser)
        total = value(browser.amount("#total"))
        first = browser.driver.current_window_handle
        second_tab = browser.new_tab(f"{shop}product/carbon-paper")
        browser.wait(PAY)
        known = browser.windows()
        browser.click(PAY)
        second = browser.to_new(known)
        browser.driver.set_window_size(440, 851)
        browser.wait("#pay")
        browser.shot("second-offer")
        browser.to(first)
        browser.click_and_leave("#pay")
        browser.to_tab()
        link = browser.wait_address("/fulfillment/")
        browser.to(second)
        with contextlib.suppress(Exception):
            browser.shot("second-window")
        # The second window has followed by itself, or is asked once more.
        if browser.wait_any(["#pay", "#bought-before", "#paid"]) == "#pay":
            browser.click_and_leave("#pay")
        browser.to(second_tab)
        again = browser.wait_address("/fulfillment/")
        report.equal("both tabs come to one purchase", order_of(again), order_of(link))
        browser.shot("second-tab")
        browser.driver.close()
        browser.wait_closed()
        [purchase] = stored(browser, "purchases")
        report.equal("the wallet has one purchase, paid", purchase["state"], "paid")
        report.equal("the exchange has one deposit more", sandbox.all_deposits() - deposits, 1)
        wait_settled(browser)
        payments = in_wallet(browser, "return (await wallet.history({limit: 10})).filter(({kind}) => kind === 'payment')")
        report.equal("the ledger has one payment of the total", [value(one["amount"]) for one in payments], [total])
        report.check("the balance is less by the total", wait_settled(browser)["free"] <= before - total)
        check_books(report, browser, sandbox, "two tabs")


def extension_tampered(test):
    """Whatever a script in the page changes, the extension refuses in words, and sends nothing."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-tampered", extension=True) as browser:
        withdraw(browser, sandbox, "3", "ext-tampered")
        coins = stored(browser, "coins")
        for what, change, word in CASES:
            open_product(browser, shop, "small-change")
            browser.run(TAMPER, change)
            browser.click(PAY)
            check_refused(test, browser, what, word)
        open_product(browser, shop, "small-change")
        browser.run(TAMPER, "offer.sig = 'x';")
        browser.click(PAY)
        browser.to_popup()
        browser.wait("#error")
        browser.click_and_leave("#cancel")
        browser.wait_closed()
        forged = browser.run_async(FORGE)
        browser.run(TAMPER, f"Object.assign(offer, {json.dumps(forged)});")
        browser.click(PAY)
        check_refused(test, browser, "price with its own hash", "signature")
        report.equal("the wallet has signed nothing", stored(browser, "purchases"), [])
        report.equal("and its coins are as they were", stored(browser, "coins"), coins)
        open_product(browser, shop, "small-change")
        to_wallet(browser)
        report.equal("the unchanged offer shows its own price", browser.amount("#price"), "KUDOS:0.5")
        browser.click_and_leave("#pay")
        arrive(browser)
        report.check("the unchanged offer is paid", browser.shows(".receipt"))


def extension_beside_inpage(test):
    """In the demo's shop, whose pages load a wallet of their own, the extension takes the contract, and that one opens no window."""
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-demo", extension=True) as browser:
        withdraw(browser, sandbox, "3", "ext-demo")
        open_product(browser, sandbox.shop, "night-loaf")
        browser.click(PAY)
        browser.to_popup()
        browser.wait("#pay")
        report.check("the extension's window opens", browser.address.startswith(address("")), browser.address)
        report.equal("and no other", len(browser.windows()), 2)
        browser.shot("wallet")
        browser.click_and_leave("#pay")
        arrive(browser)
        report.equal("the extension has paid", [one["state"] for one in stored(browser, "purchases")], ["paid"])
        switch(browser, False)
        open_product(browser, sandbox.shop, "margins")
        browser.click(PAY)
        browser.to_popup()
        report.check("with the extension switched off the shop's own wallet answers", browser.address.startswith(sandbox.wallet), browser.address)
