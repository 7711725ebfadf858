# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money that the owner gives back, and what the buyer sees of it."""

from office import REFUND, give_back, log_in, open_order
from purchase import buy, open_product, order_of, pay, to_wallet, wallet_page
from shop import check_out, pay_order, put_in_cart, wait_for_words

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
        give_back(owner, PRICE, REASON)
        owner.shot("refunded-all", whole=True)
        record = sandbox.order(purchase["id"])
        report.check("the backend's record has the refunds", bool(record.get("refunds")), sorted(record))
        check_refunded(test, buyer, link)


def check_refunded(test, buyer, link):
    report, sandbox = test.report, test.sandbox
    buyer.open(link)
    buyer.wait("main h1")
    essay = buyer.text("main")
    report.check("what was given back wholly is not shown any more", len(buyer.text("main")) < 3000 and buyer.count_of("article .prose") == 0)
    report.contains("the page says what was given back", essay, PRICE)
    buyer.shot("all", whole=True)
