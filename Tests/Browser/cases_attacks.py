# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contracts that were changed on their way, and coins that were spent before."""

import json
from decimal import Decimal

from purchase import PAY, STATUS, arrive, booked, buy, open_product, posts, to_wallet, value, wait_state, wallet_page
from report import wait_for

# Of the product small-change.
PRICE = Decimal("0.5")

# A script of another hand in the shop's page: hears the contract before the wallet does, and hands on one of its own.
TAMPER = """
window.tamper?.();
const change = new Function("offer", arguments[0]);
const hear = (event) => {
    const offer = JSON.parse(event.detail);
    if (offer.tampered) return;
    event.stopImmediatePropagation();
    window.original = JSON.parse(event.detail);
    change(offer);
    window.removeEventListener("taler-contract", hear, true);
    document.body.dispatchEvent(new CustomEvent("taler-contract", {detail: JSON.stringify(offer), bubbles: true}));
};
window.addEventListener("taler-contract", hear, true);
window.tamper = () => window.removeEventListener("taler-contract", hear, true);
"""

CASES = [
    ("price", "offer.contract.amount.value = 0; offer.contract.amount.fraction = 10000;", "fingerprint"),
    ("merchant", "offer.contract.merchant.name = 'Somebody Else';", "fingerprint"),
    ("hash", "offer.H_contract = (offer.H_contract[0] === 'A' ? 'B' : 'A') + offer.H_contract.slice(1);", "fingerprint"),
    ("signature", "offer.sig = (offer.sig[0] === 'A' ? 'B' : 'A') + offer.sig.slice(1);", "signature"),
    ("payment address", "offer.pay_url = 'http://127.0.0.1:9/taler/pay';", "another site"),
]

# SHA-512 of the canonical contract, its bytes as the wallet's own core writes them, and a NUL; in Crockford's base32.
FORGE = """
const [done] = arguments;
const original = window.original;
(async () => {
    const contract = structuredClone(original.contract);
    contract.amount.value = 9;
    const sorted = (value) => value === null || typeof value !== "object" ? value : Array.isArray(value) ? value.map(sorted)
        : Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
    const bytes = new TextEncoder().encode(JSON.stringify(sorted(contract)) + "\\0");
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
    const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, "0")).join("").padEnd(515, "0");
    const text = bits.match(/.{5}/g).map((five) => digits[parseInt(five, 2)]).join("");
    return {contract, sig: original.sig, H_contract: text, pay_url: original.pay_url, exec_url: original.exec_url};
})().then(done, (error) => done({error: String(error)}));
"""


def tampered(test):
    """Whatever a script in the page changes, the wallet refuses and sends nothing."""
    report, sandbox = test.report, test.sandbox
    with test.browser("tampered") as browser:
        buy(browser, sandbox.shop, "margins")
        for what, change, word in CASES:
            open_product(browser, sandbox.shop, "small-change")
            browser.run(TAMPER, change)
            browser.click(PAY)
            check_refused(test, browser, what, word)
        check_forged(test, browser)
        with wallet_page(browser, sandbox):
            report.equal("the wallet's ledger has the honest purchase's payment and no other", len(booked(browser, "payment")), 1)
            report.equal("the wallet has signed nothing but the honest purchase", len(browser.stored("purchases")), 1)
        check_honest(test, browser)


def check_refused(test, browser, what, word):
    """In the wallet's window: an error, no button, no request; then the window is closed."""
    report = test.report
    browser.to_popup()
    browser.wait("#error")
    error = browser.text("#error")
    # Longer than the button takes to come: the window's own view of the refusal is there, so no other follows.
    browser.wait("#cancel")
    report.contains(f"a changed {what}: the wallet says why it refuses", error, word)
    report.check(f"a changed {what}: there is no button to pay", not browser.shows("#pay"))
    browser.shot("refused-" + what.replace(" ", "-"))
    browser.click_and_leave("#cancel")
    browser.wait_closed()
    said = browser.wait_text(STATUS, "Nothing was charged")
    report.contains(f"a changed {what}: the shop's page says why, and that nothing was charged", said, word)
    browser.shot("page-" + what.replace(" ", "-"))
    report.equal(f"a changed {what}: no payment was sent to the shop", posts(browser), 0)
    original = browser.run("return window.original.H_contract")
    record = test.sandbox.order(original)
    report.equal(f"a changed {what}: the backend has seen no coins", (record["state"], record["deposits"]), ("offered", []))


