# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""axe-core on every page, in every language, light and dark, and on a phone; and the tab key through every page."""

from axe import Axe
from every_page import LANGUAGES, Pages
from keyboard import walk
from purchase import PAY, open_product, wallet_page
from shop import ADD, CHECKOUT, fill, submit

BROKEN = """
document.querySelector("main").insertAdjacentHTML("beforeend", "<p id='pale'>Pale words</p><img src='data:,'>");
document.getElementById("pale").style.setProperty("color", "#bbbbbb");
document.getElementById("pale").style.setProperty("background-color", "#ffffff");
"""


def every_page(test):
    report, sandbox = test.report, test.sandbox
    with test.browser("every-page") as browser:
        pages = Pages(test, browser)
        axe = Axe(browser, test.axe)
        browser.open(sandbox.shop)
        browser.run(BROKEN)
        found = {line.split(": ")[1].split(" ")[0] for line in axe.look("a broken page")}
        report.check("axe-core finds pale words and a picture without words", {"color-contrast", "image-alt"} <= found, found)
        axe.found.clear()

        for language in LANGUAGES:
            browser.open(f"{sandbox.shop}?lang={language}")
            for what, address in pages.of_shop(language):
                look(report, browser, axe, what, address, language)
            look_at_problems(browser, axe, pages, language)
        for what, address in pages.of_office():
            look(report, browser, axe, f"back office, {what}", address, "en")
        for language in ("en", "de"):
            browser.phone()
            browser.open(f"{sandbox.shop}?lang={language}")
            for what, address in pages.of_shop(language):
                on_phone(report, browser, axe, what, address, language)
            browser.phone(False)
        browser.phone()
        for what, address in pages.of_office():
            on_phone(report, browser, axe, f"back office, {what}", address, "en")
        browser.phone(False)
        look_at_wallet(test, browser, axe)
        report.equal(f"axe-core finds nothing on {axe.pages} looks at pages", axe.found, [])

        walk_through(report, browser, [*pages.of_shop("en"), *pages.of_office()])


def look(report, browser, axe, what, address, language):
    """Light and dark, without loading the page again."""
    browser.open(address)
    browser.wait("h1")
    spoken = browser.run("return document.documentElement.lang")
    if spoken != language:
        report.check(f"{what} is in {language}", False, spoken)
    for scheme in (False, True):
        browser.dark(scheme)
        axe.look(f"{what}, {language}, {'dark' if scheme else 'light'}")
    browser.dark(False)


def look_at_problems(browser, axe, pages, language):
    """A checkout with nothing filled in."""
    browser.open(f"{pages.shop}checkout")
    browser.wait(CHECKOUT)
    browser.run("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    submit(browser, CHECKOUT)
    browser.wait("[role=alert]")
    for scheme in (False, True):
        browser.dark(scheme)
        axe.look(f"checkout with problems, {language}, {'dark' if scheme else 'light'}")
    browser.dark(False)


def on_phone(report, browser, axe, what, address, language):
    browser.open(address)
    browser.wait("h1")
    axe.look(f"{what}, {language}, phone")
    width, inner = browser.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width > inner:
        report.check(f"phone: {what} ({language}) is not wider than its window", False, f"{width} > {inner}")


def look_at_wallet(test, browser, axe):
    with wallet_page(browser, test.sandbox):
        axe.here()
        for scheme in (False, True):
            browser.dark(scheme)
            axe.look(f"wallet, {'dark' if scheme else 'light'}")
        browser.dark(False)
    open_product(browser, test.sandbox.shop, "whose-well")
    browser.click(PAY)
    browser.to_popup()
    browser.wait_any(["#pay", "#get-money"])
    axe.here()
    for scheme in (False, True):
        browser.dark(scheme)
        axe.look(f"wallet with an offer, {'dark' if scheme else 'light'}")
    browser.close_popup()


def walk_through(report, browser, pages):
    """The tab key reaches all there is, shows where it is, and leaves at the end."""
    trouble = []
    for what, address in pages:
        browser.open(address)
        browser.wait("h1")
        trouble += [f"{what}: {complaint}" for complaint in walk(browser)]
    report.equal(f"the tab key goes through {len(pages)} pages, and shows where it is", trouble, [])
