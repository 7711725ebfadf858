# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A buyer who reads German, and one who switches."""

from every_page import LANGUAGES
from purchase import open_product, pay, to_wallet, wallet_page
from shop import ARTICLE


def spoken(browser):
    return browser.run("return document.documentElement.lang")


def languages(test):
    """The browser's own language, the switch at the foot of each page, and the contract in the language of the order."""
    report, sandbox = test.report, test.sandbox
    with test.browser("german", languages="de-CH,de,en") as browser:
        open_product(browser, sandbox.shop, ARTICLE)
        report.equal("the first page is in the browser's language", spoken(browser), "de")
        report.contains("amounts are written as there", browser.text("main"), "1,00")
        german = browser.text("h1")
        browser.shot("product", whole=True)
        to_wallet(browser)
        report.contains("the wallet shows what is bought in that language", browser.text("#products"), german)
        pay(browser)
        report.equal("what was bought is in that language", (spoken(browser), browser.text("h1")), ("de", german))
        browser.shot("bought", whole=True)
        with wallet_page(browser, sandbox):
            [purchase] = browser.stored("purchases")
        [line] = sandbox.order(purchase["id"])["contract"]["products"]
        report.equal("the contract is in that language", line["description"], german)

        browser.click("a[hreflang='it']")
        browser.wait("h1")
        report.equal("the page's switch changes its language", spoken(browser), "it")
        browser.open(sandbox.shop)
        report.equal("the choice is remembered", spoken(browser), "it")
        browser.shot("italian")
    with test.browser("unheard", languages="tlh,en;q=0.2") as browser:
        browser.open(sandbox.shop)
        report.equal("a language that the shop does not have is answered in English", spoken(browser), "en")
        titles = {}
        for language in LANGUAGES:
            browser.open(f"{sandbox.shop}?lang={language}")
            report.equal(f"a link can name {language}", spoken(browser), language)
            titles[language] = browser.text("footer")
        report.equal("the frame says it differently in each language", len(set(titles.values())), len(LANGUAGES))
