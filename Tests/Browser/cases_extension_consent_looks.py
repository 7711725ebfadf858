# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The extension's window for consent: axe-core in five languages, light and dark, with enough money and with too little."""

from axe import Axe
from cases_extension_pages import speak
from every_page import LANGUAGES
from extension import withdraw
from purchase import PAY, open_product

# What can be paid with the money that is there, and what can not; each with the element that says so.
OFFERS = [("offer", "margins", "#pay"), ("too-little", "tally-sticks", "#insufficient")]


def extension_consent_looks(test):
    report, sandbox = test.report, test.sandbox
    with test.browser("ext-consent-looks", extension=True) as browser:
        withdraw(browser, sandbox, "0.60", "ext-consent-looks")
        axe = Axe(browser, test.axe)
        for what, product, selector in OFFERS:
            open_product(browser, sandbox.shop_without_wallet(), product)
            browser.click(PAY)
            browser.to_popup()
            browser.wait(selector)
            for language in LANGUAGES:
                look(report, browser, axe, f"{language}-{what}", selector)
            browser.click_and_leave("#cancel")
            browser.wait_closed()
    report.check("axe-core has looked at the window for consent in each language, light and dark", axe.pages == 4 * len(LANGUAGES), axe.pages)
    report.equal(f"axe-core finds nothing on {axe.pages} looks at the window for consent", axe.found, [])


def look(report, browser, axe, what, selector):
    """The window loaded anew for a reader of this language."""
    language = what.split("-")[0]
    speak(browser, language)
    browser.driver.refresh()
    browser.wait(selector)
    report.equal(f"{what} is in its language", browser.run("return document.documentElement.lang"), language)
    axe.here()
    for scheme in ("light", "dark"):
        browser.dark(scheme == "dark")
        axe.look(f"{what}, {scheme}")
        if language == "de":
            browser.shot(f"{what}-{scheme}", whole=True)
    browser.dark(False)
