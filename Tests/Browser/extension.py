# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's extension: its pages by their addresses, its switch, what its books and the exchange's say, and a buyer's steps with it."""

import contextlib
import subprocess
from decimal import Decimal

from selenium.webdriver.common.keys import Keys

import chromium
from bank import open_account, solve
from purchase import value
from report import wait_for

# The parts of a balance: what can be spent, and what is in payments under way, in change, on its way.
MONEY = ("free", "locked", "change", "arriving")

# What an extension's page prints of its wallet; amounts and big integers as texts.
PLAIN = """
const plain = (value) => typeof value === "bigint" ? String(value) : value === null || typeof value !== "object" ? value
    : Array.isArray(value) ? value.map(plain) : value instanceof Uint8Array ? Array.from(value)
    : Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
    : String(value);
"""

# The body stands in the text: a page of the extension runs no script that it makes of a text itself.
IN_WALLET = PLAIN + """
const parameters = [...arguments];
const done = parameters.pop();
(async () => {
    const { Wallet } = await import("/engine/wallet.js");
    const wallet = await Wallet.open();
    return plain(await (async () => { %s })());
})().then((found) => done([found ?? null]), (error) => done({error: String(error?.stack ?? error)}));
"""

EXTENSION_CALL = """
const parameters = [...arguments];
const done = parameters.pop();
const [path, ...rest] = parameters;
path.split(".").reduce(([, found], name) => [found, found[name]], [null, chrome])
    .reduce((owner, method) => method.call(owner, ...rest)).then((found) => done([found ?? null]), (error) => done({error: String(error)}));
"""


def address(page):
    """Of a page of the extension: `popup.html#history`."""
    return f"chrome-extension://{chromium.extension_id()}/extension/pages/{page}"


def is_extension(browser):
    """Is the selected window one of the extension's own pages?"""
    return browser.address.startswith(address(""))


@contextlib.contextmanager
def extension_page(browser, page="popup.html"):
    """The page in a tab of its own, selected; closed afterwards."""
    before = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    opened = browser.driver.current_window_handle
    browser.open(address(page))
    try:
        yield browser
    finally:
        browser.driver.switch_to.window(opened)
        browser.driver.close()
        browser.driver.switch_to.window(before)


def in_wallet(browser, body, *parameters):
    """What a function's body gives in a page of the extension, that has `wallet` (opened for it) and `parameters`."""
    with extension_page(browser):
        return ask_wallet(browser, body, *parameters)


def ask_wallet(browser, body, *parameters):
    """The same, when a page of the extension is selected."""
    return browser.run_async(IN_WALLET % body, *parameters)[0]


def stored(browser, store):
    """The records of one store of the extension's database."""
    with extension_page(browser):
        return browser.stored(store)


def switch(browser, on):
    """The popup's switch: the wallet is there for pages, or is not."""
    with extension_page(browser):
        browser.wait("#view")
        if browser.find("#on").is_selected() != on:
            browser.click("label.switch")
        wait_for("the switch is remembered", lambda: browser.run_async(EXTENSION_CALL, "storage.local.get", "on")[0] == {"on": on})


@contextlib.contextmanager
def _browsers_own_page(browser):
    """The browser's own page of extensions, in a tab of its own."""
    before = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.open("chrome://extensions")
    try:
        yield
    finally:
        browser.driver.close()
        browser.driver.switch_to.window(before)


def enable(browser, on):
    """The whole extension on or off, as by its owner."""
    with _browsers_own_page(browser):
        browser.run_async(EXTENSION_CALL, "management.setEnabled", chromium.extension_id(), on)


def collect_errors(browser):
    """From now on, what goes wrong in the extension is kept for `errors`; it is loaded anew."""
    with _browsers_own_page(browser):
        browser.run_async(EXTENSION_CALL, "developerPrivate.updateProfileConfiguration", {"inDeveloperMode": True})
        browser.run_async(EXTENSION_CALL, "developerPrivate.reload", chromium.extension_id())


def errors(browser):
    """What Chromium holds against the extension."""
    with _browsers_own_page(browser):
        [found] = browser.run_async(EXTENSION_CALL, "developerPrivate.getExtensionInfo", chromium.extension_id())
    # Firefox wants its own member beside Chromium's, and each says that it does not know the other's.
    return [one["message"] for one in found["manifestErrors"] + found["runtimeErrors"] if "background.scripts" not in one["message"]]


def check_books(report, browser, sandbox, what):
    """The wallet's ledger and its coins say the same, and the exchange's books are in order."""
    books = in_wallet(browser, "return wallet.checkBooks()")
    report.check(f"{what}: the wallet's ledger and its coins say the same", books != [] and all(one["agrees"] for one in books), books)
    audit = subprocess.run([sandbox.bin / "sandbox", "exchange", "audit", "-c", sandbox.configuration], capture_output=True, text=True, timeout=300)
    report.equal(f"{what}: the audit of the exchange finds nothing", (audit.returncode, audit.stderr.strip()[-500:]), (0, ""))


def balance(browser):
    """{free, locked, change, arriving}: numbers, of the only exchange whose money the wallet has; all 0 while there is none."""
    found = in_wallet(browser, "return wallet.balances()")
    return balance_of(found)


def balance_of(found):
    rows = [row for row in found if any(value(row[name]) for name in MONEY)]
    assert len(rows) <= 1, rows
    return {name: value(rows[0][name]) if rows else Decimal(0) for name in MONEY}


def wait_settled(browser, least=Decimal(0)):
    """The balance as soon as at least so much can be spent, nothing is on its way, and no coin is being changed or is to be."""
    with extension_page(browser):
        def settled():
            # In this order: a coin that is not wanted any more is in the change, or has been changed.
            wanted, found = ask_wallet(browser, "return [(await wallet.refreshes.wanted()).length, await wallet.balances()]")
            found = balance_of(found)
            return found if wanted == 0 and found["free"] >= least and not any(found[name] for name in MONEY[1:]) else None
        return wait_for("the wallet's money is settled", settled)


def ask_for_withdrawal(browser, sandbox, amount):
    """The bank's form, as who is logged in; ends at the wallet's page of the withdrawal, with what the exchange makes of it."""
    begin_withdrawal(browser, sandbox, amount)
    look_at_suggestion(browser)


def begin_withdrawal(browser, sandbox, amount):
    """The same, and ends at the wallet's page as it comes."""
    browser.open(sandbox.bank_url + "account/withdraw")
    browser.wait("#amount").send_keys(amount)
    browser.click("main button[type=submit]")
    browser.wait_address(address("withdraw.html"))


def look_at_suggestion(browser):
    """A new exchange is asked when the person wants to look at it, one that is accepted by itself."""
    if browser.wait_any(["#look-suggested", "#confirm"]) == "#look-suggested":
        browser.click("#look-suggested")
    browser.wait("#confirm")


def confirm_withdrawal(browser):
    """The exchange is accepted if it is new, and the tab is at the bank's question."""
    browser.wait("#confirm")
    if browser.shows("#trust"):
        browser.click("#trust")
    browser.click("#confirm")
    browser.wait("#question")


def answer_question(browser):
    browser.find("#answer").send_keys(str(solve(browser.text("#question"))), Keys.ENTER)
    browser.wait("#outcome")


def withdraw(browser, sandbox, amount, customer):
    """From the bank's front page to coins in the wallet; gives the balance."""
    open_account(browser, sandbox.bank_url, customer)
    ask_for_withdrawal(browser, sandbox, amount)
    confirm_withdrawal(browser)
    answer_question(browser)
    return wait_settled(browser, Decimal("0.01"))
