# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a buyer with a cart: into the cart, to the checkout, to the order, and what is listed as bought."""

import re

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from purchase import PAY, pay, to_wallet
from report import wait_for

# Of the demo's catalog: one of each kind. There are many of the goods: other cases order them, too.
ARTICLE = "tally-sticks"
DOWNLOAD = "pocket-zine"
DONATION = "keep-the-lamp-lit"
GOODS = "printed-essays"
OTHER_GOODS = "mug"

ADD = "form[action$='/cart']"
CART = "form#quantities"
QUANTITY = "input[type=number]"
CHECKOUT = "form[action$='/checkout']"
CANCEL = "form[action$='/cancel']"
AGAIN = "form[action$='/again']"

ADDRESS = {"name": "Ida Fenn", "street": "Lampengäßchen", "number": "7a", "postcode": "50667", "city": "Köln", "country": "DE"}


def submit(browser, form):
    """Presses the form's button and waits until another page is there."""
    before = browser.find("html")
    browser.find(f"{form} [type=submit], {form} button:not([type])").click()
    browser.wait_gone(before)


def fill(browser, form, fields):
    """Writes into the fields of these names, as far as the form has them."""
    for name, text in fields.items():
        for field in browser.driver.find_elements(By.CSS_SELECTOR, f"{form} [name='{name}']"):
            if field.tag_name == "select":
                browser.run("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", field, text)
            else:
                field.clear()
                field.send_keys(text)


def put_in_cart(browser, shop, product, quantity=None):
    """From the product's page into the cart, whose page it leaves open."""
    browser.open(f"{shop}product/{product}")
    browser.wait(f"{ADD} button")
    if quantity is not None:
        fill(browser, ADD, {"quantity": str(quantity)})
    submit(browser, ADD)
    browser.open(f"{shop}cart")
    browser.wait("main h1")


def _rows(browser):
    """[(product, the field of its quantity or None)] of the cart's page."""
    rows = []
    for row in browser.driver.find_elements(By.CSS_SELECTOR, f"{CART} li"):
        [product] = {link.get_attribute("href").rsplit("/product/", 1)[1] for link in row.find_elements(By.CSS_SELECTOR, "a[href*='/product/']")}
        rows.append((product, next(iter(row.find_elements(By.CSS_SELECTOR, QUANTITY)), None)))
    return rows


def lines_of(browser):
    """[(product, quantity or None where there is none to choose)] of the cart's page."""
    return [(product, field and field.get_attribute("value")) for product, field in _rows(browser)]


def change_quantity(browser, product, quantity):
    """Sets a line's quantity in the cart's page, by its field and Enter."""
    field = dict(_rows(browser))[product]
    before = browser.find("html")
    field.clear()
    field.send_keys(str(quantity), Keys.ENTER)
    browser.wait_gone(before)
    browser.wait("main h1")


def remove(browser, product):
    """Takes a line out of the cart by its button."""
    before = browser.find("html")
    browser.find(f"{CART} button[value='{product}']").click()
    browser.wait_gone(before)
    browser.wait("main h1")


def check_out(browser, shop, address=ADDRESS):
    """From the cart to the order's page; gives the order's name."""
    browser.open(f"{shop}checkout")
    browser.wait(f"{CHECKOUT} button")
    fill(browser, CHECKOUT, address or {})
    submit(browser, CHECKOUT)
    return ordered(browser)


def ordered(browser):
    """The name of the order whose page is open."""
    browser.wait_address("/order/")
    return order_name(browser.address)


def order_name(address):
    return re.search(r"/(?:order|fulfillment|receipt)/([^/?#]+)", address).group(1)


def pay_order(browser, pictures=None):
    """From the order's page through the wallet to what was bought."""
    browser.wait(PAY)
    to_wallet(browser, pictures)
    return pay(browser)


def shared_link(browser, order):
    """The address with the key that the order's page shows for other devices."""
    links = [link.get_attribute("href") for link in browser.driver.find_elements(By.CSS_SELECTOR, "main a")]
    return next(link for link in links if f"/order/{order}?" in link and "key=" in link)


def purchases(browser, shop):
    """The names of the orders that the shop lists for this browser, newest first."""
    browser.open(f"{shop}purchases")
    browser.wait("main h1")
    links = [link.get_attribute("href") for link in browser.driver.find_elements(By.CSS_SELECTOR, "main a")]
    names = [order_name(link) for link in links if re.search(r"/(order|fulfillment)/", link)]
    return list(dict.fromkeys(names))


def wait_for_words(browser, words, selector="main", reload=False, seconds=90):
    """The text of the page as soon as it holds one of the words; reloaded in between where the page does not move by itself."""
    def found():
        if reload:
            browser.driver.refresh()
        text = browser.text(selector)
        return text if any(word in text for word in words) else None
    return wait_for(f"the page says {' or '.join(words)}", found, seconds)