def check_forged(test, browser):
    """A higher price with the hash that belongs to it, under the merchant's signature of the honest contract."""
    open_product(browser, test.sandbox.shop, "small-change")
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


def check_honest(test, browser):
    """The same offer, unchanged, is paid."""
    open_product(browser, test.sandbox.shop, "small-change")
    to_wallet(browser)
    test.report.equal("the unchanged offer shows its own price", browser.amount("#price"), "KUDOS:0.5")
    browser.click_and_leave("#pay")
    arrive(browser)
    test.report.check("the unchanged offer is paid", browser.shows(".receipt"))


def double_spend(test):
    """A wallet that has forgotten that it spent a coin."""
    report, sandbox = test.report, test.sandbox
    with test.browser("double-spend") as browser:
        buy(browser, sandbox.shop, "tally-sticks")
        with wallet_page(browser, sandbox):
            # Worth the price of the next purchase once, and nothing any more: at the latest when its change has been refreshed.
            spent = wait_for("a coin is spent", lambda: next(
                (c for c in browser.stored("coins") if c["state"] == "spent" and value(c["value"]) >= PRICE), None))
            coins = browser.stored("coins")
            others = {c["coinPub"]: {"state": "refused"} for c in coins if c["state"] == "free" and c is not spent}
            restored = {key: {"state": "free"} for key in others}
            browser.change_coins({spent["coinPub"]: {"state": "free", "remaining": spent["value"], "lockedFor": None, "exposed": None}, **others})

        open_product(browser, sandbox.shop, "small-change")
        to_wallet(browser)
        browser.click("#pay")
        browser.wait("#try-again")
        browser.shot("wallet-refused")
        report.contains("the wallet says that the coin was spent", browser.text("#error"), "already spent")
        purchase = next(one for one in browser.stored("purchases") if one["state"] == "refused")
        report.equal("the refusal is 409 with code 1012", [(one["status"], one["code"]) for one in purchase["refusals"]], [(409, 1012)])
        coin = next(c for c in browser.stored("coins") if c["coinPub"] == spent["coinPub"])
        report.equal("the wallet has asked the exchange, and takes the coin out", (coin["state"], value(coin["remaining"])), ("spent", 0))
        browser.change_coins(restored)

        popup = browser.driver.current_window_handle
        browser.to_tab()
        said = browser.wait_text(STATUS, "already spent")
        report.contains("the shop's page says in plain words that the coin was spent, and that nothing was charged", said, "Nothing was charged")
        browser.shot("page-refused")
        record = sandbox.order(purchase["id"])
        report.equal("the backend's record says refused", record["state"], "refused")

        browser.driver.switch_to.window(popup)
        report.contains("the wallet offers to pay with other coins", browser.text("#try-again"), "other coins")
        browser.click("#try-again")
        browser.wait("#pay")
        browser.click_and_leave("#pay")
        arrive(browser)
        browser.shot("fulfillment")
        report.check("the same offer is paid with other coins", browser.shows(".receipt"))
        record = wait_state(sandbox, purchase["id"], "paid")
        states = [batch["state"] for batch in record["deposits"]]
        report.equal("the backend's record keeps the refused try and the accepted one", states, ["refused", "accepted"])
        used = {coin["coin_pub"] for coin in record["deposits"][-1]["coins"]}
        report.check("the accepted try holds other coins", spent["coinPub"] not in used)
        report.equal("the exchange has written down one deposit for the offer", sandbox.deposits(purchase["id"]), 1)
