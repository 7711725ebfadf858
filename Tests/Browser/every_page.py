# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the shop, the back office and the wallet, with something in it to look at."""

from office import give_back, log_in, open_order
from purchase import buy, order_of, wallet_page
from shop import ADD, ARTICLE, CANCEL, DONATION, DOWNLOAD, GOODS, OTHER_GOODS, check_out, pay_order, put_in_cart, submit

LANGUAGES = ["en", "de", "fr", "es", "it"]


class Pages:
    """One buyer who has bought one of each kind, cancelled an order and left another open; and the owner, who gave some money back."""

    def __init__(self, test, browser):
        self.sandbox = test.sandbox
        self.browser = browser
        self.shop = test.sandbox.shop
        self.article = buy(browser, self.shop, ARTICLE)
        self.download = buy(browser, self.shop, DOWNLOAD)
        self.donation = buy(browser, self.shop, DONATION)
        put_in_cart(browser, self.shop, "margins")
        put_in_cart(browser, self.shop, GOODS, 2)
        check_out(browser, self.shop)
        self.mixed = pay_order(browser)
        put_in_cart(browser, self.shop, GOODS)
        self.cancelled = check_out(browser, self.shop)
        submit(browser, CANCEL)
        put_in_cart(browser, self.shop, GOODS)
        self.open = check_out(browser, self.shop)
        self.receipt = self.receipt_of(self.mixed)
        log_in(browser, self.sandbox)
        for link, amount in ((self.download, "0.10"), (self.donation, None)):
            open_order(browser, self.sandbox, order_of(link))
            give_back(browser, amount, "For the pictures")
        put_in_cart(browser, self.shop, OTHER_GOODS, 2)
        put_in_cart(browser, self.shop, "small-change")

    def of_shop(self, language):
        """[(what, address)]. A receipt keeps the order's language if the address does not name another."""
        mixed = order_of(self.mixed)
        key = self.mixed.split("?", 1)[1]
        return [
            ("front", self.shop), ("search", f"{self.shop}?q=lamp"), ("search for nothing", f"{self.shop}?q=zzzzzz"),
            ("kind", f"{self.shop}?kind=goods"),
            *[(f"product, {what}", f"{self.shop}product/{product}") for what, product in (
                ("article", "night-loaf"), ("bought article", ARTICLE), ("download", DOWNLOAD), ("donation", DONATION), ("goods", GOODS))],
            ("cart", f"{self.shop}cart"), ("checkout", f"{self.shop}checkout"), ("open order", f"{self.shop}order/{self.open}"),
            ("paid order", f"{self.shop}order/{mixed}"), ("cancelled order", f"{self.shop}order/{self.cancelled}"),
            ("refunded order", f"{self.shop}order/{order_of(self.donation)}"), ("purchases", f"{self.shop}purchases"),
            ("bought article", self.article), ("bought file", self.download), ("refunded donation", self.donation), ("several", self.mixed),
            ("part", f"{self.shop}fulfillment/{mixed}/0?{key}"), ("receipt", f"{self.receipt}&lang={language}"),
            ("execution", f"{self.shop}taler/execute?order={self.open}"),
            ("nothing there", f"{self.shop}no/such/page"), ("forbidden", self.article.split("?", 1)[0] + "?key=0"),
        ]

    def receipt_of(self, link):
        self.browser.open(link)
        return self.browser.find("main a[href*='/receipt/']").get_attribute("href")

    def of_office(self):
        office = self.sandbox.office_url
        return [
            ("dashboard", office), ("orders", f"{office}orders"), ("orders, filtered", f"{office}orders?state=paid"),
            ("order, paid", f"{office}orders/{order_of(self.mixed)}"), ("order, refunded", f"{office}orders/{order_of(self.donation)}"),
            ("order, open", f"{office}orders/{self.open}"), ("order, closed", f"{office}orders/{self.cancelled}"),
            ("stock", f"{office}stock"), ("status", f"{office}status"), ("revenue", f"{office}revenue"),
            ("nothing there", f"{office}no/such/page"),
        ]
