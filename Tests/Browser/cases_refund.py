# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money that the owner gives back, and what the buyer sees of it."""

from decimal import Decimal

from office import REFUND, give_back, log_in, open_order
from purchase import PAY, booked, buy, open_product, order_of, value, wallet_page
from shop import wait_for_words

ESSAY = "margins"
PRICE = "0.20"
REASON = "The <b>last</b> page was missing"


def refund_by_owner(test):
    """A part, then all of it; the buyer's page shows both, and what was given back wholly does not open any more."""
    report, sandbox = test.report, test.sandbox
    with test.browser("refund-buyer") as buyer, test.browser("refund-owner") as owner:
        link = buy(buyer, sandbox.shop, ESSAY)
        order = order_of(link)
        with wallet_page(buyer, sandbox):
            [purchase] = buyer.stored("purchases")

        owner.open(f"{sandbox.office_url}orders/{order}")
        report.check("without the token the back office shows no order", not owner.shows(REFUND) and owner.shows("#token"))
        log_in(owner, sandbox)
        owner.shot("dashboard", whole=True)
        open_order(owner, sandbox, order)
        owner.shot("order", whole=True)
        give_back(owner, "0.10", REASON, pictures="question")
        owner.shot("refunded-part", whole=True)
        report.contains("the owner's page shows the reason as it was written", owner.text("main"), REASON)

        buyer.open(f"{sandbox.shop}order/{order}")
        said = wait_for_words(buyer, ["0.10"], reload=True)
        report.contains("the buyer's page shows what was given back", said, "0.10")
        buyer.shot("part", whole=True)
        buyer.open(link)
        buyer.wait("article")
        report.check("what was given back in part still opens", len(buyer.text("article")) > 500)

        open_order(owner, sandbox, order)
        give_back(owner, None, REASON)
        owner.shot("refunded-all", whole=True)
        record = sandbox.order(purchase["id"])
        report.check("the backend's record has the refunds", bool(record.get("refunds")), sorted(record))
        check_refunded(test, buyer, link)


def check_refunded(test, buyer, link):
    report, sandbox = test.report, test.sandbox
    buyer.open(link)
    buyer.wait("main h1")
    said = buyer.text("main")
    report.check("what was given back wholly is not shown any more", buyer.count_of("article .prose") == 0, said[:300])
    report.contains("the page says what was given back", said, PRICE)
    buyer.shot("all", whole=True)
    check_new_offer(test, buyer)
    buyer.open(link)
    take_back(test, buyer)


def check_new_offer(test, buyer):
    """The wallet has not heard of the refund yet: it asks the shop by its old payment, is told, and offers a new one."""
    report, sandbox = test.report, test.sandbox
    open_product(buyer, sandbox.shop, ESSAY)
    buyer.click(PAY)
    buyer.to_popup()
    buyer.wait("#pay")
    report.contains("the wallet says that the money of the first purchase went back", buyer.text("#error"), "given that money back")
    buyer.shot("wallet-new-offer")
    buyer.click_and_leave("#cancel")
    buyer.wait_closed()


def take_back(test, buyer):
    """The page of what was bought hands the refund to the wallet."""
    report, sandbox = test.report, test.sandbox
    with wallet_page(buyer, sandbox):
        before = booked(buyer, "refund")
    buyer.click("#taler-wallet-open")
    buyer.to_popup()
    buyer.wait("#came-back")
    came = value(buyer.amount("#came-back"))
    buyer.shot("wallet-came-back")
    report.check("the wallet has the price back, less the exchange's fees", Decimal("0.1") < came <= Decimal(PRICE), came)
    now = [amount for _, amount in booked(buyer, "refund")]
    report.equal("the wallet's ledger has what came back", now, [amount for _, amount in before] + [came])
    buyer.click_and_leave("#cancel")
    buyer.wait_closed()
    buyer.driver.refresh()
    buyer.wait("main h1")
    link = buyer.address
    again = buy(buyer, sandbox.shop, ESSAY)
    report.check("with the money back the same essay is bought anew, with the coins that came back, too", order_of(again) != order_of(link))
    with wallet_page(buyer, sandbox):
        report.contains("the wallet's list says what came back", buyer.text("#purchases"), "came back")
        buyer.shot("wallet-home")
    buyer.open(link)
    buyer.wait("main h1")
    report.check("nobody is asked twice to take it", not buyer.shows("#taler-wallet-open"))
