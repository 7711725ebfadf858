# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's extension in Firefox: money from the bank's pages, a purchase, and what is left."""

from decimal import Decimal

from selenium.webdriver.common.keys import Keys

import firefox
from bank import open_account, solve
from extension import MONEY, balance_of
from firefox import Firefox
from purchase import PAY, STATUS, open_product, value
from report import wait_for

PRODUCT = "small-change"
PRICE = Decimal("0.5")

WALLET = """
const [body, done] = arguments;
(async () => {
    const { Wallet } = await import("/engine/wallet.js");
    const wallet = await Wallet.open();
    const plain = (value) => (value === null || typeof value !== "object" ? (typeof value === "bigint" ? String(value) : value)
        : Array.isArray(value) ? value.map(plain) : Object.getPrototypeOf(value) === Object.prototype
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : String(value));
    return plain(await wallet[body]());
})().then((found) => done([found]), (error) => done({error: String(error?.stack ?? error)}));
"""


def firefox_buying(test):
    """Loads without an error; bank, CAPTCHA, coins; an offer in the wallet's own window, paid; the balance says so."""
    report, sandbox = test.report, test.sandbox
    if not report.check("Firefox is there", firefox.is_there()):
        return
    shop = sandbox.shop_without_wallet()
    with Firefox("firefox", test.screenshots, test.scratch) as browser:
        report.equal("Firefox: the extension loads without an error", browser.errors(), [])
        check_presence(test, browser, shop)
        held = withdraw(test, browser)
        open_product(browser, shop, PRODUCT)
        known = browser.windows()
        browser.click(PAY)
        browser.to_popup(known)
        browser.wait("#pay")
        browser.shot("offer", whole=True)
        report.check("Firefox: the offer is in a window of the extension's own", browser.address.startswith(browser.page("confirm.html")), browser.address)
        report.equal("Firefox: the price is the shop's", value(browser.amount("#price")), PRICE)
        total = value(browser.amount("#total"))
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/fulfillment/")
        browser.wait(".receipt")
        browser.shot("bought", whole=True)
        report.check("Firefox: what was bought is shown", browser.shows(".receipt"))
        wait_for("the wallet's window closes", lambda: browser.windows() == known)
        left = settled(browser)
        report.check("Firefox: the balance is less by the total, and by what change costs", held - total - Decimal("0.05") <= left <= held - total, (held, total, left))
        [purchase] = purchases(browser)
        report.equal("Firefox: the wallet's purchase is paid", purchase["state"], "paid")
        report.equal("Firefox: the backend's record says paid", sandbox.order(purchase["id"])["state"], "paid")
        report.check("Firefox: the wallet's ledger and its coins say the same", all(one["agrees"] for one in in_wallet(browser, "checkBooks")))
        browser.open(browser.page("popup.html"))
        browser.wait("#balance")
        browser.shot("popup")
        report.equal("Firefox: the popup shows the balance", value(browser.amount("#balance")), left)
        # Another address of the same page loads it anew; from elsewhere it is loaded once.
        browser.open("about:blank")
        browser.open(browser.page("popup.html#full"))
        browser.wait("#balance")
        browser.shot("wallet", whole=True)
        report.equal("Firefox: nothing went wrong in the extension until the end", browser.errors(), [])


def check_presence(test, browser, shop):
    report = test.report
    browser.open(f"{shop}product/{PRODUCT}")
    browser.wait(PAY)
    browser.run("window.present = 0; document.addEventListener('taler-wallet-present', () => { window.present += 1; });")
    browser.run("document.body.dispatchEvent(new CustomEvent('taler-probe', {bubbles: true}))")
    wait_for("the wallet answers", lambda: browser.run("return window.present") > 0)
    report.check("Firefox: the wallet answers the shop's page", browser.shows(".taler-installed-show"))
    report.check("Firefox: and what is for people without a wallet is not shown", not browser.shows(".taler-installed-hide"))
    browser.shot("shop")


def withdraw(test, browser):
    """By the bank's pages and the wallet's; gives what can be spent."""
    report, sandbox = test.report, test.sandbox
    open_account(browser, sandbox.bank_url, "firefox-buyer")
    browser.open(sandbox.bank_url + "account/withdraw")
    browser.wait("#amount").send_keys("6")
    browser.click("main button[type=submit]")
    browser.wait_address(browser.page("withdraw.html"))
    if browser.wait_any(["#look-suggested", "#confirm:enabled"]) == "#look-suggested":
        browser.shot("suggestion", whole=True)
        browser.click("#look-suggested")
        browser.wait("#trust")
        browser.shot("exchange", whole=True)
        browser.click("#trust")
    browser.wait("#confirm:enabled")
    browser.shot("withdrawal", whole=True)
    browser.click("#confirm:enabled")
    browser.wait("#question")
    browser.shot("question")
    browser.find("#answer").send_keys(str(solve(browser.text("#question"))), Keys.ENTER)
    browser.wait("#outcome")
    held = settled(browser, Decimal("0.01"))
    report.check("Firefox: money came by the bank's pages", Decimal("5.5") < held <= 6, held)
    return held


def in_wallet(browser, method):
    """What a method of the wallet gives, in a page of the extension that is opened for it."""
    with own_page(browser):
        return browser.run_async(WALLET, method)[0]


def settled(browser, least=Decimal(0)):
    """What can be spent, as soon as there is so much and nothing is on its way or being changed."""
    with own_page(browser):
        def money():
            found = balance_of(browser.run_async(WALLET, "balances")[0])
            return [found["free"]] if found["free"] >= least and not any(found[name] for name in MONEY[1:]) else None
        return wait_for("the wallet's money is settled", money)[0]


def purchases(browser):
    with own_page(browser):
        return browser.stored("purchases")


class own_page:
    """A page of the extension in a tab of its own, closed afterwards."""

    def __init__(self, browser):
        self.browser = browser

    def __enter__(self):
        driver = self.browser.driver
        self.before = driver.current_window_handle
        driver.switch_to.new_window("tab")
        self.browser.open(self.browser.page("popup.html"))

    def __exit__(self, *_):
        self.browser.driver.close()
        self.browser.driver.switch_to.window(self.before)
