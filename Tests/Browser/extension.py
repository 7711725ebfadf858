# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's extension: its pages by their addresses, its switch, and what its books and the exchange's say."""

import contextlib
import subprocess

import chromium

# What an extension's page prints of its wallet; amounts and big integers as texts.
PLAIN = """
const plain = (value) => typeof value === "bigint" ? String(value) : value === null || typeof value !== "object" ? value
    : Array.isArray(value) ? value.map(plain) : value instanceof Uint8Array ? Array.from(value)
    : Object.getPrototypeOf(value) === Object.prototype ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
    : String(value);
"""

IN_WALLET = PLAIN + """
const parameters = [...arguments];
const done = parameters.pop();
const body = parameters.shift();
(async () => {
    const { Wallet } = await import("/engine/wallet.js");
    const wallet = await Wallet.open();
    return plain(await new (Object.getPrototypeOf(async () => {}).constructor)("wallet", "parameters", body)(wallet, parameters));
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
        return browser.run_async(IN_WALLET, body, *parameters)[0]


def stored(browser, store):
    """The records of one store of the extension's database."""
    with extension_page(browser):
        return browser.stored(store)


def switch(browser, on):
    """What the switch in the popup does: the wallet is there for pages, or is not."""
    with extension_page(browser):
        browser.run_async(EXTENSION_CALL, "storage.local.set", {"on": on})


def enable(browser, on):
    """What the browser's own page of extensions does: the whole extension on or off, as by its owner."""
    before = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.open("chrome://extensions")
    try:
        browser.run_async(EXTENSION_CALL, "management.setEnabled", chromium.extension_id(), on)
    finally:
        browser.driver.close()
        browser.driver.switch_to.window(before)


def check_books(report, browser, sandbox, what):
    """The wallet's ledger and its coins say the same, and the exchange's books are in order."""
    books = in_wallet(browser, "return wallet.checkBooks()")
    report.check(f"{what}: the wallet's ledger and its coins say the same", books != [] and all(one["agrees"] for one in books), books)
    audit = subprocess.run([sandbox.bin / "sandbox", "exchange", "audit", "-c", sandbox.configuration], capture_output=True, text=True, timeout=300)
    report.equal(f"{what}: the audit of the exchange finds nothing", (audit.returncode, audit.stderr.strip()[-500:]), (0, ""))
