# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of the shop's owner in the back office."""

from shop import fill, submit

REFUND = "form[action$='/refund']"


def log_in(browser, sandbox):
    browser.open(sandbox.office_url)
    browser.wait("#token").send_keys(sandbox.secret("office.token"))
    submit(browser, "form[action$='/login']")
    browser.wait("nav")


def open_order(browser, sandbox, order):
    browser.open(f"{sandbox.office_url}orders/{order}")
    browser.wait("main h1")


def give_back(browser, amount, reason, pictures=None):
    """The refund form of the order's page that is open, and the question after it. `amount`: what goes back now; None as the form proposes."""
    browser.wait(f"{REFUND} button")
    fields = {"reason": reason}
    if amount is not None:
        fields["amount"] = amount
    fill(browser, REFUND, fields)
    submit(browser, REFUND)
    browser.wait("main h1")
    if pictures:
        browser.shot(pictures, whole=True)
    submit(browser, REFUND)
    browser.wait("main h1")
