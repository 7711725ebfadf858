# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is on the documentation's pictures, and how each is taken."""

import dataclasses

from every_page import Pages
from purchase import PAY, order_of
from shop import ARTICLE

WIDTH, HEIGHT = 1280, 860
PHONE_WIDTH, PHONE_HEIGHT = 390, 780

# Two windows on a ground: the shop's page, and the wallet's before it.
TWO_WINDOWS = """
document.documentElement.innerHTML = "<head></head><body></body>";
const put = (name, values) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(values)) one.style.setProperty(key, value);
    document.body.append(one);
    return one;
};
document.body.style.setProperty("margin", "0");
document.body.style.setProperty("background", "#d9d2c1");
const shadow = "0 10px 34px rgb(0 0 0 / 0.35)";
const [page, wallet, done] = arguments;
const first = put("img", {position: "absolute", left: "20px", top: "20px", width: "1040px", "border-radius": "10px", "box-shadow": shadow});
const second = put("img", {position: "absolute", left: "870px", top: "120px", width: "380px", "border-radius": "10px", "box-shadow": shadow});
first.src = "data:image/png;base64," + page;
second.src = "data:image/png;base64," + wallet;
Promise.all([first.decode(), second.decode()]).then(() => done(null), (error) => done({error: String(error)}));
"""


class Studio:
    """A browser before the programs, and everything bought, open, cancelled and given back that the pictures need."""

    def __init__(self, report, sandbox, browser, wallet):
        self.report = report
        self.sandbox = sandbox
        self.browser = browser
        # An ExtensionStudio.
        self.wallet = wallet
        self.pages = Pages(self, browser)
        browser.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})

    def photograph(self, address, width=WIDTH, height=HEIGHT, dark=False, prepare=None):
        """The page's top as base64 of a PNG file."""
        browser = self.browser
        self.frame(width, height)
        browser.dark(dark)
        browser.open(address)
        browser.wait("h1")
        if prepare:
            prepare(browser)
        picture = self.shutter()
        browser.dark(False)
        return picture

    def frame(self, width, height):
        self.browser.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})

    def shutter(self):
        self.browser.run("document.activeElement?.blur()")
        return self.browser.driver.execute_cdp_cmd("Page.captureScreenshot", {})["data"]

    def in_language(self, language):
        self.browser.open(f"{self.sandbox.shop}?lang={language}")

    def purchase(self):
        """The shop's page with the wallet's window before it."""
        browser = self.browser
        self.frame(WIDTH, HEIGHT)
        browser.open(f"{self.sandbox.shop}order/{self.pages.open}")
        browser.wait(PAY)
        page = self.shutter()
        browser.click(PAY)
        browser.to_popup()
        browser.wait("#pay")
        self.frame(400, 740)
        wallet = self.shutter()
        browser.close_popup()
        self.frame(WIDTH, HEIGHT)
        browser.open("about:blank")
        browser.run_async(TWO_WINDOWS, page, wallet)
        return self.shutter()


@dataclasses.dataclass
class Picture:
    section: str
    name: str
    words: str
    take: object


def of(path, **settings):
    """A picture of a page whose address begins with the shop's."""
    return lambda studio: studio.photograph(path(studio), **settings)


def shop(path=""):
    return lambda studio: studio.sandbox.shop + path


def office(path=""):
    return lambda studio: studio.sandbox.office_url + path


def in_language(language, take):
    def taken(studio):
        studio.in_language(language)
        picture = take(studio)
        studio.in_language("en")
        return picture
    return taken


BUYERS, WALLET, OWNERS = "For buyers", "The wallet in the browser", "For the owner"

PICTURES = [
    Picture(BUYERS, "shop", "The front page: search, kinds, and what there is.", of(shop())),
    Picture(BUYERS, "product", "A thing that is sent, with its stock, taxes and delivery.", of(shop("product/mug"))),
    Picture(BUYERS, "cart", "The cart.", of(shop("cart"))),
    Picture(BUYERS, "checkout", "The checkout asks for an address only when something is sent.", of(shop("checkout"))),
    Picture(BUYERS, "purchase", "The order's page, and the wallet's window with the offer.", lambda studio: studio.purchase()),
    Picture(BUYERS, "bought", "What was bought, opened by its link on any device.", of(lambda studio: studio.pages.mixed)),
    Picture(BUYERS, "receipt", "A receipt to print.", of(lambda studio: studio.pages.receipt)),
    Picture(BUYERS, "purchases", "My purchases, without an account.", of(shop("purchases"))),
    Picture(BUYERS, "shop-dark", "In the dark, in German.", in_language("de", of(shop(f"product/{ARTICLE}"), dark=True))),
    Picture(BUYERS, "shop-phone", "On a phone, in Spanish.", in_language("es", of(shop("cart"), width=PHONE_WIDTH, height=PHONE_HEIGHT))),
    Picture(WALLET, "wallet-withdrawal", "What the bank sends, which exchange makes the coins, and what that costs.", lambda studio: studio.wallet.withdrawal()),
    Picture(WALLET, "wallet-consent", "Who is paid, for what, with which fees.", lambda studio: studio.wallet.consent()),
    Picture(WALLET, "wallet-popup", "Balance, movements, purchases, coins.", lambda studio: studio.wallet.popup()),
    Picture(WALLET, "wallet-popup-dark", "In the dark.", lambda studio: studio.wallet.popup(dark=True)),
    Picture(OWNERS, "office", "The back office.", of(office())),
    Picture(OWNERS, "office-orders", "Orders, with filters and search.", of(office("orders"))),
    Picture(OWNERS, "office-order", "An order's timeline, from the contract to the refund.",
            of(lambda studio: f"{studio.sandbox.office_url}orders/{order_of(studio.pages.donation)}")),
    Picture(OWNERS, "office-revenue", "Revenue by day and product, drawn on the server, with tables for screen readers.", of(office("revenue"))),
    Picture(OWNERS, "office-stock", "Stock: supply, held, sold.", of(office("stock"))),
    Picture(OWNERS, "office-status", "Exchange and account, as the backend sees them.", of(office("status"))),
]
