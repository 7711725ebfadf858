# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several things at once, and things that are sent to a place."""

from purchase import classic, order_of, pay, to_wallet, value, wallet_page
from shop import (ADDRESS, ARTICLE, CHECKOUT, DOWNLOAD, GOODS, OTHER_GOODS, change_quantity, check_out, fill, lines_of, pay_order,
                  purchases, put_in_cart, remove, submit)


def cart_of_three(test):
    """An essay and two kinds of goods, quantities changed in the cart, sent to an address."""
    report, sandbox = test.report, test.sandbox
    shop = sandbox.shop
    with test.browser("cart") as browser:
        for product, quantity in ((ARTICLE, None), (GOODS, 1), (OTHER_GOODS, 3)):
            put_in_cart(browser, shop, product, quantity)
        report.equal("the cart has a line for each product", lines_of(browser), [(ARTICLE, None), (GOODS, "1"), (OTHER_GOODS, "3")])
        change_quantity(browser, GOODS, 2)
        report.equal("a quantity can be changed", dict(lines_of(browser))[GOODS], "2")
        put_in_cart(browser, shop, DOWNLOAD)
        remove(browser, DOWNLOAD)
        report.check("a button takes a line out", DOWNLOAD not in dict(lines_of(browser)), lines_of(browser))
        change_quantity(browser, OTHER_GOODS, 1)
        browser.shot("cart", whole=True)

        order = complete_checkout(test, browser)
        browser.shot("order", whole=True)
        report.contains("the order's page shows where it is sent", browser.text("main"), ADDRESS["city"])
        status_before = purchases(browser, shop)
        report.equal("what was ordered is listed before it is paid", status_before, [order])
        browser.open(f"{shop}order/{order}")
        pictures = pay_with_checks(test, browser)
        browser.shot("bought", whole=True)
        check_bought(test, browser, order, pictures)


def complete_checkout(test, browser):
    """A checkout without an address is refused beside the fields, keeps what was typed, and goes on with one."""
    report, shop = test.report, test.sandbox.shop
    browser.open(f"{shop}checkout")
    browser.wait(f"{CHECKOUT} button")
    browser.shot("checkout", whole=True)
    # As a browser does that checks nothing by itself.
    browser.run("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    fill(browser, CHECKOUT, {**ADDRESS, "city": ""})
    submit(browser, CHECKOUT)
    invalid = browser.find(f"{CHECKOUT} [aria-invalid='true']")
    report.equal("the missing field is marked", invalid.get_attribute("name"), "city")
    described = [browser.text(f"#{name}") for name in invalid.get_attribute("aria-describedby").split()]
    report.check("words beside the field say what is missing", any(described), described)
    report.check("a summary says so too", browser.shows("[role=alert]"))
    report.equal("what was typed is kept", browser.find(f"{CHECKOUT} [name=name]").get_attribute("value"), ADDRESS["name"])
    browser.shot("checkout-problem", whole=True)
    return check_out(browser, shop)


def pay_with_checks(test, browser):
    """Pays, and gives what the wallet's window showed."""
    report = test.report
    to_wallet(browser)
    shown = {
        "lines": browser.count_of("#products > li"), "price": value(browser.amount("#price")),
        "delivery": browser.text("#delivery"), "products": browser.text("#products"),
    }
    browser.shot("wallet", whole=True)
    report.contains("the wallet shows where it is sent", shown["delivery"], ADDRESS["city"])
    report.contains("the wallet shows how many", shown["products"], "2 ×")
    shown["link"] = pay(browser)
    return shown


def check_bought(test, browser, order, shown):
    report, sandbox = test.report, test.sandbox
    with wallet_page(browser, sandbox):
        [purchase] = browser.stored("purchases")
    record = sandbox.order(purchase["id"])
    contract = record["contract"]
    report.equal("the backend's record says paid", record["state"], "paid")
    report.equal("the contract's lines sum up to its amount", sum(classic(line["price"]) for line in contract["products"]),
                 classic(contract["amount"]))
    report.equal("the wallet showed a line for each of the contract", shown["lines"], len(contract["products"]))
    report.equal("the wallet showed the contract's amount", shown["price"], classic(contract["amount"]))
    goods = [line for line in contract["products"] if line.get("delivery_location") in contract["locations"]]
    dated = [line["description"] for line in goods if line.get("delivery_date")]
    report.equal("each of the two kinds of goods has its date of delivery", len(dated), 2)
    report.check("goods have their taxes in the contract", any(line.get("taxes") for line in goods), goods)
    places = {contract["locations"][line["delivery_location"]].get("city") for line in goods}
    report.equal("that location is the buyer's", places, {ADDRESS["city"]})
    report.equal("there is one deposit for the cart", sandbox.deposits(purchase["id"]), 1)
    report.equal("what was bought is the order that was paid", order_of(shown["link"]), order)

    browser.open(shown["link"])
    browser.click(f"main a[href*='/fulfillment/{order}/']")
    browser.wait("article")
    report.check("a part of the order opens", len(browser.text("article")) > 500)
    browser.shot("part", whole=True)
    browser.open(shown["link"])
    browser.click(f"main a[href*='/receipt/{order}']")
    browser.wait_address("/receipt/")
    browser.wait("main h1")
    report.contains("the receipt has the address", browser.text("main"), ADDRESS["city"])
    browser.shot("receipt", whole=True)
    report.equal("the purchase is listed once", purchases(browser, sandbox.shop), [order])
    browser.shot("purchases", whole=True)
    browser.open(f"{sandbox.shop}cart")
    report.equal("the cart is empty after the order", lines_of(browser), [])


def goods_with_address(test):
    """One thing that is sent."""
    report, sandbox = test.report, test.sandbox
    with test.browser("goods") as browser:
        before = sandbox.available(GOODS)
        put_in_cart(browser, sandbox.shop, GOODS)
        order = check_out(browser, sandbox.shop)
        report.equal("an order reserves what it orders", sandbox.available(GOODS), before - 1)
        pay_order(browser)
        report.equal("what is paid stays taken", sandbox.available(GOODS), before - 1)
        browser.open(f"{sandbox.shop}order/{order}")
        browser.wait("main h1")
        report.contains("the order's page shows the address", browser.text("main"), ADDRESS["street"])
        browser.shot("order", whole=True)
