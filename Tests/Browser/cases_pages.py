# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages without a wallet, without scripts, on a phone, in the dark."""

from purchase import PAY, buy, open_product, to_wallet, wallet_page


def no_wallet(test):
    """A shop whose pages load no wallet, and a browser that has none."""
    report = test.report
    shop = test.sandbox.shop_without_wallet()
    with test.browser("no-wallet") as browser:
        browser.open(shop + "product/tally-sticks")
        browser.wait(".buy .message")
        browser.shot("product", whole=True)
        said = browser.text(".buy")
        report.check("a page without a wallet explains what to do", "wallet.taler.net" in said and "Install" in said, said)
        report.check("a page without a wallet has no button to pay", not browser.shows(PAY))
        severe = [entry["message"] for entry in browser.log() if entry["level"] == "SEVERE"]
        report.check("a page without a wallet makes no errors in the console", severe == [], severe)


def no_scripts(test):
    """A browser that runs no scripts."""
    report, sandbox = test.report, test.sandbox
    with test.browser("buyer") as buyer:
        link = buy(buyer, sandbox.shop, "curtains")
        title = buyer.text("h1")
        words = buyer.text("article")
    with test.browser("no-scripts", scripts=False) as browser:
        browser.open(sandbox.shop + "product/tally-sticks")
        browser.wait(".buy .message")
        browser.shot("product", whole=True)
        said = browser.text(".buy")
        report.check("without scripts the page says that they are needed for paying", "allow scripts" in said, said)
        report.check("without scripts there is no button to pay", not browser.shows(PAY))
        browser.open(sandbox.shop)
        report.check("without scripts the front page lists what is sold", browser.count_of(".card") >= 9)
        browser.open(link)
        report.equal("without scripts what was bought can be read", (browser.text("h1"), browser.text("article")), (title, words))


def looks(test):
    """Pictures for the eye: a phone, the dark, and the wallet's window in both. What can be measured is measured."""
    report, sandbox = test.report, test.sandbox
    with test.browser("looks") as browser:
        for name, prepare in (("phone", browser.phone), ("dark", browser.dark)):
            prepare()
            for page, address in (("front", ""), ("product", "product/tally-sticks"), ("donation", "product/keep-the-lamp-lit")):
                browser.open(sandbox.shop + address)
                browser.wait("main")
                width, inner = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]")
                report.check(f"{name}: the {page} page is not wider than its window", width <= inner, f"{width} > {inner}")
                browser.shot(f"{name}-{page}", whole=True)
            prepare(False)

        open_product(browser, sandbox.shop, "carbon-paper")
        to_wallet(browser)
        browser.dark()
        browser.shot("dark-wallet")
        browser.phone()
        width, inner = browser.run("return [document.documentElement.scrollWidth, window.innerWidth]")
        report.check("phone: the wallet's window is not wider than its screen", width <= inner, f"{width} > {inner}")
        browser.shot("phone-dark-wallet")
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/fulfillment/")
        browser.wait(".receipt")
        browser.wait_closed()
        browser.phone()
        browser.shot("phone-fulfillment", whole=True)
        browser.phone(False)
        browser.dark()
        browser.shot("dark-fulfillment", whole=True)
        with wallet_page(browser, sandbox):
            browser.dark()
            browser.phone()
            browser.shot("phone-dark-wallet-home")
