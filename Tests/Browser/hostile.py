# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Offers in the hands of a page that means no good, and what the wallet has of it."""

import json
import time

from extension import extension_page
from report import wait_for
from sandbox import fetch

DONATION = "keep-the-lamp-lit"

# Coins by the wallet's own engine, from an account of the sandbox's bank that is made for it.
TAKE = """
const [exchange, bank, amount, username, done] = arguments;
(async () => {
    const { Wallet } = await import("/engine/wallet.js");
    const { Amount } = await import("/core/amount.js");
    const wallet = await Wallet.open();
    await wallet.exchanges.accept(await wallet.exchanges.preview(exchange));
    const source = {kind: "account", username, password: username, bank};
    const reserve = await wallet.withdrawals.create({amount: Amount.parse(amount), exchange, source});
    await wallet.withdrawals.run(reserve, () => {});
    await wallet.work.run();
})().then(() => done(null), (error) => done({error: String(error?.stack ?? error)}));
"""

BOOKS = """
const [done] = arguments;
(async () => {
    const { Wallet } = await import("/engine/wallet.js");
    return (await (await Wallet.open()).checkBooks()).map(({ agrees }) => agrees);
})().then((found) => done(found), (error) => done({error: String(error?.stack ?? error)}));
"""


def genuine_offer(sandbox, amount="KUDOS:0.25", pay_url="/pay"):
    """What the real shop signs; the page that has it shows it as its own, with its own address for the payment."""
    status, body = fetch(f"{sandbox.shop}taler/contract?product={DONATION}&amount={amount}")
    assert status == 200, (status, body)
    return {**json.loads(body), "pay_url": pay_url, "exec_url": "/exec"}


def say(browser, offer):
    """The page offers it: as text when it is an object, else as it is."""
    browser.run("say('taler-contract', arguments[0])", json.dumps(offer) if isinstance(offer, dict) else offer)


def touch(browser):
    """A person's click in the page."""
    browser.click("h1")


def results(browser):
    return browser.run("return window.results")


def wait_result(browser):
    """The last answer of the wallet to the page, as soon as there is one."""
    return wait_for("the page hears from the wallet", lambda: (results(browser) or [None])[-1])


def probe(browser):
    """Asks for the wallet and waits for its answer: what was said before has been heard by then."""
    before = browser.run("return window.present")
    browser.run("say('taler-probe', null)")
    wait_for("the wallet answers", lambda: browser.run("return window.present") > before)


def money(browser):
    """What the wallet has, by kind of state, and how many purchases and reserves: to be compared."""
    with extension_page(browser):
        coins = sorted((coin["coinPub"], coin["state"], coin["remaining"]) for coin in browser.stored("coins"))
        return {"coins": coins, "purchases": sorted((one["id"], one["state"]) for one in browser.stored("purchases")),
                "reserves": sorted((one["reservePub"], one["state"]) for one in browser.stored("reserves"))}


def take_money(browser, sandbox, name, amount="KUDOS:12"):
    """Money of the sandbox's bank; comes back when the coins are there."""
    with extension_page(browser):
        browser.run_async(TAKE, sandbox.exchange_url, sandbox.bank_url, amount, f"hostile-{name}-{time.time_ns()}")


def books_agree(browser):
    with extension_page(browser):
        found = browser.run_async(BOOKS)
    return found != [] and all(found)


def purchase_of(browser, offer):
    with extension_page(browser):
        return next((one for one in browser.stored("purchases") if one["id"] == offer["H_contract"]), None)


def to_offer(browser, known=None):
    """The wallet's window with the offer in it, selected."""
    browser.to_popup(known)
    browser.wait("#pay")


def close_window(browser):
    """By the person's “no”."""
    browser.wait("#cancel")
    browser.click_and_leave("#cancel")
    browser.wait_closed()
