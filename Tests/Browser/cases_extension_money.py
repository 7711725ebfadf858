# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money that comes back into the extension, and a wallet that moves to another profile by its backup."""

import types
from decimal import Decimal

from extension import address, check_books, extension_page, in_wallet, stored, wait_settled, withdraw
from office import give_back, log_in, open_order
from purchase import PAY, arrive, buy, open_product, order_of, to_wallet, value
from report import wait_for

REASON = "The last page was missing"
PASSPHRASE = "seven lamps, one ladder"


def extension_refund(test):
    """The owner gives back a part, then all; the extension takes it when it sees the order's page, and the thing can be bought anew."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    office = types.SimpleNamespace(office_url=sandbox.offices[shop], secret=sandbox.secret)
    with test.browser("ext-refund", extension=True) as buyer, test.browser("ext-refund-owner") as owner:
        withdraw(buyer, sandbox, "4", "ext-refund")
        link = buy(buyer, shop, "tally-sticks")
        order = order_of(link)
        before = wait_settled(buyer)["free"]
        log_in(owner, office)
        for what, amount, least in (("a part", "0.40", "0.3"), ("all of it", None, "0.5")):
            open_order(owner, office, order)
            give_back(owner, amount, REASON)
            buyer.open(f"{shop}order/{order}")
            after = wait_credited(buyer, before)
            came = credited(buyer)[0]
            report.check(f"given back {what}: the extension has credited it, less fees", Decimal(least) <= value(came["amount"]) <= Decimal("0.6"), came)
            report.check(f"given back {what}: the balance has grown by no more than that", before < after <= before + value(came["amount"]), (before, after))
            check_books(report, buyer, sandbox, f"given back {what}")
            before = after
        buyer.shot("order", whole=True)
        with extension_page(buyer):
            buyer.wait_text("#balance", "KUDOS")
            buyer.shot("popup", whole=True)
        buyer.driver.refresh()
        buyer.wait("main h1")
        report.equal("nothing is credited twice", len(credited(buyer)), 2)
        report.equal("nor is there more to spend", wait_settled(buyer)["free"], before)
        [purchase] = stored(buyer, "purchases")
        total = value(purchase["total"])
        report.check("all in all the price came back, less fees", Decimal("0.8") < sum(value(one["amount"]) for one in credited(buyer)) <= total)
        again = buy(buyer, shop, "tally-sticks")
        report.check("what was given back wholly is bought anew, and paid", order_of(again) != order)
        wait_settled(buyer)
        check_books(report, buyer, sandbox, "bought anew with what came back")


def credited(browser):
    """The refunds of the ledger, newest first."""
    return in_wallet(browser, "return (await wallet.history({limit: 50})).filter(({kind}) => kind === 'refund')")


def wait_credited(browser, before):
    """The balance as soon as it is more than it was, and nothing is being changed."""
    def grown():
        found = wait_settled(browser)["free"]
        return found if found > before else None
    return wait_for("what was given back is credited", grown)


def extension_backup(test):
    """A file with a passphrase, written in one profile and read in another one."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop_without_wallet()
    with test.browser("ext-backup", extension=True) as browser:
        withdraw(browser, sandbox, "4", "ext-backup")
        link = buy(browser, shop, "margins")
        held = wait_settled(browser)["free"]
        file = save_backup(test, browser)
        [purchase] = stored(browser, "purchases")
        coins = {coin["coinPub"]: coin["remaining"] for coin in stored(browser, "coins") if coin["state"] != "spent"}
        text = file.read_text(errors="replace")
        hidden = [purchase["id"], purchase["title"], *coins]
        report.check("the file gives away neither coins nor purchases", not any(one in text for one in hidden), text[:200])
    with test.browser("ext-restored", extension=True) as browser:
        restore(browser, file, "not the passphrase")
        said = browser.wait("#error").text
        report.check("a wrong passphrase is refused in words", len(said) > 10, said)
        browser.shot("wrong-passphrase", whole=True)
        report.equal("and nothing is taken over", stored(browser, "coins"), [])
        restore(browser, file, PASSPHRASE)
        browser.wait("#claimed")
        browser.shot("restored-not-accepted", whole=True)
        browser.click("#trust")
        browser.click("#accept-exchange")
        wait_for("the restored exchange is accepted", lambda: browser.count_of("#claimed") == 0)
        browser.shot("restored", whole=True)
        report.equal("the restored wallet has the same balance", wait_settled(browser, Decimal("0.01"))["free"], held)
        report.equal("and the same coins", {coin["coinPub"]: coin["remaining"] for coin in stored(browser, "coins") if coin["state"] == "free"}, coins)
        check_books(report, browser, sandbox, "restored")
        check_bought(test, browser, shop, link)
        check_pays(test, browser, shop)


def save_backup(test, browser):
    """The file that the backup's page gives."""
    with extension_page(browser, "backup.html"):
        browser.wait("#passphrase").send_keys(PASSPHRASE)
        browser.find("#passphrase-again").send_keys(PASSPHRASE)
        browser.shot("backup", whole=True)
        browser.click("#save")
        def saved():
            files = list(browser.downloads.iterdir())
            return files[0] if len(files) == 1 and not files[0].name.endswith((".crdownload", ".tmp")) and files[0].stat().st_size else None
        file = wait_for("the backup is saved", saved)
        browser.shot("saved", whole=True)
    return file


def restore(browser, file, passphrase):
    """Leaves the backup's page open in the tab."""
    browser.open(address("backup.html"))
    browser.wait("#file").send_keys(str(file))
    browser.wait("#restore-passphrase").send_keys(passphrase)
    browser.click("#restore")


def check_bought(test, browser, shop, link):
    """What the first profile has bought: the shop, which does not know this browser, is shown the payment."""
    report, sandbox = test.report, test.sandbox
    deposits = sandbox.all_deposits()
    open_product(browser, shop, "margins")
    known = browser.windows()
    browser.click(PAY)
    browser.to_popup(known)
    browser.wait("#bought-before")
    browser.shot("bought-before")
    again = arrive(browser)
    report.equal("what the first profile has bought is open in the other, without another payment",
                 (order_of(again), sandbox.all_deposits() - deposits), (order_of(link), 0))


def check_pays(test, browser, shop):
    """The restored coins are money."""
    open_product(browser, shop, "night-loaf")
    to_wallet(browser)
    browser.click_and_leave("#pay")
    arrive(browser)
    test.report.check("the restored coins pay", browser.shows(".receipt"))
    wait_settled(browser)
    check_books(test.report, browser, test.sandbox, "paid with restored coins")
